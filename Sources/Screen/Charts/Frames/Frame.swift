import Cells

/// The one frame around a screen and the rulings its panels share, with titles, read-outs and ticks in them.
///
/// All places are columns and rows of the buffer. Every corner, tee and cross follows from the lines that meet there.
package struct Frame: Sendable {
    /// A ruling between two places, both ends included.
    package enum Ruling: Hashable, Sendable {
        case horizontal(y: Int, from: Int, through: Int)
        case vertical(x: Int, from: Int, through: Int)
    }

    /// The cells of the frame, border included.
    package let bounds: Rect
    /// The look of the lines.
    package var style: Style
    /// Lines within the border; where they meet or cross they are joined.
    package var rulings: [Ruling]
    /// What stands in the upper rulings, one a panel.
    package var headings: [Heading] = []
    /// What stands in the rulings below plots.
    package var axes: [Axis] = []

    /// A frame around `bounds`, its border included.
    package init(bounds: Rect, style: Style, rulings: [Ruling] = []) {
        self.bounds = bounds
        self.style = style
        self.rulings = rulings
    }

    /// Draws the lines, then what stands in them.
    package func draw(into buffer: inout CellBuffer, glyphs: GlyphSet) {
        guard !bounds.intersection(buffer.bounds).isEmpty else { return }
        drawLines(into: &buffer, glyphs: glyphs)
        for heading in headings { heading.draw(into: &buffer, glyphs: glyphs) }
        for axis in axes { axis.draw(into: &buffer) }
    }

    private func drawLines(into buffer: inout CellBuffer, glyphs: GlyphSet) {
        var links = FrameLinks(bounds: bounds)
        let (right, bottom) = (bounds.endX - 1, bounds.endY - 1)
        let border: [Ruling] = [
            .horizontal(y: bounds.y, from: bounds.x, through: right),
            .horizontal(y: bottom, from: bounds.x, through: right),
            .vertical(x: bounds.x, from: bounds.y, through: bottom),
            .vertical(x: right, from: bounds.y, through: bottom),
        ]
        for ruling in border + rulings { links.add(ruling) }
        for ruling in border + rulings {
            for (x, y) in links.cells(of: ruling) {
                guard let glyph = links.glyph(x: x, y: y, glyphs: glyphs) else { continue }
                buffer[x, y] = Cell(glyph, style)
            }
        }
    }
}
