import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The row of findings: what the end was, or what is wrong; empty while nothing is.
struct FindingRow: SceneView {
    let scene: Scene

    func draw(on canvas: inout Canvas) {
        guard let row = layout.findingRow, let spans else { return }
        canvas.write(spans, x: 1, y: row, limit: size.width - 2)
    }

    /// Layer or number, what is the case, since when.
    var spans: [Span]? {
        if case .finished(let reason) = live.status.phase { return endSpans(reason) }
        guard let step = notFiniteStep else { return nil }
        let at = Figure.count(step)
        if live.status.phase == .paused(.notFinite) {
            let start = "▲ loss is not finite at step \(at)"
            let forms = [
                start + ": the update was skipped, the weights are those before it; lower the rate, then resume",
                start + ": update skipped; lower the rate, then resume", start + ": update skipped", start,
            ]
            return [Span(forms.first { $0.count <= size.width - 2 } ?? start, .bad)]
        }
        let count = live.notFiniteSteps(over: 0...Double(max(1, live.status.position.step)), limit: 100_000).count
        let more = count > 1 ? ", \(Figure.count(count)) times in all" : ""
        return [Span("▲ loss is not finite at step \(at): the update was skipped\(more)", .bad)]
    }

    /// The latest step whose loss or gradient was not finite.
    private var notFiniteStep: Int? {
        let reached = Double(max(1, live.status.position.step))
        return live.notFiniteStep(before: reached.nextUp)
    }

    /// Why the run ended and which weights it leaves.
    private func endSpans(_ reason: EndReason) -> [Span] {
        let isTrouble = reason == .notFinite
        var words = EventWords.words(of: reason)
        if words != "finished" { words += " at step \(Figure.count(live.status.position.step))" }
        var spans = [Span((isTrouble ? "▲ " : "● ") + words, isTrouble ? .bad : .brightText)]
        guard let end = live.status.end else { return spans }
        spans.append(.dim("   kept "))
        guard end.kept == .best, let best = end.best else {
            spans.append(Span("the last weights"))
            return spans
        }
        spans.append(Span("◆ ", .best))
        spans.append(Span("step \(Figure.count(best.position.step))"))
        spans.append(.dim("  loss "))
        spans.append(.bright(Figure.plain(best.loss)))
        if let accuracy = best.accuracy { spans += [.dim("  accuracy "), .bright(shareText(accuracy))] }
        return spans
    }
}
