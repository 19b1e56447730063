import Cells
import Charts
import Dashboard
import Themes

/// The screen of a search: the table of its trials, and plots of them.
package struct SearchBoardView {
    private let board: SearchBoard
    private let palette: Palette
    private let glyphs: GlyphSet

    package init(_ board: SearchBoard, palette: Palette, glyphs: GlyphSet) {
        (self.board, self.palette, self.glyphs) = (board, palette, glyphs)
    }

    /// A frame of a size, at least 1 by 1.
    package func draw(size: Size) -> CellBuffer {
        var canvas = Canvas(size: size, look: Look(palette: palette, glyphs: glyphs))
        canvas.write("search", x: 1, y: 0, .brightText)
        let end = canvas.write(board.subject.name, x: 8, y: 0, .text, limit: max(0, size.width - 9))
        canvas.write(board.progress, x: end + 2, y: 0, .dimText, limit: max(0, size.width - end - 3))
        let body = Rect(x: 0, y: 2, width: size.width, height: max(0, size.height - 3))
        let (table, plots) = places(in: body)
        drawTable(in: table, on: &canvas)
        for (place, rect) in plots.enumerated() where !board.plots.isEmpty {
            let plot = board.plots[(board.plot + place) % board.plots.count]
            ScatterPlot(board: board, plot: plot).draw(in: rect, on: &canvas)
        }
        drawFooter(on: &canvas)
        drawSheet(on: &canvas)
        canvas.replaceOthers()
        return canvas.buffer
    }

    /// The table and the plots beside or below it, as many as there is room for.
    private func places(in body: Rect) -> (table: Rect, plots: [Rect]) {
        let count = board.plots.count
        guard count > 0 else { return (body, []) }
        if body.width >= 100 {
            let (left, right) = body.split(left: body.width - max(44, body.width * 9 / 20))
            let rows = min(count, max(1, right.height / 11))
            return (left, stacked(right, rows))
        }
        guard body.height >= 17 else { return (body, []) }
        let (top, bottom) = body.split(top: body.height - max(9, body.height / 2))
        guard bottom.width >= 72, count > 1 else { return (top, [bottom]) }
        let (left, right) = bottom.split(left: bottom.width / 2)
        return (top, [left, right])
    }

    private func stacked(_ rect: Rect, _ rows: Int) -> [Rect] {
        (0..<rows).map { row in
            let (first, end) = (row * rect.height / rows, (row + 1) * rect.height / rows)
            return Rect(x: rect.x, y: rect.y + first, width: rect.width, height: end - first)
        }
    }

    private func drawTable(in rect: Rect, on canvas: inout Canvas) {
        guard rect.height > 0 else { return }
        let columns = fittingColumns(width: rect.width)
        func draw(_ cells: [String], y: Int, _ role: (Int) -> ColorRole) {
            var x = rect.x + 3
            for (column, width) in columns {
                let clipped = canvas.look.clip(cells[column], to: width)
                let text = column == 1 ? clipped.leftAligned(in: width) : clipped.rightAligned(in: width)
                canvas.write(text, x: x, y: y, role(column), limit: max(0, rect.endX - x - 1))
                x += width + 2
            }
        }
        draw(board.subject.heads, y: rect.y) { _ in .dimText }
        let rows = rect.height - 1
        let place = board.trials.firstIndex { $0.number == board.chosen } ?? 0
        let first = min(max(0, place - rows / 2), max(0, board.trials.count - rows))
        let best = board.best?.number
        for (row, trial) in board.trials.dropFirst(first).prefix(max(0, rows)).enumerated() {
            let y = rect.y + 1 + row
            let isChosen = trial.number == board.chosen
            draw(trial.cells, y: y) { $0 == 1 ? Self.role(of: trial) : isChosen ? .brightText : .text }
            if trial.number == best {
                canvas.write("◆", x: rect.x + 1, y: y, .best)
            } else if isChosen {
                canvas.write("▸", x: rect.x + 1, y: y, .key)
            }
            guard isChosen else { continue }
            let bar = Rect(x: rect.x, y: y, width: rect.width - 1, height: 1)
            canvas.buffer.restyle(bar) { style in
                palette.depth == .mono ? style.adding(.bold) : style.on(palette[.selection].background)
            }
        }
        if board.trials.isEmpty { canvas.write("no trial yet", x: rect.x + 3, y: rect.y + 1, .dimText) }
    }

    /// The columns that fit with their widths: the loss and the steps go first, then long heads are cut, then the last parameters go.
    private func fittingColumns(width: Int) -> [(column: Int, width: Int)] {
        let heads = board.subject.heads
        let cells = heads.indices.map { column in board.trials.map { displayWidth($0.cells[column]) }.max() ?? 0 }
        var widths = heads.indices.map { min(24, max(displayWidth(heads[$0]), cells[$0])) }
        var left = Array(heads.indices)
        func taken() -> Int { left.reduce(4) { $0 + widths[$1] + 2 } }
        for column in [4, 2] where taken() > width { left.removeAll { $0 == column } }
        while taken() > width,
            let column = left.dropFirst(3).filter({ widths[$0] > max(6, cells[$0]) }).max(by: {
                widths[$0] < widths[$1]
            })
        {
            widths[column] -= 1
        }
        while taken() > width, left.count > 3 { left.removeLast() }
        return left.map { ($0, widths[$0]) }
    }

    private static func role(of trial: SearchBoard.Trial) -> ColorRole {
        if trial.isBad { return .bad }
        if trial.isPaused { return .you }
        return trial.isAlive ? .good : trial.cells[1] == "finished" ? .text : .dimText
    }

    private func drawFooter(on canvas: inout Canvas) {
        let y = canvas.size.height - 1
        guard y > 0 else { return }
        let keys: [(String, String)] = [
            ("Enter", "open"), ("space", "pause"), ("s", "stop…"), ("tab", "plot"),
            ("o", board.isByScore ? "by number" : "by \(board.subject.figure)"), ("?", "help"), ("q", "leave"),
        ]
        // The help stays longest: it names the others.
        var shown = keys
        func width() -> Int { shown.reduce(0) { $0 + displayWidth($1.0) + displayWidth($1.1) + 3 } }
        for key in ["o", "tab", "space", "s", "Enter", "q"] where width() > canvas.size.width - 2 {
            shown.removeAll { $0.0 == key }
        }
        let spans = shown.flatMap { [Span($0.0, .key), Span(" \($0.1)  ", .dimText)] }
        canvas.write([spans], in: Rect(x: 1, y: y, width: max(0, canvas.size.width - 2), height: 1))
    }

    private func drawSheet(on canvas: inout Canvas) {
        guard let sheet = board.sheet else { return }
        let (title, lines): (String, [[Span]])
        switch sheet {
        case .leave:
            title = "leave"
            lines = [
                [.bright("leave the search? its trials are saved where they are")],
                [.dim("sitter search --resume goes on with it, and loses none")], [],
                [Span("y", .key), Span("      save and leave")], [Span("Enter", .key), Span("  go on searching")],
            ]
        case .stop(let trial):
            title = "stop"
            lines = [
                [.bright("stop trial \(trial)? what it has reached counts")], [],
                [Span("y", .key), Span("      stop it")], [Span("Enter", .key), Span("  go on")],
            ]
        case .help:
            title = "keys: search"
            lines =
                Self.help.map { [Span($0.0.leftAligned(in: 13), .key), Span($0.1)] } + [[]]
                + [
                    [Span("◆ ", .best), Span("the best  "), Span("● ○ · ", .rate), Span("good, middling, worse")],
                    [Span("× ", .bad), Span("not finite, run away or failed")],
                ]
        }
        canvas.write(lines, in: canvas.box(title, width: min(58, canvas.size.width - 6), rows: lines.count))
    }

    private static let help = [
        ("Enter", "open its run in the dashboard; d comes back"), ("space", "pause a trial, or let it go on"),
        ("s", "stop a trial, after a question"), ("arrows, jk", "choose a trial"), ("g, G", "the first, the last"),
        ("o", "order by number, or the best first"), ("tab, S-tab", "the next, the last plot"),
        ("q", "leave; the search can go on later"),
    ]
}
