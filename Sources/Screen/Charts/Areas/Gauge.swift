import Cells

/// A bar of progress: `━━━╸───`, in ASCII `==>...`.
package struct Gauge: Hashable, Sendable {
    /// From 0 to 1, limited to that; NaN counts as 0.
    package var fraction: Double
    /// The look of the part up to `fraction`.
    package var done: Style
    /// The look of what is left.
    package var rest: Style

    package init(fraction: Double, done: Style, rest: Style) {
        self.fraction = fraction
        self.done = done
        self.rest = rest
    }

    /// Draws the bar over `width` columns, in halves of a column where the glyphs have them.
    package func draw(into buffer: inout CellBuffer, x: Int, y: Int, width: Int, glyphs: GlyphSet) {
        guard width > 0 else { return }
        let share = fraction.isNaN ? 0 : min(1, max(0, fraction))
        let isASCII = glyphs.isASCII
        let halves = isASCII ? 2 * Int((share * Double(width)).rounded()) : Int((share * 2 * Double(width)).rounded())
        for column in 0..<width {
            let isHead = isASCII && 2 * (column + 1) == halves && halves < 2 * width
            let cell: Cell
            if isHead {
                cell = Cell(">", done)
            } else if 2 * (column + 1) <= halves {
                cell = Cell(isASCII ? "=" : "━", done)
            } else if 2 * column < halves {
                cell = Cell("╸", done)
            } else {
                cell = Cell(isASCII ? "." : "─", rest)
            }
            buffer[x + column, y] = cell
        }
    }
}
