import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The sheet before a run is left that is alive, or whose weights would be lost.
struct QuitSheet: SceneView {
    let scene: Scene

    func draw(on canvas: inout Canvas) {
        let isOver = live.status.phase.isFinished
        let lines = isOver ? linesAfterTheEnd : linesOfARun
        canvas.write(lines, in: canvas.box("quit", width: min(58, size.width - 6), rows: lines.count))
    }

    private var save: [[Span]] {
        state.keeping.isOffered ? [[Span("w", .key), Span("      save the weights to a file and leave…")]] : []
    }

    private var detach: [[Span]] {
        live.canGoOnAlone ? [[Span("d", .key), Span("      detach: the run goes on without this terminal")]] : []
    }

    private var linesOfARun: [[Span]] {
        let words = live.status.phase.isPaused ? "the run stands still" : "the run is alive"
        let saved =
            live.description.origin.directory.map { "the step is finished, last is saved in \($0)" }
            ?? "no run directory: its weights are lost"
        return [
            [Span("quit? \(words) at step \(Figure.count(live.status.position.step))", .brightText)],
            [.dim(saved)], [], [Span("y", .key), Span("      quit and stop the run")],
        ] + detach + save + [
            [Span("Enter", .key), Span("  go on training")],
            [Span("ctrl-C", .key), Span(" again within 2 s interrupts at once")],
        ]
    }

    private var linesAfterTheEnd: [[Span]] {
        [
            [Span("leave? the weights are in memory only", .brightText)], [],
        ] + save + [
            [Span("y", .key), Span("      leave without them")], [Span("Enter", .key), Span("  stay")],
        ]
    }
}
