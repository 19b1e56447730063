import Cells

/// One row of blocks whose heights are values from 0 to 1.
package struct Sparkline: Hashable, Sendable {
    /// From oldest to newest; nil and NaN leave a blank.
    package var values: [Double?]

    package init(values: [Double?]) {
        self.values = values
    }

    /// Draws the series over `width` columns; of the values that share a column the largest shows.
    /// - Parameter style: the look of a value, limited to 0...1.
    package func draw(
        into buffer: inout CellBuffer, x: Int, y: Int, width: Int, glyphs: GlyphSet, style: (Double) -> Style
    ) {
        for (column, value) in Ramp.resampled(values, to: width).enumerated() {
            guard let value else { continue }
            let limited = min(1, max(0, value))
            buffer[x + column, y] = Cell(Ramp.block(limited, isASCII: glyphs.isASCII), style(limited))
        }
    }
}
