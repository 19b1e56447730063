import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The prompt for a file that takes the weights of a run without a directory.
struct SavePrompt: SceneView {
    let scene: Scene
    let form: Form.SaveForm

    func draw(on canvas: inout Canvas) {
        let rect = canvas.box("save weights", width: min(72, size.width - 6), rows: 5)
        let kept = live.status.end?.kept ?? .last
        let when = live.status.phase.isFinished ? "" : "; stops the run first"
        canvas.write(
            "the \(kept.rawValue) weights, as safetensors\(when)", x: rect.x, y: rect.y, .dimText, limit: rect.width)
        canvas.drawField(form.field, prompt: "to ", x: rect.x, y: rect.y + 2, limit: rect.width)
        if let error = form.error {
            canvas.write("▲ " + error, x: rect.x, y: rect.y + 3, .warn, limit: rect.width)
        }
        canvas.write(
            [Span("Enter", .key), .dim(" saves and leaves   "), Span("Esc", .key), .dim(" back")], x: rect.x,
            y: rect.endY - 1, limit: rect.width)
    }
}
