import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The prompt for a file that takes a panel's numbers or the screen.
struct ExportPrompt: SceneView {
    let scene: Scene
    let form: Form.ExportForm

    func draw(on canvas: inout Canvas) {
        let rect = canvas.box("export", width: min(72, size.width - 6), rows: 5)
        let isScreen = form.content == .screen
        let panel = if case .data(let panel) = form.content { panel } else { state.view.focus }
        let data = shown(ScreenList.panel(panel)?.init(scene: scene).title ?? panel.name)
        let choice: [Span] = [
            Span(isScreen ? "○" : "●", isScreen ? .dimText : .you),
            Span(" numbers of \(data) (CSV)   ", isScreen ? .dimText : .text),
            Span(isScreen ? "●" : "○", isScreen ? .you : .dimText),
            Span(" the screen as text", isScreen ? .text : .dimText), .dim("   "), Span("tab", .key), .dim(" changes"),
        ]
        canvas.write([choice], in: rect)
        canvas.drawField(form.field, prompt: "to ", x: rect.x, y: rect.y + 2, limit: rect.width)
        if let error = form.error {
            canvas.write("▲ " + error, x: rect.x, y: rect.y + 3, .warn, limit: rect.width)
        }
        canvas.write(
            [Span("Enter", .key), .dim(" writes it   "), Span("Esc", .key), .dim(" back")], x: rect.x, y: rect.endY - 1,
            limit: rect.width)
    }
}
