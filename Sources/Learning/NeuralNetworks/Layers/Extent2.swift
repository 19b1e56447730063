/// A height and a width: of a kernel, a stride, a padding.
package struct Extent2: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// Rows.
    package let height: Int
    /// Columns.
    package let width: Int

    /// Rows and columns apart.
    package init(height: Int, width: Int) {
        self.height = height
        self.width = width
    }

    /// The same number both ways.
    package init(_ both: Int) { self.init(height: both, width: both) }

    /// A square: as many rows as columns.
    package init(integerLiteral both: Int) { self.init(both) }

    /// Rows times columns.
    package var area: Int { height * width }
    /// `3x3`
    package var description: String { "\(height)x\(width)" }
}
