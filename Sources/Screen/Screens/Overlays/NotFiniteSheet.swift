import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// The sheet that says what a loss or gradient that is not finite means for the weights, and what can be done.
struct NotFiniteSheet: SceneView {
    let scene: Scene

    func draw(on canvas: inout Canvas) {
        let finding = NotFiniteFinding(live)
        let width = min(70, size.width - 6)
        var lines: [[Span]] = HelpPage.wrapped("▲ " + finding.what, to: width).map { [Span($0, .bad)] }
        lines += HelpPage.wrapped(finding.weights, to: width).map { [Span($0)] }
        lines.append([])
        for choice in NotFiniteChoice.allCases where choice.isOffered(to: live) {
            let words = HelpPage.wrapped(self.words(choice), to: max(8, width - 7))
            lines += words.enumerated().map { row, text in
                [Span((row == 0 ? String(choice.key) : "").leftAligned(in: 7), .key), Span(text)]
            }
        }
        let again = key(.togglePause).map { "; \($0) asks again" } ?? ""
        lines.append([Span("Esc    ", .key), .dim("stay paused" + again)])
        canvas.write(lines, in: canvas.box("not finite", width: width, rows: lines.count))
    }

    private func words(_ choice: NotFiniteChoice) -> String {
        switch choice {
        case .restore:
            guard let (source, step) = NotFiniteChoice.source(of: live) else { return "" }
            let rate = live.status.learningRate
            let what = source == .best ? "the best weights, of step" : "the weights of step"
            let loss = live.status.progress.snapshot.flatMap { source == .snapshot ? $0.loss : nil } ?? live.best?.loss
            return
                "go back to \(what) \(Figure.count(step)) (loss \(Figure.plain(loss))), rate \(Figure.plain(rate)) → "
                + "\(Figure.plain(rate * NotFiniteChoice.scale)), and go on from there"
        case .rewind:
            guard let rewind = NotFiniteChoice.rewind(of: live) else { return "" }
            let then = live.series.values(at: Double(rewind.to))?[.learningRate] ?? live.status.learningRate
            return
                "go back in time to step \(Figure.count(rewind.to)) and on from there, rate \(Figure.plain(then)) → "
                + "\(Figure.plain(then * rewind.scale)); the steps since stay as a branch"
        case .goOn: return "go on as it is: the weights of now, rate \(Figure.plain(live.status.learningRate))"
        case .stop: return "stop…: asks which weights to keep"
        }
    }
}

/// What is known about a loss or gradient that was not finite.
struct NotFiniteFinding {
    /// `loss is not finite at step 1,204`
    let what: String
    /// What the updates before have made of the weights.
    let weights: String
    /// Whether they have ruined them.
    let isRuined: Bool

    init(_ run: RunHistory) {
        let step = run.notFiniteStep(before: Double(max(1, run.status.position.step)).nextUp) ?? 0
        what = "loss or gradient is not finite at step \(Figure.count(step)): the update was skipped"
        let loss = run.series.values(at: Double(step - 1)).flatMap {
            $0.step < step && $0[.loss].isFinite ? $0[.loss] : nil
        }
        let sound = run.status.progress.snapshot.map { snapshot in
            // One batch may have been lucky: what the loss was around it counts too.
            let average = run.series.average(.loss, at: Double(snapshot.step), in: .linear) ?? snapshot.loss
            return (step: snapshot.step, loss: max(snapshot.loss, average))
        }
        if let loss, let sound, loss > 3 * sound.loss {
            isRuined = true
            weights =
                "the updates before it have ruined the weights: the loss was \(Figure.plain(loss)) a step before, "
                + "\(Figure.plain(sound.loss)) around step \(Figure.count(sound.step))"
        } else {
            isRuined = false
            weights =
                loss.map { "the weights are those before it, whose last loss was \(Figure.plain($0))" }
                ?? "the weights are those before it"
        }
    }
}
