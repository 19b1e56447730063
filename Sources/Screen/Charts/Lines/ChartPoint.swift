/// A value of a series at a place on the x axis.
package struct ChartPoint: Hashable, Sendable {
    package var x: Double
    package var y: Double
    /// Whether a marker stands here even where its neighbours are too close, as for the best evaluation.
    package var keep: Bool

    package init(x: Double, y: Double, keep: Bool = false) {
        self.x = x
        self.y = y
        self.keep = keep
    }
}
