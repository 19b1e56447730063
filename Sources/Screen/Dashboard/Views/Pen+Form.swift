import Cells
import Charts
import Runs
import Themes

extension Pen {
    mutating func draw(_ form: Form) {
        switch form {
        case .note(let field): drawNote(field)
        case .export(let form): drawExport(form)
        case .themes(let chooser): drawThemes(chooser)
        }
    }

    private mutating func drawNote(_ field: TextField) {
        let step = Figure.count(live.status.position.step)
        let rect = box("note", width: min(72, size.width - 6), rows: 3)
        drawField(field, prompt: "note at step \(step): ", x: rect.x, y: rect.y, limit: rect.width)
        write(
            [
                Span("Enter", .key), .dim(" keeps it in the log and the journal   "), Span("Esc", .key),
                .dim(" drops it"),
            ], x: rect.x, y: rect.endY - 1, limit: rect.width)
    }

    private mutating func drawExport(_ form: Form.ExportForm) {
        let rect = box("export", width: min(72, size.width - 6), rows: 5)
        let isScreen = form.content == .screen
        let panel = if case .data(let panel) = form.content { panel } else { state.view.focus }
        let data = shown(title(of: panel))
        let choice: [Span] = [
            Span(isScreen ? "○" : "●", isScreen ? .dimText : .you),
            Span(" numbers of \(data) (CSV)   ", isScreen ? .dimText : .text),
            Span(isScreen ? "●" : "○", isScreen ? .you : .dimText),
            Span(" the screen as text", isScreen ? .text : .dimText), .dim("   "), Span("tab", .key), .dim(" changes"),
        ]
        write([choice], in: rect)
        drawField(form.field, prompt: "to ", x: rect.x, y: rect.y + 2, limit: rect.width)
        if let error = form.error {
            write("▲ " + error, x: rect.x, y: rect.y + 3, .warn, limit: rect.width)
        }
        write(
            [Span("Enter", .key), .dim(" writes it   "), Span("Esc", .key), .dim(" back")], x: rect.x, y: rect.endY - 1,
            limit: rect.width)
    }

    /// A narrow list at the right edge, so that the screen in the theme under the cursor is seen beside it.
    private mutating func drawThemes(_ chooser: Form.ThemeChooser) {
        let names = chooser.names(of: state.person.themeNames)
        let width = min(max(24, (state.person.themeNames.map(\.count).max() ?? 0) + 2), max(10, size.width - 8))
        let rows = max(1, min(max(1, names.count), size.height - 8))
        let rect = box("theme", width: width, rows: rows + 2, left: size.width - width - 6)
        drawField(chooser.field, prompt: "/ ", x: rect.x, y: rect.y, limit: rect.width)
        let place = names.firstIndex(of: chooser.selected) ?? 0
        let first = min(max(0, place - rows / 2), max(0, names.count - rows))
        for (row, name) in names.dropFirst(first).prefix(max(0, rect.height - 2)).enumerated() {
            let isSelected = name == chooser.selected
            let y = rect.y + 1 + row
            let text = (isSelected ? "▸ " : "  ") + clip(name, to: rect.width - 2)
            write(text, x: rect.x, y: y, isSelected ? .brightText : .text, limit: rect.width)
            guard isSelected else { continue }
            let row = Rect(x: rect.x, y: y, width: rect.width, height: 1)
            buffer.restyle(row) { _ in palette[.selection].adding(palette.depth == .mono ? [] : .bold) }
        }
        if names.isEmpty { write("no such theme", x: rect.x, y: rect.y + 1, .dimText, limit: rect.width) }
        write(
            [Span("Enter", .key), .dim(" keep  "), Span("Esc", .key), .dim(" back")], x: rect.x, y: rect.endY - 1,
            limit: rect.width)
    }
}
