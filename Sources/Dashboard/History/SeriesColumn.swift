/// What one column of a chart covers of a series: its finite values' range and the newest of them.
package struct SeriesColumn: Hashable, Sendable {
    package var low: Double
    package var high: Double
    /// The finite value of the column's last step.
    package var last: Double

    package init(low: Double, high: Double, last: Double) {
        self.low = low
        self.high = high
        self.last = last
    }

    /// The column of a single value, nil where it is not finite.
    init?(_ value: Double) {
        guard value.isFinite else { return nil }
        self.init(low: value, high: value, last: value)
    }

    /// Two neighbouring columns as one, `newer` to the right.
    func joined(with newer: SeriesColumn) -> SeriesColumn {
        SeriesColumn(low: min(low, newer.low), high: max(high, newer.high), last: newer.last)
    }

    /// The column after `newer` points came in, nil where neither has any.
    static func joined(_ older: SeriesColumn?, _ newer: SeriesColumn?) -> SeriesColumn? {
        guard let older else { return newer }
        guard let newer else { return older }
        return older.joined(with: newer)
    }
}
