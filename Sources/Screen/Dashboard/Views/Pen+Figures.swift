import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// Below 20 x 6: what the run does and how far it is.
    mutating func drawStatus() {
        guard size.width > 0, size.height > 0 else { return }
        let step = Figure.count(live.status.position.step)
        let phase = phaseSpans[0]
        let total = Figure.count(live.description.totalSteps)
        let forms = [
            "\(phase.text) \(step)/\(total)", "\(phase.text) \(step)", "\(phase.text.prefix(1)) \(step)", step,
        ]
        let text = forms.first { displayWidth(shown($0)) <= size.width } ?? String(phase.text.prefix(1))
        let split = text == step ? 0 : text.hasPrefix(phase.text) ? phase.text.count : 1
        let x = write(String(text.prefix(split)), x: 0, y: 0, phase.role, limit: size.width)
        write(String(text.dropFirst(split)), x: x, y: 0, .brightText, limit: size.width - x)
        guard size.height > 1, size.width >= 8 else { return }
        write([.dim("loss "), Span(compactFigure(average(.loss)), .train)], x: 0, y: 1, limit: size.width)
        guard size.height > 2 else { return }
        write([.dim("rate "), Span(compactFigure(live.status.learningRate), .rate)], x: 0, y: 2, limit: size.width)
    }

    private func compactFigure(_ value: Double?) -> String { String(Figures.figure(value).drop { $0 == " " }) }

    /// Below 40 columns or 10 rows: figures and one curve of the loss, no frame.
    mutating func drawFiguresOnly() {
        let isWide = size.width >= 40
        drawFiguresHeader()
        let figures = [lossLine, accuracyLine, rateLine].compactMap { $0 }
        let last = size.height - 1
        let curve = Rect(x: 0, y: 2, width: size.width, height: size.height - 2 - figures.count)
        write(figures[0], x: 0, y: 1, limit: size.width)
        if isWide { write(logLine, x: 26, y: 1, limit: size.width - 26) }
        drawCurve(in: curve)
        for (row, line) in figures.dropFirst().enumerated() {
            write(line, x: 0, y: curve.endY + row, limit: size.width)
        }
        let lowest: [Span] = state.overlay.shown == nil ? (lastLine ?? []) : []
        write(lowest, x: 0, y: last, limit: size.width)
    }

    mutating func drawFiguresHeader() {
        let phase = phaseSpans[0]
        let total = live.description.totalSteps
        let step = "\(Figures.steps(live.status.position.step, asWideAs: total))/\(Figure.count(total))"
        let share = percent(progress, width: 5)
        // The word of the phase stays where it is not the usual one and there is room.
        let isTight = size.width < phase.text.count + step.count + 8
        let word = isTight ? String(phase.text.prefix(1)) : phase.text
        let x = write(word + " ", x: 0, y: 0, phase.role)
        write(step, x: x, y: 0, .brightText, limit: size.width - x)
        if x + step.count + 6 <= size.width { write(share, endX: size.width, y: 0) }
        guard live.status.phase.isPaused || state.run.frozenSince != nil || state.steering.isReadOnly else { return }
        buffer.restyle(Rect(x: 0, y: 0, width: size.width, height: 1)) { $0.adding(.reverse) }
    }

    private var lossLine: [Span] {
        var spans: [Span] = [.dim("loss "), Span(Figures.figure(average(.loss)), .train)]
        if let evaluation = run.evaluations.last {
            spans += [Span(" ○ ", .validation), Span(Figures.figure(evaluation.loss), .validation)]
        }
        return spans
    }

    private var accuracyLine: [Span]? {
        guard run.description.hasAccuracy else { return nil }
        var spans: [Span] = [.dim("acc  "), Span(padded(shareText(average(.accuracy)), to: 6), .train)]
        if let accuracy = run.evaluations.last?.accuracy {
            spans += [Span(" ○ ", .validation), Span(padded(shareText(accuracy), to: 6), .validation)]
        }
        return spans
    }

    /// The rate, and who holds or scales it.
    var rateLine: [Span] {
        var spans: [Span] = [.dim("rate "), Span(Figures.figure(live.status.learningRate), .rate)]
        if let staged = state.steering.stagedRate,
            let new = state.steering.stagedLearningRate(from: state.run.live.status)
        {
            spans.append(Span(" → \(compactFigure(new)) \(Figure.factor(staged.factor))", .you))
            return spans
        }
        switch live.status.control {
        case .following(let multiplier) where multiplier != 1:
            spans.append(Span("  you\(Figure.factor(multiplier))", .you))
        case .held: spans.append(Span("  held", .you))
        default: break
        }
        return spans
    }

    /// The newest receipt.
    private var logLine: [Span] {
        guard let index = run.events.indices.last else { return [] }
        let words = run.words(at: index)
        return [
            .dim(Figure.count(words.step) + " "), Span(words.who + " ", role(ofAuthor: words.who)), Span(words.short),
        ]
    }

    /// Findings first, then words about the last key.
    var lastLine: [Span]? {
        if case .finished(let reason) = live.status.phase {
            let kept = live.status.end.map { ", kept \($0.kept.rawValue)" } ?? ""
            return [Span("● " + EventWords.words(of: reason) + kept, .brightText)]
        }
        if let finding = findingSpans { return finding }
        if let message = state.notices.current(at: state.clock.now) {
            return [Span(message.text, message.isTrouble ? .warn : .text)]
        }
        return nil
    }

    /// The average loss over the whole run so far, as wide as the screen.
    private mutating func drawCurve(in rect: Rect) {
        guard !rect.isEmpty else { return }
        let last = Double(max(1, run.status.position.step))
        let count = LineChart.dotColumns(width: rect.width, glyphs: glyphs)
        let smoothed = run.smoothed(.loss, over: 0...last, count: count)
        var low = Double.infinity
        var high = 0.0
        var points: [ChartPoint] = []
        for (column, value) in smoothed.enumerated() {
            guard let value, value.isFinite, value > 0 else { continue }
            low = min(low, value)
            high = max(high, value)
            points.append(ChartPoint(x: Double(column), y: value))
        }
        guard low <= high else { return }
        let chart = LineChart(
            x: AxisScale(kind: .linear, low: 0, high: Double(max(1, count - 1))),
            y: AxisScale(kind: .logarithmic, low: low / 1.05, high: high * 1.05),
            layers: [.line(points: points, dash: .solid, style: palette[.train])])
        chart.draw(into: &buffer, plot: rect, labels: nil, glyphs: glyphs)
    }
}
