import Runs

/// Statistics of all layers over the run: at most 512 reports, the older of them thinned evenly over the steps when there are
/// more.
package struct LayerHistory: Sendable {
    static let capacity = 512
    /// The newest ones, of which none is dropped.
    static let recentCount = 128

    /// Oldest first; the first and the latest always stay.
    package private(set) var reports: [LayersReport] = []
    /// Per report, its step and the figures of all its layers.
    private(set) var steps: [Int] = []
    private(set) var figures: [[Double]] = []
    /// Which one since the run's beginning each report is.
    private var arrivals: [Int] = []
    /// Heat maps drawn lately; a change of the past begins a new one, see `StepSeries.memo`.
    private var memo = HeatMemo()

    /// No reports yet.
    package init() {}

    /// Takes the next report; where the run went back, it replaces those from its step on. O(layers), amortized.
    /// - Parameter arrival: which one since the run's beginning it is; `since(_:)` counts in these.
    package mutating func append(_ report: LayersReport, arrival: Int = 0) {
        if !isKnownUniquelyReferenced(&memo) { memo = HeatMemo() }
        // A run that went back in time takes these steps again.
        if let last = steps.last, last >= report.position.step {
            memo = HeatMemo()
            let kept = steps.prefix { $0 < report.position.step }.count
            reports.removeSubrange(kept...)
            steps.removeSubrange(kept...)
            figures.removeSubrange(kept...)
            arrivals.removeSubrange(kept...)
        }
        arrivals.append(arrival)
        reports.append(report)
        steps.append(report.position.step)
        var row: [Double] = []
        row.reserveCapacity(report.layers.count * LayerFigure.count)
        for index in report.layers.indices { LayerFigure.append(report.layers[index], to: &row) }
        figures.append(row)
        if reports.count > Self.capacity { thin() }
    }

    /// The reports that are left from one on, each with which one it is, oldest first. O(log n + those).
    func since(_ arrival: Int) -> [(arrival: Int, report: LayersReport)] {
        arrivals.indices[arrivals.firstPlace { $0 >= arrival }...].map { (arrivals[$0], reports[$0]) }
    }

    /// The report nearest to a step. O(log n).
    package func nearest(to step: Double) -> LayersReport? { nearestIndex(to: step).map { reports[$0] } }

    private func nearestIndex(to step: Double) -> Int? {
        let index = firstIndex(after: step)
        guard index > 0 else { return reports.isEmpty ? nil : 0 }
        guard index < reports.count else { return reports.count - 1 }
        return step - Double(steps[index - 1]) <= Double(steps[index]) - step ? index - 1 : index
    }

    /// A layer's value in each of `count` equal columns over a step range: the latest measured by the column's end, so a
    /// measurement stands until the next. Nil before the first report, after the last, and where the value is NaN.
    package func strip(
        layer: Int, _ value: KeyPath<LayerStatistics, Double>, over range: ClosedRange<Double>, count: Int
    ) -> [Double?] {
        guard count > 0, let last = steps.last else { return [Double?](repeating: nil, count: max(0, count)) }
        let width = (range.upperBound - range.lowerBound) / Double(count)
        let figure = LayerFigure(value)
        var result: [Double?] = []
        result.reserveCapacity(count)
        var after = firstIndex(after: range.lowerBound)
        for column in 0..<count {
            let start = range.lowerBound + Double(column) * width
            guard start <= Double(last) else {
                result.append(nil)
                continue
            }
            while after < steps.count, Double(steps[after]) <= start + width { after += 1 }
            let index = after - 1
            guard index >= 0, reports[index].layers.indices.contains(layer) else {
                result.append(nil)
                continue
            }
            let number =
                figure.map { figures[index][layer * LayerFigure.count + $0.rawValue] }
                ?? reports[index].layers[layer][keyPath: value]
            result.append(number.isFinite ? number : nil)
        }
        return result
    }

    /// A layer's histograms over the steps, as shades from 0 to 1; see `HeatQuestion`.
    ///
    /// - Parameter shading: makes shades of the counts of all bins, NaN where there is no data; the same for each question.
    package func heat(
        _ question: HeatQuestion, shading: (_ counts: [Double], _ shades: inout [Double]) -> Void
    ) -> [Double] {
        memo.answer(question) { answer in
            guard answer.reports != reports.count || answer.lastStep != steps.last else { return }
            let bins = question.bins
            var before: (index: Int, column: Int)?
            for column in question.firstChanged(since: answer.lastStep)..<max(0, question.columns) {
                let step = question.step(column)
                guard step <= question.reached, let index = nearestIndex(to: step) else { continue }
                if let before, before.index == index {
                    for bin in 0..<bins {
                        answer.counts[column * bins + bin] = answer.counts[before.column * bins + bin]
                    }
                } else {
                    guard let histogram = reports[index].histogram(question.layer, question.quantity) else { continue }
                    answer.fill(column, from: histogram)
                }
                before = (index, column)
            }
            answer.reports = reports.count
            answer.lastStep = steps.last
            shading(answer.counts, &answer.shades)
        }
    }

    /// The index of the first report after `step`. O(log n).
    func firstIndex(after step: Double) -> Int { steps.firstPlace { Double($0) > step } }

    /// Drops reports whose neighbours lie within 1/128 of the run, but none of the recent ones: no gap is wider than that unless
    /// it was before, and who looks now and then misses none. O(n), every 250 reports or so.
    private mutating func thin() {
        guard let first = steps.first, let last = steps.last else { return }
        let spacing = Double(last - first) / Double(Self.capacity / 4)
        var kept = [0]
        let recent = steps.count - Self.recentCount
        for index in 1..<recent where Double(steps[index + 1] - steps[kept[kept.count - 1]]) > spacing {
            kept.append(index)
        }
        kept += recent..<steps.count
        reports = kept.map { reports[$0] }
        figures = kept.map { figures[$0] }
        steps = kept.map { steps[$0] }
        arrivals = kept.map { arrivals[$0] }
        memo = HeatMemo()
    }
}
