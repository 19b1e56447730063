import Cells

/// Where the ratio of update to weight lies between 1e-5 and 1e-1: `───●┿━━━─`, in ASCII `---@+===-`.
///
/// The mark in the middle is 1e-3, the usual size of a healthy update; the thick part is 3e-4 to 3e-2.
package struct RatioGauge: Hashable, Sendable {
    /// Missing and NaN leave the gauge without a dot; beyond the ends the dot stays at the end.
    package var ratio: Double?
    /// The look of the line, thick part and mark included.
    package var track: Style
    /// The look of the dot.
    package var dot: Style

    package init(ratio: Double?, track: Style, dot: Style) {
        self.ratio = ratio
        self.track = track
        self.dot = dot
    }

    /// What the gauge's columns stand for: 1e-5 at the left end, 1e-1 at the right one, logarithmic.
    package static let scale = AxisScale(kind: .logarithmic, low: 1e-5, high: 1e-1)

    /// Draws the gauge over `width` columns, 9 in the layout.
    package func draw(into buffer: inout CellBuffer, x: Int, y: Int, width: Int, glyphs: GlyphSet) {
        guard width > 0 else { return }
        let isASCII = glyphs.isASCII
        let thick = column(of: 3e-4, width)...column(of: 3e-2, width)
        for column in 0..<width {
            let isThick = thick.contains(column)
            let glyph: Unicode.Scalar = isThick ? (isASCII ? "=" : "━") : (isASCII ? "-" : "─")
            buffer[x + column, y] = Cell(glyph, track)
        }
        buffer[x + column(of: 1e-3, width), y] = Cell(isASCII ? "+" : "┿", track)
        guard let ratio, !ratio.isNaN else { return }
        buffer[x + column(of: ratio, width), y] = Cell(isASCII ? "@" : "●", dot)
    }

    private func column(of ratio: Double, _ width: Int) -> Int {
        let fraction = Self.scale.fraction(ratio) ?? 0
        return Int((min(1, max(0, fraction)) * Double(width - 1)).rounded())
    }
}
