import Cells
import Charts
import Foundation
import Runs
import Themes

extension Pen {
    /// Loss: raw values as a faint range, their average, evaluations, the best one, what was not finite.
    mutating func drawLoss(_ axis: StepAxis) {
        guard let plot = layout.plotRects[.loss] else { return }
        let smoothed = run.smoothed(.loss, over: axis.range, count: axis.count)
        let raw = run.columns(.loss, over: axis.range, count: axis.count)
        let scale = lossScale(smoothed: smoothed, raw: raw, axis)
        let notFinite = run.notFiniteSteps(over: axis.range)
        var layers: [ChartLayer] = []
        if !notFinite.isEmpty {
            let points = notFinite.map { ChartPoint(x: Double($0), y: scale.high, keep: true) }
            layers.append(.marker(points: points, glyph: "▲", ascii: "!", style: palette[.bad]))
        }
        layers += evaluationMarks(y: \.loss)
        layers.append(.line(points: axis.points(smoothed), dash: .solid, style: palette[.train]))
        layers.append(
            .envelope(
                columns: raw.map { $0.map { ChartColumn(low: $0.low, high: $0.high) } }, style: palette[.raw],
                upperEdgeOnly: palette.depth == .mono))
        layers += changeMarks(labelled: layout.plotRects[.learningRate] == nil)
        drawChart(.loss, axis, y: scale, layers: layers, yTicks: yTicks(scale, rows: plot.height))
    }

    /// Holds the average, the evaluations and the upper ends of the raw values; the lower ones may leave below.
    private func lossScale(smoothed: [Double?], raw: [SeriesColumn?], _ axis: StepAxis) -> AxisScale {
        var low = Double.infinity
        var high = -Double.infinity
        for value in smoothed.lazy.compactMap({ $0 }) where value.isFinite {
            low = min(low, value)
            high = max(high, value)
        }
        for evaluation in run.evaluations
        where evaluation.loss.isFinite && axis.range.contains(Double(evaluation.position.step)) {
            low = min(low, evaluation.loss)
            high = max(high, evaluation.loss)
        }
        guard state.charts.logarithmicLoss else {
            guard low <= high else { return .fitting(nil, kind: .linear) }
            return .fitting(low...high * 1.1 + 1e-12, kind: .linear, includingZero: true)
        }
        for column in raw.lazy.compactMap({ $0 }) where column.high.isFinite { high = max(high, column.high) }
        guard low <= high, high > 0 else { return .fitting(nil, kind: .logarithmic) }
        return .fitting(max(low, high * 1e-6) / 2.2...high, kind: .logarithmic)
    }

    /// The evaluations as circles and the best one as a diamond above them.
    func evaluationMarks(
        y value: (EvaluationReport) -> Double?, scaledBy factor: Double = 1
    ) -> [ChartLayer] {
        let points = run.evaluations.compactMap { evaluation in
            value(evaluation).map { ChartPoint(x: Double(evaluation.position.step), y: $0 * factor) }
        }
        var layers: [ChartLayer] = []
        if let best = run.best, let y = value(best) {
            let point = ChartPoint(x: Double(best.position.step), y: y * factor, keep: true)
            layers.append(.marker(points: [point], glyph: "◆", ascii: "*", style: palette[.best]))
        }
        if !points.isEmpty {
            layers.append(.marker(points: points, glyph: "○", ascii: "o", style: palette[.validation]))
        }
        return layers
    }

    /// Accuracy of the batches and of the evaluations; the gradient's norm where there are no classes.
    mutating func drawAccuracy(_ axis: StepAxis) {
        guard let plot = layout.plotRects[.accuracy] else { return }
        guard run.description.hasAccuracy else { return drawGradientNorm(axis, rows: plot.height) }
        let smoothed = run.smoothed(.accuracy, over: axis.range, count: axis.count)
        let low = smoothed.lazy.compactMap { $0 }.filter(\.isFinite).min() ?? 0
        let lowest = run.evaluations.lazy.compactMap(\.accuracy).reduce(low, min)
        let scale = AxisScale.fitting(min(99, max(0, lowest * 100))...100, kind: .linear)
        var layers = evaluationMarks(y: \.accuracy, scaledBy: 100)
        layers.append(.line(points: axis.points(smoothed, scaledBy: 100), dash: .solid, style: palette[.train]))
        layers += changeMarks(labelled: false)
        drawChart(
            .accuracy, axis, y: scale, layers: layers, yTicks: yTicks(scale, rows: plot.height, suffix: " %"))
    }

    private mutating func drawGradientNorm(_ axis: StepAxis, rows: Int) {
        let smoothed = run.smoothed(.gradientNorm, over: axis.range, count: axis.count)
        let values = smoothed.compactMap { $0 }.filter { $0.isFinite && $0 > 0 }
        let bounds = values.min().flatMap { low in values.max().map { low...$0 } }
        let scale = AxisScale.fitting(bounds, kind: .logarithmic)
        var layers = [ChartLayer.line(points: axis.points(smoothed), dash: .solid, style: palette[.train])]
        layers += changeMarks(labelled: false)
        drawChart(.accuracy, axis, y: scale, layers: layers, yTicks: yTicks(scale, rows: rows))
    }
}
