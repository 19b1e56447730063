import Cells

/// Labels of an x axis in one row, each centred at its column; one that would touch an earlier one is left out.
package struct TickRow: Hashable, Sendable {
    /// A label and its column, counted from the left end of the plot.
    package struct Label: Hashable, Sendable {
        /// The column its middle is over, from 0.
        package var column: Int
        /// What is written.
        package var text: String

        package init(column: Int, text: String) {
            self.column = column
            self.text = text
        }
    }

    /// The labels, from left to right.
    package var ticks: [Label]
    /// The look of all of them.
    package var style: Style

    package init(ticks: [Label], style: Style) {
        self.ticks = ticks
        self.style = style
    }

    /// The labels of an axis for a plot of `width` columns.
    package init(ticks: [Tick], scale: AxisScale, width: Int, glyphs: GlyphSet, style: Style) {
        self.init(
            ticks: ticks.compactMap { tick in
                guard let fraction = scale.fraction(tick.value),
                    let column = LineChart.cellColumn(fraction, width: width, glyphs: glyphs)
                else { return nil }
                return Label(column: column, text: tick.label)
            }, style: style)
    }

    /// Draws the labels into a row.
    /// - Parameters:
    ///   - plotX: the column of the buffer where the plot begins.
    ///   - columns: where labels may stand; a label at an end moves inwards, at most until its tick is beside it.
    ///   - padded: clears a column on both sides of each label, for labels in a ruling.
    package func draw(
        into buffer: inout CellBuffer, y: Int, plotX: Int, within columns: Range<Int>, padded: Bool = false
    ) {
        var next = columns.lowerBound
        for tick in ticks {
            let width = displayWidth(tick.text)
            let column = plotX + tick.column
            let centred = column - (width - 1) / 2
            // Only at both ends labels leave the middle, and then stay within a column of their tick.
            let first = next == columns.lowerBound ? max(next, centred) : centred
            let start = min(columns.upperBound - width, first)
            guard width > 0, start >= next, start <= column, column <= start + width else { continue }
            buffer.write(tick.text, x: start, y: y, style: style)
            if padded {
                buffer[start - 1, y] = Cell(" ", style)
                buffer[start + width, y] = Cell(" ", style)
            }
            next = start + width + 1
        }
    }
}
