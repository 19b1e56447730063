import Runs

/// Statistics of all layers over the run: at most 512 reports, thinned evenly over the steps when there are more.
package struct LayerHistory: Sendable {
    static let capacity = 512

    /// Oldest first; the first and the latest always stay.
    package private(set) var reports: [LayersReport] = []

    package init() {}

    package mutating func append(_ report: LayersReport) {
        // A run that went back in time takes these steps again.
        while let last = reports.last, last.position.step >= report.position.step { reports.removeLast() }
        reports.append(report)
        if reports.count > Self.capacity { thin() }
    }

    /// The report nearest to a step.
    package func nearest(to step: Double) -> LayersReport? {
        let index = firstIndex(after: step)
        guard index > 0 else { return reports.first }
        guard index < reports.count else { return reports.last }
        let earlier = reports[index - 1]
        let later = reports[index]
        return step - Double(earlier.position.step) <= Double(later.position.step) - step ? earlier : later
    }

    /// A layer's value in each of `count` equal columns over a step range: the latest measured by the column's end, so a
    /// measurement stands until the next. Nil before the first report, after the last, and where the value is NaN.
    package func strip(
        layer: Int, _ value: KeyPath<LayerStatistics, Double>, over range: ClosedRange<Double>, count: Int
    ) -> [Double?] {
        guard count > 0, let last = reports.last else { return [Double?](repeating: nil, count: max(0, count)) }
        let width = (range.upperBound - range.lowerBound) / Double(count)
        return (0..<count).map { column in
            let start = range.lowerBound + Double(column) * width
            guard start <= Double(last.position.step) else { return nil }
            let index = firstIndex(after: start + width) - 1
            guard index >= 0, reports[index].layers.indices.contains(layer) else { return nil }
            let number = reports[index].layers[layer][keyPath: value]
            return number.isFinite ? number : nil
        }
    }

    /// The index of the first report after `step`.
    private func firstIndex(after step: Double) -> Int {
        var low = 0
        var high = reports.count
        while low < high {
            let middle = (low + high) / 2
            if Double(reports[middle].position.step) <= step { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Drops reports whose neighbours lie within 1/128 of the run: fewer than 256 stay, and no gap is wider than that unless
    /// it was before.
    private mutating func thin() {
        guard let first = reports.first, let last = reports.last else { return }
        let spacing = Double(last.position.step - first.position.step) / Double(Self.capacity / 4)
        var kept = [first]
        for index in reports.indices.dropFirst().dropLast() {
            let gap = reports[index + 1].position.step - kept[kept.count - 1].position.step
            if Double(gap) > spacing { kept.append(reports[index]) }
        }
        reports = kept + [last]
    }
}
