/// Steps at which something was not finite, as runs of neighbours: counted exactly, placed exactly while the runs are few.
package struct NotFiniteSteps: Hashable, Sendable {
    /// Runs that are told apart; beyond them the newest grows over the steps between.
    static let capacity = 4096

    /// In order, without overlap.
    package private(set) var runs: [ClosedRange<Int>] = []

    /// No steps.
    package init() {}

    /// Adds a step, wherever it lies. O(log n) at the end, O(n) elsewhere.
    mutating func insert(_ step: Int) {
        guard let last = runs.last, step <= last.upperBound else {
            if let last = runs.last, step == last.upperBound + 1 || runs.count >= Self.capacity {
                runs[runs.count - 1] = last.lowerBound...step
            } else {
                runs.append(step...step)
            }
            return
        }
        let place = index(endingAtOrAfter: step)
        if runs[place].contains(step) { return }
        runs.insert(step...step, at: place)
    }

    /// Forgets all steps from `step` on.
    mutating func truncate(from step: Int) {
        let place = index(endingAtOrAfter: step)
        guard place < runs.count else { return }
        let first = runs[place].lowerBound
        runs.removeSubrange(place...)
        if first < step { runs.append(first...step - 1) }
    }

    /// The first step after a place, nil where there is none.
    package func first(after step: Double) -> Int? {
        guard step.isFinite || step < 0 else { return nil }
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if Double(runs[middle].upperBound) <= step { low = middle + 1 } else { high = middle }
        }
        guard low < runs.count else { return nil }
        return Double(runs[low].lowerBound) > step ? runs[low].lowerBound : Int(step.rounded(.down)) + 1
    }

    /// The last step before a place, nil where there is none.
    package func last(before step: Double) -> Int? {
        guard let run = runs.last(where: { Double($0.lowerBound) < step }) else { return nil }
        return Double(run.upperBound) < step ? run.upperBound : Int(step.rounded(.up)) - 1
    }

    /// The steps in a range, at most `limit` of them.
    package func steps(in range: ClosedRange<Double>, limit: Int = .max) -> [Int] {
        var found: [Int] = []
        var step = first(after: range.lowerBound.nextDown)
        while let here = step, Double(here) <= range.upperBound, found.count < limit {
            found.append(here)
            step = first(after: Double(here))
        }
        return found
    }

    /// How many steps in a range are in one of two sets, or in both. O(runs).
    static func count(of one: NotFiniteSteps, or other: NotFiniteSteps, in range: ClosedRange<Double>) -> Int {
        let (low, high) = (range.lowerBound.rounded(.up), range.upperBound.rounded(.down))
        guard low <= high, high >= 0 else { return 0 }
        // Steps are 0 and above; beyond the largest number there are none.
        let first = Int(exactly: max(0, low)) ?? .max
        let last = Int(exactly: high) ?? .max
        var (count, next) = (0, first)
        var (a, b) = (one.runs[...], other.runs[...])
        while let run = [a.first, b.first].compactMap({ $0 }).min(by: { $0.lowerBound < $1.lowerBound }) {
            if run == a.first { a.removeFirst() } else { b.removeFirst() }
            let (begin, end) = (max(next, run.lowerBound), min(last, run.upperBound))
            guard begin <= end else { continue }
            count += end - begin + 1
            next = end + 1
        }
        return count
    }

    private func index(endingAtOrAfter step: Int) -> Int {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].upperBound < step { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
