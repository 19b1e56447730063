/// What a stretch of a series holds: the exact range, the sum and the newest of its finite values, and how many of its
/// values are not finite.
package struct SeriesSummary: Hashable, Sendable {
    /// Infinity and minus infinity where no value is finite.
    package private(set) var low = Double.infinity
    package private(set) var high = -Double.infinity
    private(set) var sum = 0.0
    /// The newest finite value, NaN where there is none.
    package private(set) var last = Double.nan
    /// How many values are finite, NaN, and infinite.
    package private(set) var finite: UInt32 = 0
    package private(set) var nan: UInt32 = 0
    package private(set) var infinite: UInt32 = 0

    package init() {}

    /// The mean of the finite values, nil where there is none.
    package var mean: Double? { finite > 0 ? sum / Double(finite) : nil }

    var column: SeriesColumn? { finite > 0 ? SeriesColumn(low: low, high: high, last: last) : nil }

    var trouble: SeriesTrouble? { nan > 0 ? .nan : infinite > 0 ? .infinite : nil }

    /// Takes the next value.
    mutating func add(_ value: Double) {
        if value.isFinite {
            low = Swift.min(low, value)
            high = Swift.max(high, value)
            sum += value
            last = value
            finite += 1
        } else if value.isNaN {
            nan += 1
        } else {
            infinite += 1
        }
    }

    /// Takes the stretch that follows.
    mutating func add(_ newer: SeriesSummary) {
        low = Swift.min(low, newer.low)
        high = Swift.max(high, newer.high)
        sum += newer.sum
        if newer.finite > 0 { last = newer.last }
        finite += newer.finite
        nan += newer.nan
        infinite += newer.infinite
    }
}

/// That a stretch of a series holds values that are not finite: NaN before infinity.
package enum SeriesTrouble: Hashable, Sendable {
    case nan
    case infinite
}
