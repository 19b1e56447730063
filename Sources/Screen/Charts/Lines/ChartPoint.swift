/// A value of a series at a place on the x axis.
package struct ChartPoint: Hashable, Sendable {
    /// Where it stands, in the unit of the x axis.
    package var x: Double
    /// The value; what is not finite breaks the line.
    package var y: Double
    /// Whether a marker stands here even where its neighbours are too close, as for the best evaluation.
    package var keep: Bool

    package init(x: Double, y: Double, keep: Bool = false) {
        self.x = x
        self.y = y
        self.keep = keep
    }
}
