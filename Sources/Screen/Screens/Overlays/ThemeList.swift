import Cells
import Charts
import Dashboard
import Runs
import Themes

/// A narrow list at the right edge, so that the screen in the theme under the cursor is seen beside it.
struct ThemeList: SceneView {
    let scene: Scene
    let chooser: Form.ThemeChooser

    func draw(on canvas: inout Canvas) {
        let names = chooser.names(of: state.person.themeNames)
        let width = min(max(24, (state.person.themeNames.map(\.count).max() ?? 0) + 2), max(10, size.width - 8))
        let rows = max(1, min(max(1, names.count), size.height - 8))
        let rect = canvas.box("theme", width: width, rows: rows + 2, left: size.width - width - 6)
        canvas.drawField(chooser.field, prompt: "/ ", x: rect.x, y: rect.y, limit: rect.width)
        let place = names.firstIndex(of: chooser.selected) ?? 0
        let first = min(max(0, place - rows / 2), max(0, names.count - rows))
        for (row, name) in names.dropFirst(first).prefix(max(0, rect.height - 2)).enumerated() {
            let isSelected = name == chooser.selected
            let y = rect.y + 1 + row
            let text = (isSelected ? "▸ " : "  ") + clip(name, to: rect.width - 2)
            canvas.write(text, x: rect.x, y: y, isSelected ? .brightText : .text, limit: rect.width)
            guard isSelected else { continue }
            let row = Rect(x: rect.x, y: y, width: rect.width, height: 1)
            canvas.buffer.restyle(row) { _ in palette[.selection].adding(palette.depth == .mono ? [] : .bold) }
        }
        if names.isEmpty { canvas.write("no such theme", x: rect.x, y: rect.y + 1, .dimText, limit: rect.width) }
        canvas.write(
            [Span("Enter", .key), .dim(" keep  "), Span("Esc", .key), .dim(" back")], x: rect.x, y: rect.endY - 1,
            limit: rect.width)
    }
}
