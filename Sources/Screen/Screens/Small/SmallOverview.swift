import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// Figures and one curve of the loss, no frame.
struct SmallOverview: SmallScreen {
    let scene: Scene

    func draw(on canvas: inout Canvas) {
        let isWide = size.width >= 40
        SmallHeader(scene: scene).draw(on: &canvas)
        let figures = [lossLine, accuracyLine, RateLine(scene: scene).spans].compactMap { $0 }
        let last = size.height - 1
        let curve = Rect(x: 0, y: 2, width: size.width, height: size.height - 2 - figures.count)
        canvas.write(figures[0], x: 0, y: 1, limit: size.width)
        if isWide { canvas.write(logLine, x: 26, y: 1, limit: size.width - 26) }
        drawCurve(in: curve, on: &canvas)
        for (row, line) in figures.dropFirst().enumerated() {
            canvas.write(line, x: 0, y: curve.endY + row, limit: size.width)
        }
        let lowest: [Span] = state.overlay.shown == nil ? (SmallRemark(scene: scene).spans ?? []) : []
        canvas.write(lowest, x: 0, y: last, limit: size.width)
    }

    private var lossLine: [Span] {
        var spans: [Span] = [.dim("loss "), Span(FigureField.figure(scene.average(.loss, .logarithmic)), .train)]
        if let evaluation = run.evaluations.last {
            spans += [Span(" ○ ", .validation), Span(FigureField.figure(evaluation.loss.recorded), .validation)]
        }
        return spans
    }

    private var accuracyLine: [Span]? {
        guard run.description.task.hasAccuracy else { return nil }
        var spans: [Span] = [
            .dim("acc  "), Span(shareText(scene.average(.accuracy, .linear)).rightAligned(in: 6), .train),
        ]
        if let accuracy = run.evaluations.last?.accuracy {
            spans += [Span(" ○ ", .validation), Span(shareText(accuracy).rightAligned(in: 6), .validation)]
        }
        return spans
    }

    /// The newest receipt.
    private var logLine: [Span] {
        guard let index = run.events.indices.last else { return [] }
        let words = run.words(at: index)
        return [
            .dim(Figure.count(words.step) + " "), Span(words.who + " ", ColorRole(author: words.who)),
            Span(words.short),
        ]
    }

    /// The average loss over the whole run so far, as wide as the screen.
    private func drawCurve(in rect: Rect, on canvas: inout Canvas) {
        guard !rect.isEmpty else { return }
        let last = Double(max(1, run.status.position.step))
        let count = LineChart.dotColumns(width: rect.width, glyphs: glyphs)
        let smoothed = run.series.smoothed(.loss, over: 0...last, count: count, in: .logarithmic)
        let points = smoothed.enumerated().compactMap { column, value in
            value.map { ChartPoint(x: Double(column), y: $0) }
        }
        guard let range = RobustRange.of(points.map(\.y), kind: .logarithmic) else { return }
        let chart = LineChart(
            x: AxisScale(kind: .linear, low: 0, high: Double(max(1, count - 1))),
            y: AxisScale(kind: .logarithmic, low: range.lowerBound / 1.05, high: range.upperBound * 1.05),
            layers: [.line(points: points, dash: .solid, style: palette[.train])])
        chart.draw(into: &canvas.buffer, plot: rect, labels: nil, glyphs: glyphs)
    }
}
