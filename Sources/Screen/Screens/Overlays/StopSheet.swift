import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// The sheet that asks which weights an early stop keeps.
struct StopSheet: SceneView {
    let scene: Scene

    func draw(on canvas: inout Canvas) {
        let description = live.description
        let step = live.status.position.step
        let rect = canvas.box("stop", width: min(58, size.width - 6), rows: 7)
        let left = max(0, description.lengths.totalSteps - step)
        var best: [Span] = [Span("b", .key), Span("      keep best  ")]
        if let report = live.best {
            best += [
                Span("◆ ", .best), .dim("step "),
                Span(FigureField.steps(report.position.step, asWideAs: description.lengths.totalSteps)),
                .dim("  loss "), Span(FigureField.figure(report.loss)),
            ]
            if let accuracy = report.accuracy { best += [.dim("  "), Span(shareText(accuracy))] }
        } else {
            best.append(
                .dim(description.task.hasValidation ? "  evaluates first" : "  no validation: the same as last"))
        }
        var last: [Span] = [Span("l", .key), Span("      keep last  ")]
        last += [
            Span("  "), .dim("step "), Span(FigureField.steps(step, asWideAs: description.lengths.totalSteps)),
            .dim("  loss "),
            Span(FigureField.figure(scene.average(.loss, in: .loss))), .dim("  train"),
        ]
        canvas.write(
            [
                [
                    Span("stop training at step \(Figure.count(step))?", .brightText),
                    .dim("  \(Figure.count(left)) are left"),
                ],
                [], best, last, [], [Span("Enter", .key), Span("  go on training")],
            ], in: rect)
    }
}
