import Cells

extension Frame {
    /// What stands in a panel's upper ruling: the title left, a note after it, read-outs right.
    package struct Heading: Sendable {
        package var y: Int
        /// The columns of the corners or tees at both ends, which stay free.
        package var from: Int
        package var through: Int
        package var title: String
        package var titleStyle: Style
        /// The look of the ruling and of the notch around the title where the panel has the focus; nil without it.
        package var focus: Style?
        /// Text after the title.
        package var note: [(String, Style)]
        /// Text at the right end, such as line samples and figures. A run that begins with two spaces begins a group;
        /// groups that find no room are left out whole, from the end.
        package var readOuts: [(String, Style)]
        /// Columns of ruling between each end and the text.
        package var leftInset: Int
        package var rightInset: Int

        package init(
            y: Int, from: Int, through: Int, title: String, titleStyle: Style, focus: Style? = nil,
            note: [(String, Style)] = [], readOuts: [(String, Style)] = [], leftInset: Int = 1, rightInset: Int = 1
        ) {
            self.y = y
            self.from = from
            self.through = through
            self.title = title
            self.titleStyle = titleStyle
            self.focus = focus
            self.note = note
            self.readOuts = readOuts
            self.leftInset = leftInset
            self.rightInset = rightInset
        }

        func draw(into buffer: inout CellBuffer, glyphs: GlyphSet) {
            guard through - from > 1 else { return }
            if let focus {
                buffer.restyle(Rect(x: from + 1, y: y, width: through - from - 1, height: 1)) { _ in focus }
            }
            var column = drawTitle(into: &buffer, glyphs: glyphs)
            if !note.isEmpty, column > from {
                column = drawRuns(note, x: column + 1, into: &buffer)
            }
            drawReadOuts(after: column, into: &buffer)
        }

        /// - Returns: the column behind the title.
        private func drawTitle(into buffer: inout CellBuffer, glyphs: GlyphSet) -> Int {
            let start = from + 1 + leftInset
            let room = through - start
            guard !title.isEmpty, room >= 3 else { return from }
            let width = min(displayWidth(title), room - 2)
            let (left, right): (Unicode.Scalar, Unicode.Scalar) =
                focus == nil ? (" ", " ") : glyphs.isASCII ? ("+", "+") : ("┤", "├")
            let isNotched = focus != nil && room >= width + 4
            if isNotched {
                buffer[start, y] = Cell(left, focus ?? .plain)
                buffer[start + 1, y] = Cell(" ", titleStyle)
                buffer.write(title, x: start + 2, y: y, style: titleStyle, limit: width)
                buffer[start + 2 + width, y] = Cell(" ", titleStyle)
                buffer[start + 3 + width, y] = Cell(right, focus ?? .plain)
                return start + width + 4
            }
            buffer[start, y] = Cell(" ", titleStyle)
            buffer.write(title, x: start + 1, y: y, style: titleStyle, limit: width)
            buffer[start + 1 + width, y] = Cell(" ", titleStyle)
            return start + width + 2
        }

        private func drawReadOuts(after column: Int, into buffer: inout CellBuffer) {
            var shown = readOuts
            while !shown.isEmpty {
                let start = through - rightInset - shown.reduce(2) { $0 + displayWidth($1.0) }
                if start > from, start >= column {
                    drawRuns(shown, x: start, into: &buffer)
                    return
                }
                while let last = shown.popLast(), !last.0.hasPrefix("  ") {}
            }
        }

        /// Draws runs with a space before and after them, not over the right end.
        /// - Returns: the column behind the last space.
        @discardableResult
        private func drawRuns(_ runs: [(String, Style)], x: Int, into buffer: inout CellBuffer) -> Int {
            guard let first = runs.first, let last = runs.last, x < through else { return x }
            buffer[x, y] = Cell(" ", first.1)
            var column = x + 1
            for (text, style) in runs {
                column = buffer.write(text, x: column, y: y, style: style, limit: max(0, through - column))
            }
            guard column < through else { return column }
            buffer[column, y] = Cell(" ", last.1)
            return column + 1
        }
    }
}
