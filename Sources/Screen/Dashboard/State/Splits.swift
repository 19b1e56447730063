/// Where a person has dragged the rulings between panels; nil where they lie as the layout has them.
package struct Splits: Hashable, Sendable {
    /// The ruling between the panes, as a share of the width.
    package var column: Double?
    /// The overview's ruling below the loss (and the layers), as a share of the frame's rows.
    package var upper: Double?
    /// The overview's ruling above the learning rate, as a share of the frame's rows.
    package var lower: Double?

    /// Rulings at shares of width and height, kept within 0.02...0.98.
    package init(column: Double? = nil, upper: Double? = nil, lower: Double? = nil) {
        self.column = Self.share(column)
        self.upper = Self.share(upper)
        self.lower = Self.share(lower)
    }

    /// One of the rulings.
    package enum Ruling: Hashable, Sendable { case column, upper, lower }

    /// The share of a ruling, nil where it lies as the layout has it; kept within 0.02...0.98.
    package subscript(ruling: Ruling) -> Double? {
        get {
            switch ruling {
            case .column: column
            case .upper: upper
            case .lower: lower
            }
        }
        set {
            switch ruling {
            case .column: column = Self.share(newValue)
            case .upper: upper = Self.share(newValue)
            case .lower: lower = Self.share(newValue)
            }
        }
    }

    private static func share(_ value: Double?) -> Double? {
        value.flatMap { $0.isFinite ? min(max($0, 0.02), 0.98) : nil }
    }
}
