import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The read-out cursor of the charts over steps.
struct StepCursor: SceneView {
    let scene: Scene
    let axis: StepAxis

    /// One vertical through all charts over steps, and the text of what is marked there; the rulings say the values.
    func draw(on canvas: inout Canvas) {
        guard let step = state.view.charts.cursorStep else { return }
        for panel in layout.stepPanels {
            guard let plot = layout.plotRects[panel], let x = axis.column(of: step, in: plot, glyphs: glyphs) else {
                continue
            }
            for row in plot.y..<plot.endY where canvas.buffer[x, row].glyph == " " || canvas.buffer[x, row].glyph == "·"
            {
                canvas.buffer[x, row] = Cell(isASCII ? "|" : "│", palette.line(.key))
            }
        }
        let words = markWords(at: step)
        guard !words.isEmpty, let plot = markPlot, let x = axis.column(of: step, in: plot, glyphs: glyphs) else {
            return
        }
        write(words, beside: x, in: plot, on: &canvas)
    }

    /// The chart over steps that says what is marked: the one in focus, else the first.
    private var markPlot: Rect? {
        (layout.stepPanels.contains(state.view.focus) ? layout.plotRects[state.view.focus] : nil) ?? layout.stepPlot
    }

    /// Writes words in the plot's first row, right of a column where there is more room, else left of it: as many as fit.
    private func write(_ words: [[Span]], beside x: Int, in plot: Rect, on canvas: inout Canvas) {
        let (left, right) = (x - plot.x - 3, plot.endX - x - 4)
        let most = max(left, right)
        var shown = words.first.map { fitted($0, to: most) } ?? []
        for group in words.dropFirst() {
            let longer = shown + [Span("   ")] + group
            if width(of: longer) <= most { shown = longer }
        }
        let wide = width(of: shown)
        guard wide > 0 else { return }
        let start = right >= wide || right == most ? x + 2 : x - 1 - wide
        for column in [start - 1, start + wide] where column > plot.x && column < plot.endX && column != x {
            canvas.put(" ", x: column, y: plot.y, .text)
        }
        canvas.write(shown, x: start, y: plot.y)
    }

    /// Spans cut to a number of columns.
    private func fitted(_ spans: [Span], to width: Int) -> [Span] {
        var left = width
        var fitting: [Span] = []
        for span in spans where left > 0 {
            let text = clip(span.text, to: left)
            fitting.append(Span(text, span.role))
            left -= displayWidth(text)
        }
        return fitting
    }

    /// What is marked within half a column of a step: changes by hand, the best evaluation, notes, what was not finite, and where
    /// an epoch begins.
    private func markWords(at step: Double) -> [[Span]] {
        let reach = max(0.5, (axis.range.upperBound - axis.range.lowerBound) / Double(max(1, axis.count)))
        let near = (step - reach)...(step + reach)
        var groups: [[Span]] = []
        if let change = run.story.rateChanges.last(where: { near.contains(Double($0.position.step)) }) {
            let role: ColorRole = change.author == .person ? .you : .rate
            groups.append([
                Span(change.label, role), .dim(change.goesBack ? ", rate " : " \(Figure.plain(change.old)) → "),
                Span(Figure.plain(change.new)),
            ])
        }
        if let change = run.story.tunings.last(where: { near.contains(Double($0.position.step)) }) {
            groups.append([Span(change.words, change.author == .person ? .you : .rate)])
        }
        if let bad = run.notFiniteStep(after: near.lowerBound.nextDown), Double(bad) <= near.upperBound {
            groups.append([Span("▲ " + troubleWords(at: bad), .bad)])
        }
        if let best = run.story.highestAccuracy, let accuracy = best.accuracy, near.contains(Double(best.position.step))
        {
            groups.append([Span("◆ best ", .best), Span(shareText(accuracy))])
        }
        if let best = run.story.lowestLoss, near.contains(Double(best.position.step)) {
            groups.append([Span("◆ lowest ", .best), Span(Figure.plain(best.loss))])
        }
        if let note = run.story.notes.last(where: { near.contains(Double($0.step)) }) {
            groups.append([.dim(note.who + " "), Span(note.text)])
        }
        if let epoch = epoch(beginningIn: near) { groups.append([.dim("epoch \(Figure.count(epoch)) begins")]) }
        return groups
    }

    /// Which number was not finite at a step.
    private func troubleWords(at step: Int) -> String {
        guard let values = run.series.values(at: Double(step)), values.step == step else {
            return "not finite, update skipped"
        }
        if values[.loss].wentWrong { return "loss \(Figure.plain(values[.loss]))" }
        return values[.gradientNorm].wentWrong ? "gradient \(Figure.plain(values[.gradientNorm]))" : "not finite"
    }

    private func epoch(beginningIn steps: ClosedRange<Double>) -> Int? {
        let lengths = run.description.lengths
        guard lengths.stepsPerEpoch > 0, steps.upperBound > 0 else { return nil }
        let epoch = lengths.epoch(of: Int(min(steps.upperBound, 1e15)))
        let (first, next) = (lengths.firstStep(ofEpoch: epoch), lengths.firstStep(ofEpoch: epoch + 1))
        guard steps.upperBound - steps.lowerBound < Double(next - first) else { return nil }
        return epoch >= 1 && steps.contains(Double(first)) ? epoch : nil
    }
}
