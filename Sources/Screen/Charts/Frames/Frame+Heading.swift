import Cells

extension Frame {
    /// What stands in a panel's upper ruling: the title left, a note after it, read-outs right.
    package struct Heading: Sendable {
        /// The row of the ruling.
        package var y: Int
        /// The columns of the corners or tees at both ends, which stay free.
        package var from: Int
        /// The column of the corner or tee at the right end.
        package var through: Int
        /// The panel's name, cut off where there is no room.
        package var title: String
        /// The look of the title.
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
        /// Columns of ruling between the right end and the read-outs.
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

        /// The longest stretch of the ruling that text leaves free.
        package var longestGap: Range<Int> {
            var gaps = [from + 1..<through]
            if through - from > 1 {
                let title = titlePlace
                var column = title?.endX ?? from
                if !note.isEmpty, column > from { column = min(through, column + 3 + width(of: note)) }
                column = max(column, from + 1)
                gaps = [from + 1..<(title?.x ?? from + 1)]
                if let (start, shown) = fittingReadOuts(after: column) {
                    gaps += [column..<start, min(through, start + 2 + width(of: shown))..<through]
                } else {
                    gaps.append(column..<through)
                }
            }
            return gaps.max { $0.count < $1.count } ?? from + 1..<from + 1
        }

        private func width(of runs: [(String, Style)]) -> Int { runs.reduce(0) { $0 + displayWidth($1.0) } }

        /// Where the title stands with the blanks or the notch around it, nil where there is no room.
        private var titlePlace: (x: Int, width: Int, isNotched: Bool, endX: Int)? {
            let start = from + 1 + leftInset
            let room = through - start
            guard !title.isEmpty, room >= 3 else { return nil }
            let width = min(displayWidth(title), room - 2)
            let isNotched = focus != nil && room >= width + 4
            return (start, width, isNotched, start + width + (isNotched ? 4 : 2))
        }

        /// - Returns: the column behind the title.
        private func drawTitle(into buffer: inout CellBuffer, glyphs: GlyphSet) -> Int {
            guard let (start, width, isNotched, end) = titlePlace else { return from }
            let text = isNotched ? start + 2 : start + 1
            buffer[start, y] = Cell(" ", titleStyle)
            if isNotched {
                buffer[start, y] = Cell(glyphs.isASCII ? "+" : "┤", focus ?? .plain)
                buffer[text - 1, y] = Cell(" ", titleStyle)
                buffer[end - 1, y] = Cell(glyphs.isASCII ? "+" : "├", focus ?? .plain)
            }
            buffer.write(title, x: text, y: y, style: titleStyle, limit: width)
            buffer[text + width, y] = Cell(" ", titleStyle)
            return end
        }

        /// The groups of read-outs that find room behind a column, and where they begin.
        private func fittingReadOuts(after column: Int) -> (start: Int, shown: [(String, Style)])? {
            var shown = readOuts
            while !shown.isEmpty {
                let start = through - rightInset - 2 - width(of: shown)
                if start > from, start >= column { return (start, shown) }
                while let last = shown.popLast(), !last.0.hasPrefix("  ") {}
            }
            return nil
        }

        private func drawReadOuts(after column: Int, into buffer: inout CellBuffer) {
            if let (start, shown) = fittingReadOuts(after: column) { drawRuns(shown, x: start, into: &buffer) }
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
