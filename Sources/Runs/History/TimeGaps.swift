/// A step, and the seconds since the run began that are known of it.
typealias TimePoint = (step: Int, seconds: Double)

/// Where time went by between two steps that follow each other: a pause, an evaluation, a process that was stopped.
///
/// What counts as a gap depends on the points before it alone, so that everybody who is told the same points knows the same gaps.
struct TimeGaps: Sendable {
    /// Seconds below which nothing is a gap; nobody sees it on an axis.
    static let shortest = 0.2
    /// How many times as long as the steps before it a gap is.
    private static let factor = 3.0

    /// In order; one may begin where the one before ends.
    private var gaps: [(before: TimePoint, after: TimePoint)] = []
    /// Seconds of all gaps.
    private var total = 0.0

    /// Looks at the time between two points that follow each other, which is a gap where it is long.
    /// - Parameters:
    ///   - first: seconds of the very first point.
    ///   - count: points up to `before`.
    mutating func take(from before: TimePoint, to after: TimePoint, first: Double, count: Int) {
        let seconds = after.seconds - before.seconds
        guard seconds > Self.shortest else { return }
        let usual = count > 1 ? (before.seconds - first - total) / Double(count - 1) : before.seconds
        guard seconds > Self.factor * usual else { return }
        gaps.append((before, after))
        total += seconds
    }

    /// Forgets what lies after a step.
    mutating func truncate(after step: Int) {
        while let last = gaps.last, last.after.step > step {
            gaps.removeLast()
            total = gaps.isEmpty ? 0 : total - (last.after.seconds - last.before.seconds)
        }
    }

    /// The ends of gaps next to a step, the first at or before it. O(log n).
    func around(step: Double) -> (before: TimePoint?, after: TimePoint?) {
        around(gaps.partitioningIndex { Double($0.after.step) > step }) { Double($0.step) <= step }
    }

    /// The ends of gaps next to a moment, the first at or before it. O(log n).
    func around(seconds: Double) -> (before: TimePoint?, after: TimePoint?) {
        around(gaps.partitioningIndex { $0.after.seconds > seconds }) { $0.seconds <= seconds }
    }

    /// - Parameter place: of the first gap that ends behind.
    private func around(
        _ place: Int, _ isAtOrBefore: (TimePoint) -> Bool
    ) -> (before: TimePoint?, after: TimePoint?) {
        let earlier = place > 0 ? gaps[place - 1].after : nil
        guard place < gaps.count else { return (earlier, nil) }
        let gap = gaps[place]
        return isAtOrBefore(gap.before) ? (gap.before, gap.after) : (earlier, gap.before)
    }

    /// Both ends of the longest gaps, of so many at most, in order. O(n log n) where there are more.
    func ends(ofLongest most: Int) -> [TimePoint] {
        var chosen = gaps
        if gaps.count > most {
            chosen.sort { $0.after.seconds - $0.before.seconds > $1.after.seconds - $1.before.seconds }
            chosen = chosen.prefix(most).sorted { $0.before.step < $1.before.step }
        }
        return chosen.flatMap { [$0.before, $0.after] }
    }
}

extension Array {
    /// The first place whose element fulfils a condition that holds from some place on; `count` where none does. O(log n).
    fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
