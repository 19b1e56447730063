import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The prompt for a note at the step of the moment.
struct NotePrompt: SceneView {
    let scene: Scene
    let field: TextField

    func draw(on canvas: inout Canvas) {
        let step = Figure.count(live.status.position.step)
        let rect = canvas.box("note", width: min(72, size.width - 6), rows: 3)
        canvas.drawField(field, prompt: "note at step \(step): ", x: rect.x, y: rect.y, limit: rect.width)
        canvas.write(
            [
                Span("Enter", .key), .dim(" keeps it in the log and the journal   "), Span("Esc", .key),
                .dim(" drops it"),
            ], x: rect.x, y: rect.endY - 1, limit: rect.width)
    }
}
