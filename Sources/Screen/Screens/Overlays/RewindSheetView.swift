import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// The sheet that goes back in time, at the foot of the screen, so that the curves stay in sight.
struct RewindSheetView: SceneView {
    let scene: Scene
    let sheet: RewindSheet

    func draw(on canvas: inout Canvas) {
        let width = min(70, size.width - 6)
        let lines = self.lines(width)
        let top = max(0, size.height - 1 - lines.count - 2)
        let rect = canvas.box("go back in time", width: width, rows: lines.count, top: top)
        canvas.write(lines, in: rect)
        canvas.drawField(sheet.field, prompt: "rate = ", x: rect.x, y: rect.y + 2, limit: rect.width)
        if sheet.field.text.isEmpty {
            canvas.write(
                "that of then, or type 0.01, *0.5, /3", x: rect.x + 9, y: rect.y + 2, .dimText, limit: rect.width - 9)
        }
    }

    private func lines(_ width: Int) -> [[Span]] {
        let draft = sheet.draft(cursor: state.view.charts.cursorStep, of: live)
        var then: [Span] = [.dim("then ")]
        if let values = draft.then {
            then += [.dim("loss "), Span(Figure.plain(values[.loss]), .train)]
            if live.description.task.hasAccuracy, values[.accuracy].isFinite {
                then += [.dim("  accuracy "), Span(shareText(values[.accuracy]), .train)]
            }
            then += [.dim("  rate "), Span(Figure.plain(values[.learningRate]), .rate)]
        } else {
            then = [.dim("no numbers are kept of that step")]
        }
        let lost = max(0, live.status.position.step - draft.step)
        var does: [Span] = [
            .dim(
                "\(Figure.count(lost)) step\(lost == 1 ? "" : "s") \(lost == 1 ? "is" : "are") left; their curve stays, dotted"
            )
        ]
        if let error = sheet.error ?? draft.error {
            does = [Span("▲ " + error, .warn)]
        } else if let rate = draft.rate, !sheet.field.text.isEmpty {
            does = [Span("rate \(Figure.plain(rate)) from then on; the curve of now stays, dotted", .you)]
        }
        return [
            [
                Span("to step \(Figure.count(draft.step))", .brightText),
                .dim(" of \(Figure.count(live.status.position.step))   "),
            ] + then,
            [], [], does,
            [
                Span("← →", .key), .dim(" moment  "), Span("↑ ↓", .key), .dim(" marks  "), Span("Enter", .key),
                .dim(" go back  "), Span("Esc", .key), .dim(" stay"),
            ],
        ]
    }
}
