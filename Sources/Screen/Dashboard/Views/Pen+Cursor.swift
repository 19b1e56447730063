import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// The read-out cursor: one vertical through all charts over steps, and the text of what is marked there; the rulings say
    /// the values.
    mutating func drawCursor(_ axis: StepAxis) {
        guard let step = state.view.charts.cursorStep else { return }
        for panel in Panel.overSteps {
            guard let plot = layout.plotRects[panel], let x = column(of: step, axis, plot) else { continue }
            for row in plot.y..<plot.endY where buffer[x, row].glyph == " " || buffer[x, row].glyph == "·" {
                put(isASCII ? "|" : "│", x: x, y: row, .key)
            }
        }
        let words = markWords(at: step, axis)
        guard !words.isEmpty, let plot = markPlot, let x = column(of: step, axis, plot) else { return }
        write(words, beside: x, in: plot)
    }

    /// The chart over steps that says what is marked: the one in focus, else the first.
    private var markPlot: Rect? {
        (state.view.focus.isOverSteps ? layout.plotRects[state.view.focus] : nil) ?? layout.stepPlot
    }

    /// Writes words in the plot's first row, right of a column where there is more room, else left of it: as many as fit.
    private mutating func write(_ words: [[Span]], beside x: Int, in plot: Rect) {
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
            put(" ", x: column, y: plot.y, .text)
        }
        write(shown, x: start, y: plot.y)
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
    func markWords(at step: Double, _ axis: StepAxis) -> [[Span]] {
        let reach = max(0.5, (axis.range.upperBound - axis.range.lowerBound) / Double(max(1, axis.count)))
        let near = (step - reach)...(step + reach)
        var groups: [[Span]] = []
        if let change = run.rateChanges.last(where: { near.contains(Double($0.position.step)) }) {
            let role: ColorRole = change.author == .person ? .you : .planned
            groups.append([
                Span(change.label, role), .dim(" \(Figure.plain(change.old)) → "), Span(Figure.plain(change.new)),
            ])
        }
        if let bad = run.notFiniteStep(after: near.lowerBound.nextDown), Double(bad) <= near.upperBound {
            groups.append([Span("▲ " + troubleWords(at: bad), .bad)])
        }
        if let best = run.best, near.contains(Double(best.position.step)) {
            var words = [Span("◆ best ", .best), Span(Figure.plain(best.loss))]
            if let accuracy = best.accuracy { words.append(Span("  " + shareText(accuracy))) }
            groups.append(words)
        }
        if let note = run.notes.last(where: { near.contains(Double($0.step)) }) {
            groups.append([.dim(note.who + " "), Span(note.text)])
        }
        if let epoch = epoch(beginningIn: near) { groups.append([.dim("epoch \(Figure.count(epoch)) begins")]) }
        return groups
    }

    /// Which number was not finite at a step.
    private func troubleWords(at step: Int) -> String {
        guard let values = run.values(at: Double(step)), values.step == step else {
            return "not finite, update skipped"
        }
        if !values.loss.isFinite { return "loss \(Figure.plain(values.loss))" }
        return values.gradientNorm.isFinite ? "not finite" : "gradient \(Figure.plain(values.gradientNorm))"
    }

    private func epoch(beginningIn steps: ClosedRange<Double>) -> Int? {
        let length = Double(run.description.stepsPerEpoch)
        guard length > 0, steps.upperBound > 0, steps.upperBound - steps.lowerBound < length else { return nil }
        let epoch = (steps.upperBound / length).rounded(.down)
        return epoch >= 1 && steps.contains(epoch * length) ? Int(epoch) : nil
    }

    /// A short stroke at the bottom of the lowest chart where an epoch begins, while these are 6 columns apart or more.
    mutating func drawEpochMarks(_ axis: StepAxis) {
        guard layout.epochRow == nil, state.view.charts.xAxis != .epochs, axis.scale.kind == .linear,
            let plot = Panel.overSteps.compactMap({ layout.plotRects[$0] }).max(by: { $0.endY < $1.endY })
        else { return }
        let length = Double(run.description.stepsPerEpoch)
        let span = axis.range.upperBound - axis.range.lowerBound
        guard length > 0, span > 0, Double(plot.width) * length / span >= 6 else { return }
        var step = max(length, (axis.range.lowerBound / length).rounded(.up) * length)
        while step <= axis.range.upperBound {
            if let x = column(of: step, axis, plot) {
                let glyph = buffer[x, plot.endY - 1].glyph
                if glyph == " " || glyph == "·" { put(isASCII ? "'" : "╵", x: x, y: plot.endY - 1, .dimText) }
            }
            step += length
        }
    }
}
