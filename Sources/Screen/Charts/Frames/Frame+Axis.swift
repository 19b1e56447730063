import Cells

extension Frame {
    /// The labels of an x axis written into a ruling, most often the bottom border.
    package struct Axis: Hashable, Sendable {
        /// The row of the ruling.
        package var y: Int
        /// The columns of the corners or tees at both ends, which stay free.
        package var from: Int
        /// The column of the corner or tee at the right end.
        package var through: Int
        /// The column where the plot above begins.
        package var plotX: Int
        /// The name of the axis, at the left end.
        package var caption: String
        /// Columns of ruling before the caption.
        package var leftInset: Int
        /// The labels, by their columns of the plot.
        package var ticks: TickRow

        package init(
            y: Int, from: Int, through: Int, plotX: Int, caption: String = "", leftInset: Int = 1, ticks: TickRow
        ) {
            self.y = y
            self.from = from
            self.through = through
            self.plotX = plotX
            self.caption = caption
            self.leftInset = leftInset
            self.ticks = ticks
        }

        func draw(into buffer: inout CellBuffer) {
            guard through - from > 3 else { return }
            var free = from + 2
            if !caption.isEmpty {
                let start = from + 1 + leftInset
                let room = through - start
                guard room >= 3 else { return }
                let width = min(displayWidth(caption), room - 2)
                buffer[start, y] = Cell(" ", ticks.style)
                buffer.write(caption, x: start + 1, y: y, style: ticks.style, limit: width)
                buffer[start + 1 + width, y] = Cell(" ", ticks.style)
                free = start + width + 2
            }
            guard free < through - 1 else { return }
            ticks.draw(into: &buffer, y: y, plotX: plotX, within: free..<through - 1, padded: true)
        }
    }
}
