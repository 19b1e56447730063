/// The smallest and the largest value of the steps that share one column of dots.
package struct ChartColumn: Hashable, Sendable {
    /// The smallest value; what is not finite leaves the column out.
    package var low: Double
    /// The largest value.
    package var high: Double

    package init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}
