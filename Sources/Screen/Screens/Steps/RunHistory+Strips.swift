import History
import Runs

extension RunHistory {
    /// A layer's value in each of `count` equal columns over a step range, as `LayerHistory.strip` has it; the last measurement stands
    /// until now, which is where the strip ends.
    func stripUntilNow(
        layer: Int, _ value: KeyPath<LayerStatistics, Double>, over range: ClosedRange<Double>, count: Int
    ) -> [Double?] {
        var strip = layerHistory.strip(layer: layer, value, over: range, count: count)
        guard let last = latestLayers, last.layers.indices.contains(layer), count > 0 else { return strip }
        let number = last.layers[layer][keyPath: value]
        guard number.isFinite else { return strip }
        let width = (range.upperBound - range.lowerBound) / Double(count)
        let measured = (Double(last.position.step) - range.lowerBound) / width
        for column in 0..<count where Double(column) > measured { strip[column] = number }
        return strip
    }
}
