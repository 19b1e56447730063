import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The sheet before a run that is alive is left.
struct QuitSheet: SceneView {
    let scene: Scene

    func draw(on canvas: inout Canvas) {
        let rect = canvas.box("quit", width: min(58, size.width - 6), rows: 6)
        let words = live.status.phase.isPaused ? "the run stands still" : "the run is alive"
        let saved =
            live.description.origin.directory.map { "the step is finished, last is saved in \($0)" }
            ?? "no run directory: its weights are lost"
        canvas.write(
            [
                [Span("quit? \(words) at step \(Figure.count(live.status.position.step))", .brightText)],
                [.dim(saved)], [], [Span("y", .key), Span("      quit and stop the run")],
                [Span("Enter", .key), Span("  go on training")],
                [Span("ctrl-C", .key), Span(" again within 2 s interrupts at once")],
            ], in: rect)
    }
}
