import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The line for the words that are sought, in place of the footer.
struct SearchLine: SceneView {
    let scene: Scene
    let field: TextField

    func draw(on canvas: inout Canvas) {
        let row = layout.footerRow ?? size.height - 1
        canvas.buffer.fill(Rect(x: 0, y: row, width: size.width, height: 1), with: Cell(" ", palette[.background]))
        let what = state.view.searchesLayers ? "filter layers" : "search the log"
        canvas.drawField(field, prompt: "/ ", x: 1, y: row, limit: max(4, size.width - 24))
        if size.width >= 60 {
            canvas.write([.dim(what + "   "), Span("Esc", .key), .dim(" back")], endX: size.width - 1, y: row)
        }
    }
}
