/// One number over up to 1,024 consecutive steps: the values, and a summary of each 64 of them.
package struct StepColumn: Sendable {
    /// Values under one summary.
    package static let groupSize = 64

    /// In the order of their steps; NaN or infinite where a number went wrong, `notRecorded` where it is missing.
    package private(set) var values: [Double] = []
    private var groups: [SeriesSummary] = []
    /// The medians of a whole chunk's buckets; empty before `findMedians()`.
    package private(set) var medians: [Double] = []

    /// An empty column with room for a whole chunk.
    package init() {
        values.reserveCapacity(StepChunk.capacity)
        groups.reserveCapacity(StepChunk.capacity / Self.groupSize)
    }

    /// How many values there are.
    package var count: Int { values.count }

    /// Whether every value that was recorded is finite. O(n / 64).
    package var isFinite: Bool { groups.allSatisfy { $0.nan == 0 && $0.infinite == 0 } }

    /// Takes the next value. O(1).
    package mutating func append(_ value: Double) {
        if values.count % Self.groupSize == 0 { groups.append(SeriesSummary()) }
        values.append(value)
        groups[groups.count - 1].add(value)
    }

    /// Takes the next values, the oldest first. O(n).
    package mutating func append(contentsOf newer: UnsafeBufferPointer<Double>) {
        var index = 0
        while index < newer.count {
            let place = count % Self.groupSize
            if place == 0 { groups.append(SeriesSummary()) }
            let end = min(newer.count, index + Self.groupSize - place)
            let part = UnsafeBufferPointer(rebasing: newer[index..<end])
            groups[groups.count - 1].add(contentsOf: part)
            values.append(contentsOf: part)
            index = end
        }
    }

    /// Adds the values `range`, the oldest first, to a summary; at most 126 of them are looked at one by one.
    package func add(_ range: Range<Int>, to result: inout SeriesSummary) {
        var index = range.lowerBound
        while index < range.upperBound {
            let end = index + Self.groupSize
            if index % Self.groupSize == 0, end <= range.upperBound || range.upperBound == count {
                result.add(groups[index / Self.groupSize])
                index = end
            } else {
                result.add(values[index])
                index += 1
            }
        }
    }

    /// Finds the medians of the buckets of a whole chunk, once for all that share the column. O(n) on average.
    /// - Precondition: the column is full.
    package mutating func findMedians() {
        guard medians.isEmpty else { return }
        precondition(count == StepChunk.capacity, "Only a whole chunk has medians.")
        medians = stride(from: 0, to: count, by: StepBucket.size).map { median(of: $0..<$0 + StepBucket.size) }
    }

    /// The median of the finite values in a range, the lower of two; NaN where there is none. O(n) on average.
    package func median(of range: Range<Int>) -> Double {
        var summary = SeriesSummary()
        add(range, to: &summary)
        // Rates and penalties often stay the same for long.
        if summary.low == summary.high { return summary.low }
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { finite in
            let count = values.withUnsafeBufferPointer { values in
                var count = 0
                for value in values[range] where value.isFinite {
                    finite[count] = value
                    count += 1
                }
                return count
            }
            guard count > 0 else { return .nan }
            finite.select((count - 1) / 2, in: 0..<count)
            return finite[(count - 1) / 2]
        }
    }
}
