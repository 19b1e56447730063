import Dashboard
import History
import Runs

extension RunHistory {
    /// The steps under strips: to a little behind now, so that their columns stand still for a while.
    func stripRange(_ shown: ClosedRange<Double>) -> ClosedRange<Double> {
        let start = shown.lowerBound
        return start...max(start + 1, min(shown.upperBound, measuredEnd))
    }

    /// A layer's value in each of `count` equal columns over a step range, as `layerStrip` has it; the last measurement stands
    /// until now. Nothing stands behind that.
    func stripUntilNow(
        layer: Int, _ value: KeyPath<LayerStatistics, Double>, over range: ClosedRange<Double>, count: Int
    ) -> [Double?] {
        var strip = layerHistory.strip(layer: layer, value, over: range, count: count)
        guard let last = latestLayers, last.layers.indices.contains(layer), count > 0 else { return strip }
        let number = last.layers[layer][keyPath: value]
        guard number.isFinite else { return strip }
        let width = (range.upperBound - range.lowerBound) / Double(count)
        let measured = (Double(last.position.step) - range.lowerBound) / width
        let now = (Double(status.position.step) - range.lowerBound) / width
        for column in 0..<count where Double(column) > measured && Double(column) <= now { strip[column] = number }
        return strip
    }
}
