import Cells
import Charts
import Dashboard
import Themes

/// The list of runs on a screen of its own, with what tells the chosen one from the one marked last.
package struct RunListView {
    private let list: RunList
    private let sortedBy: String
    private let difference: [String]
    private let palette: Palette
    private let glyphs: GlyphSet

    /// - Parameters:
    ///   - sortedBy: the column or key that orders it.
    ///   - difference: lines on how the chosen run's config differs from the one marked last; none where none is marked.
    package init(_ list: RunList, sortedBy: String, difference: [String], palette: Palette, glyphs: GlyphSet) {
        (self.list, self.sortedBy, self.difference) = (list, sortedBy, difference)
        (self.palette, self.glyphs) = (palette, glyphs)
    }

    /// A frame of a size, at least 1 by 1.
    package func draw(size: Size) -> CellBuffer {
        var canvas = Canvas(size: size, look: Look(palette: palette, glyphs: glyphs))
        let shown = list.shown
        let count = shown.count == list.rows.count ? "\(shown.count)" : "\(shown.count) of \(list.rows.count)"
        canvas.write("runs", x: 1, y: 0, .brightText)
        canvas.write("\(count), by \(sortedBy)", x: 7, y: 0, .dimText, limit: max(0, size.width - 8))
        // Half of the rows at most for what is different; head, footer and a blank row stay.
        let room = max(0, size.height - 4)
        let below = difference.isEmpty ? 0 : min(difference.count + 1, room / 2)
        drawTable(shown, rows: max(0, room - below), on: &canvas)
        for (row, line) in difference.prefix(max(0, below - 1)).enumerated() {
            canvas.write(
                line, x: 1, y: size.height - 1 - below + 1 + row, row == 0 ? .dimText : .text,
                limit: max(0, size.width - 2))
        }
        drawFooter(on: &canvas)
        canvas.replaceOthers()
        return canvas.buffer
    }

    private func drawTable(_ shown: [RunList.Row], rows: Int, on canvas: inout Canvas) {
        let columns = fittingColumns(shown, width: canvas.size.width)
        guard rows > 0 else { return }
        func line(_ cells: [String]) -> [(text: String, column: Int)] {
            columns.map { column, width in
                let text = canvas.look.clip(cells[column], to: width)
                return (Self.isText(column) ? text.leftAligned(in: width) : text.rightAligned(in: width), column)
            }
        }
        func draw(_ cells: [String], y: Int, _ role: (Int) -> ColorRole) {
            var x = 3
            for (text, column) in line(cells) {
                canvas.write(text, x: x, y: y, role(column), limit: max(0, canvas.size.width - x - 1))
                x += displayWidth(text) + 2
            }
        }
        draw(list.heads, y: 2) { _ in .dimText }
        let place = shown.firstIndex { $0.path == list.chosen } ?? 0
        let first = min(max(0, place - (rows - 1) / 2), max(0, shown.count - (rows - 1)))
        for (row, run) in shown.dropFirst(first).prefix(max(0, rows - 1)).enumerated() {
            let y = 3 + row
            let isChosen = run.path == list.chosen
            draw(run.cells, y: y) { $0 == 2 ? Self.role(of: run.cells[2]) : isChosen ? .brightText : .text }
            if let mark = list.marked.firstIndex(of: run.path) {
                canvas.write(mark < 9 ? "\(mark + 1)" : "+", x: 1, y: y, .validation)
            } else if isChosen {
                canvas.write("▸", x: 1, y: y, .key)
            }
            guard isChosen else { continue }
            let bar = Rect(x: 0, y: y, width: canvas.size.width, height: 1)
            canvas.buffer.restyle(bar) { _ in palette[.selection].adding(palette.depth == .mono ? [] : .bold) }
        }
        if shown.isEmpty { canvas.write("no run's name contains that", x: 3, y: 3, .dimText) }
    }

    /// The columns that fit with their widths: the name, the state and the best stay longest.
    private func fittingColumns(_ shown: [RunList.Row], width: Int) -> [(column: Int, width: Int)] {
        let widths = list.heads.indices.map { column in
            ([list.heads[column]] + shown.map { $0.cells[column] }).map { displayWidth($0) }.max() ?? 0
        }
        // What goes first where there is too little room.
        var left = Array(list.heads.indices)
        func taken() -> Int { left.reduce(0) { $0 + widths[$1] + 2 } }
        for column in [7, 1, 5, 6, 3, 4] where taken() > width - 4 { left.removeAll { $0 == column } }
        let spare = max(8, width - 4 - left.dropFirst().reduce(0) { $0 + widths[$1] + 2 })
        return left.map { ($0, $0 == 0 ? min(widths[0], spare) : widths[$0]) }
    }

    /// Columns of words stand at the left, those of numbers at the right.
    private static func isText(_ column: Int) -> Bool { column < 3 }

    private static func role(of state: String) -> ColorRole {
        switch state {
        case "running": .good
        case "paused": .you
        case "crashed", "not finite": .bad
        case "interrupted", "stopped": .warn
        default: .text
        }
    }

    private func drawFooter(on canvas: inout Canvas) {
        let y = canvas.size.height - 1
        guard y > 0 else { return }
        if list.isFiltering {
            canvas.drawField(list.filter, prompt: "/ ", x: 1, y: y, limit: max(1, canvas.size.width - 2))
            return
        }
        let keys: [(String, String)] = [
            ("Enter", "open"), ("space", "behind it"), ("s", "sort"), ("/", "filter"), ("r", "read again"),
            ("q", "leave"),
        ]
        let spans = keys.flatMap { [Span($0.0, .key), Span(" \($0.1)  ", .dimText)] }
        canvas.write([spans], in: Rect(x: 1, y: y, width: max(0, canvas.size.width - 2), height: 1))
    }
}
