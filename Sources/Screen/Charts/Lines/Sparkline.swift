import Cells

/// Blocks whose heights are values from 0 to 1, in one row or several.
package struct Sparkline: Hashable, Sendable {
    /// From oldest to newest; nil and NaN leave a blank.
    package var values: [Double?]

    package init(values: [Double?]) {
        self.values = values
    }

    /// Draws the series over a rectangle, upwards from its last row; of the values that share a column the largest shows.
    ///
    /// ASCII has no blocks of several heights: there a value fills whole rows below one of the ramp.
    /// - Parameter style: the look of a value, limited to 0...1.
    package func draw(into buffer: inout CellBuffer, rect: Rect, glyphs: GlyphSet, style: (Double) -> Style) {
        for (column, value) in Ramp.resampled(values, to: rect.width).enumerated() {
            guard let value else { continue }
            let limited = min(1, max(0, value))
            let style = style(limited)
            // Something stands in the last row, however small a value is.
            let height = limited * Double(rect.height)
            for row in 0..<rect.height where row == 0 || height > Double(row) {
                let part = rect.height == 1 ? limited : min(1, max(0, height - Double(row)))
                buffer[rect.x + column, rect.endY - 1 - row] = Cell(
                    Ramp.block(part, isASCII: glyphs.isASCII), style)
            }
        }
    }

    /// Draws the series over `width` columns of one row.
    /// - Parameter style: the look of a value, limited to 0...1.
    package func draw(
        into buffer: inout CellBuffer, x: Int, y: Int, width: Int, glyphs: GlyphSet, style: (Double) -> Style
    ) {
        draw(into: &buffer, rect: Rect(x: x, y: y, width: width, height: 1), glyphs: glyphs, style: style)
    }
}
