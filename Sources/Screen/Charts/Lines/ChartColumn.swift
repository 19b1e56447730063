/// The smallest and the largest value of the steps that share one column of dots.
package struct ChartColumn: Hashable, Sendable {
    package var low: Double
    package var high: Double

    package init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}
