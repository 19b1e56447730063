/// What a stretch of a series holds: the exact range, the sum and the newest of its finite values, and how many of its
/// values are not finite.
package struct SeriesSummary: Hashable, Sendable, BitwiseCopyable {
    /// Infinity and minus infinity where no value is finite.
    package private(set) var low = Double.infinity
    /// The largest finite value; minus infinity where no value is finite.
    package private(set) var high = -Double.infinity
    /// The sum of the finite values.
    package private(set) var sum = 0.0
    /// The newest finite value, NaN where there is none.
    package private(set) var last = Double.nan
    /// How many values are finite, NaN, and infinite.
    package private(set) var finite: UInt32 = 0
    /// How many values are NaN.
    package private(set) var nan: UInt32 = 0
    /// How many values are infinite, of either sign.
    package private(set) var infinite: UInt32 = 0

    /// A stretch without values.
    package init() {}

    /// What is known of a stretch.
    init(low: Double, high: Double, sum: Double, last: Double, finite: UInt32, nan: UInt32, infinite: UInt32) {
        (self.low, self.high, self.sum, self.last) = (low, high, sum, last)
        (self.finite, self.nan, self.infinite) = (finite, nan, infinite)
    }

    /// The mean of the finite values, nil where there is none.
    package var mean: Double? { finite > 0 ? sum / Double(finite) : nil }

    /// Takes the next value.
    package mutating func add(_ value: Double) {
        if value.isFinite {
            low = Swift.min(low, value)
            high = Swift.max(high, value)
            sum += value
            last = value
            finite += 1
        } else if value.isNaN {
            if value.wentWrong { nan += 1 }
        } else {
            infinite += 1
        }
    }

    /// Takes the next values, the oldest first.
    package mutating func add(contentsOf values: UnsafeBufferPointer<Double>) {
        // In registers: writing back after each value takes most of the time.
        var summary = self
        for value in values { summary.add(value) }
        self = summary
    }

    /// Takes the stretch that follows.
    package mutating func add(_ newer: SeriesSummary) {
        low = Swift.min(low, newer.low)
        high = Swift.max(high, newer.high)
        sum += newer.sum
        if newer.finite > 0 { last = newer.last }
        finite += newer.finite
        nan += newer.nan
        infinite += newer.infinite
    }
}
