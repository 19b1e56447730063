import Runs

/// Consecutive step reports with the range of every metric over each 64 of them: immutable, shared, never copied.
final class StepBlock: Sendable {
    /// Points under one summary.
    static let groupSize = 64

    /// Steps strictly increasing, never empty.
    let steps: ArraySlice<StepReport>
    /// Per metric, one summary per 64 points; nil where none of them is finite.
    private let groups: [[SeriesColumn?]]
    /// Per metric, the summary of all points.
    let totals: [SeriesColumn?]

    init(_ steps: ArraySlice<StepReport>) {
        precondition(!steps.isEmpty, "a block of steps holds at least one")
        self.steps = steps
        let ends = stride(from: steps.startIndex, to: steps.endIndex, by: Self.groupSize)
        groups = Metric.allCases.map { metric in
            ends.map { start in
                Self.summary(of: steps[start..<min(start + Self.groupSize, steps.endIndex)], metric)
            }
        }
        totals = groups.map { $0.reduce(nil, SeriesColumn.joined) }
    }

    var count: Int { steps.count }
    var firstStep: Int { steps[steps.startIndex].step }
    var lastStep: Int { steps[steps.endIndex - 1].step }

    subscript(index: Int) -> StepReport { steps[steps.startIndex + index] }

    /// The index of the first point whose step is at or after `step`; `count` where there is none. O(log n).
    func index(atOrAfter step: Double) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if Double(self[middle].step) < step { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The summary of the points `range`, at most 126 of them looked at one by one.
    func summary(_ metric: Metric, _ range: Range<Int>) -> SeriesColumn? {
        if range.count == count { return totals[metric.rawValue] }
        var result: SeriesColumn?
        var index = range.lowerBound
        while index < range.upperBound {
            if index % Self.groupSize == 0, index + Self.groupSize <= range.upperBound {
                result = .joined(result, groups[metric.rawValue][index / Self.groupSize])
                index += Self.groupSize
            } else {
                result = .joined(result, SeriesColumn(metric.value(of: self[index])))
                index += 1
            }
        }
        return result
    }

    private static func summary(of points: ArraySlice<StepReport>, _ metric: Metric) -> SeriesColumn? {
        points.reduce(nil) { .joined($0, SeriesColumn(metric.value(of: $1))) }
    }
}
