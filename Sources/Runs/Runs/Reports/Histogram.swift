/// Counts of values over 64 equal bins between two bounds.
package struct Histogram: Sendable, BitwiseCopyable {
    /// Equal bins between the bounds.
    package static let binCount = 64

    /// The smallest and the largest value counted; equal where all values are the same (then bin 0 holds all).
    package var low: Float
    /// The largest value counted.
    package var high: Float
    /// How many values lie in each bin, from `low` up.
    package var counts: InlineArray<64, UInt32>

    /// A histogram between two bounds, empty where nothing is said.
    package init(low: Float, high: Float, counts: InlineArray<64, UInt32> = .init(repeating: 0)) {
        self.low = low
        self.high = high
        self.counts = counts
    }

    /// A histogram from a list of 64 counts.
    package init(low: Float, high: Float, counts list: [UInt32]) {
        precondition(list.count == Self.binCount, "a histogram has \(Self.binCount) bins, not \(list.count)")
        self.init(low: low, high: high)
        for (bin, count) in list.enumerated() { counts[bin] = count }
    }

    /// The width of a bin. In double precision: that of finite bounds may be infinite in single.
    var binWidth: Double { (Double(high) - Double(low)) / Double(Self.binCount) }

    /// How many values were counted. O(64).
    package var total: Int {
        var sum = 0
        for bin in 0..<Self.binCount { sum += Int(counts[bin]) }
        return sum
    }

    /// The counts as a list of 64.
    package var countList: [UInt32] { (0..<Self.binCount).map { counts[$0] } }
}

extension Histogram: Equatable {
    /// Whether bounds and all counts are the same.
    package static func == (one: Histogram, other: Histogram) -> Bool {
        one.low == other.low && one.high == other.high && one.countList == other.countList
    }
}
