import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The sheet that sets the rate.
struct RateSheetView: SceneView {
    let scene: Scene
    let sheet: Overlay.RateSheet

    func draw(on canvas: inout Canvas) {
        let status = live.status
        let draft = RateDraft(sheet, status: status)
        let rect = canvas.box("learning rate", width: min(62, size.width - 6), rows: 7)
        let plan = live.description.schedule.rate(at: status.position.step)
        var now: [Span] = [.dim("now "), Span(Figure.plain(status.learningRate), .rate)]
        switch status.control {
        case .following(let multiplier) where multiplier == 1: now.append(.dim(", as planned"))
        case .following(let multiplier):
            now.append(.dim(", the plan's \(Figure.plain(plan)) \(Figure.factor(multiplier))"))
        case .held: now.append(.dim(", held; the plan says \(Figure.plain(plan))"))
        }
        canvas.write([now], in: rect)
        canvas.drawField(sheet.field, prompt: "rate = ", x: rect.x, y: rect.y + 2, limit: rect.width)
        var does: [Span] = [.dim("a number, *0.5 or /3")]
        if let error = sheet.error ?? draft.error {
            does = [Span("▲ " + error, .warn)]
        } else if !draft.description.isEmpty {
            does = [Span(draft.description, .you)]
        }
        let mode: [Span] = [
            Span(sheet.holds ? "○" : "●", sheet.holds ? .dimText : .you),
            Span(" rescale the plan   ", sheet.holds ? .dimText : .text),
            Span(sheet.holds ? "●" : "○", sheet.holds ? .you : .dimText),
            Span(" hold the value", sheet.holds ? .text : .dimText), .dim("   "), Span("tab", .key), .dim(" changes"),
        ]
        canvas.write([[], [], [], does, [], mode], in: rect)
        canvas.write(
            [Span("Enter", .key), .dim(" apply   "), Span("Esc", .key), .dim(" drop   ")], x: rect.x, y: rect.endY - 1,
            limit: rect.width)
    }
}
