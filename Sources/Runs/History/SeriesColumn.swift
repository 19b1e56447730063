/// What one column of a chart covers of a series: its finite values' range and the newest of them.
package struct SeriesColumn: Hashable, Sendable {
    /// The lowest finite value.
    package var low: Double
    /// The highest finite value.
    package var high: Double
    /// The finite value of the column's last step.
    package var last: Double

    /// A column with at least one finite value.
    package init(low: Double, high: Double, last: Double) {
        self.low = low
        self.high = high
        self.last = last
    }
}
