import Cells
import Charts
import Foundation
import History
import Runs
import Themes

extension Pen {
    /// Loss: raw values as a faint range, their average, other runs, evaluations, the best one, what was not finite.
    mutating func drawLoss(_ axis: StepAxis) {
        guard let plot = layout.plotRects[.loss] else { return }
        let smoothed = run.smoothed(.loss, edges: axis.edges)
        let raw = run.columns(.loss, edges: axis.edges)
        let scale = lossScale(smoothed: smoothed, raw: raw, axis)
        var layers = troubleMarks(axis, y: scale)
        layers += evaluationMarks(y: \.loss)
        layers += outlierMarks(raw, axis, y: scale)
        layers.append(.line(points: axis.points(smoothed), dash: .solid, style: palette[.train]))
        layers += ghosts(.loss, axis)
        layers.append(envelope(raw))
        layers += changeMarks(labelled: layout.plotRects[.learningRate] == nil) + noteMarks
        drawChart(.loss, axis, y: scale, layers: layers, yTicks: yTicks(scale, rows: plot.height))
    }

    /// The range of raw values in each column, behind their average.
    func envelope(_ raw: [SeriesColumn?], scaledBy factor: Double = 1) -> ChartLayer {
        .envelope(
            columns: raw.map { $0.map { ChartColumn(low: $0.low * factor, high: $0.high * factor) } },
            style: palette[.raw], upperEdgeOnly: palette.depth == .mono)
    }

    /// Marks at the top where a loss or a gradient was not finite.
    func troubleMarks(_ axis: StepAxis, y: AxisScale) -> [ChartLayer] {
        let flags = zip(run.trouble(.loss, edges: axis.edges), run.trouble(.gradientNorm, edges: axis.edges))
        var places = flags.enumerated().compactMap { $1.0 != nil || $1.1 != nil ? axis.step($0) : nil }
        places += run.reportedNotFiniteSteps(over: axis.range, limit: 256).map(Double.init)
        guard !places.isEmpty else { return [] }
        let points = places.map { ChartPoint(x: $0, y: y.high, keep: true) }
        return [.marker(points: points, glyph: "▲", ascii: "!", style: palette[.bad])]
    }

    /// Arrows where single values lie far above what is shown.
    func outlierMarks(_ raw: [SeriesColumn?], _ axis: StepAxis, y: AxisScale) -> [ChartLayer] {
        let limit = y.kind == .linear ? 2 * y.high : y.high * (1 + 1e-9)
        let points = raw.enumerated().compactMap { column, value -> ChartPoint? in
            guard let value, value.high > limit else { return nil }
            return ChartPoint(x: axis.step(column), y: value.high, keep: true)
        }
        return points.isEmpty ? [] : [.marker(points: points, glyph: "▴", ascii: "^", style: palette[.warn])]
    }

    /// Other runs' averages, dotted.
    func ghosts(_ metric: Metric, _ axis: StepAxis, scaledBy factor: Double = 1) -> [ChartLayer] {
        state.run.references.map { reference in
            let smoothed = reference.series.smoothed(metric, edges: axis.edges)
            return .line(points: axis.points(smoothed, scaledBy: factor), dash: .dotted, style: palette[.ghost])
        }
    }

    /// Holds the averages, the evaluations and the upper ends of the raw values; the lower ones may leave below. Of the columns
    /// the highest fiftieth does not count where it is far above the rest.
    private func lossScale(smoothed: [Double?], raw: [SeriesColumn?], _ axis: StepAxis) -> AxisScale {
        let isLogarithmic = state.view.isLogarithmic(.loss, of: state.run.history)
        var low = Double.infinity
        var averages: [Double] = []
        var highs: [Double] = []
        for (average, column) in zip(smoothed, raw) {
            guard let average, average.isFinite else { continue }
            low = min(low, average)
            averages.append(average)
            if let column { highs.append(column.high) }
        }
        for reference in state.run.references {
            for value in reference.series.smoothed(.loss, edges: axis.edges).lazy.compactMap({ $0 }) {
                low = min(low, value)
                averages.append(value)
                highs.append(value)
            }
        }
        // A single huge value stays in the averages for long; the values themselves tell.
        let factor = isLogarithmic ? 1e4 : 20.0
        var high = Self.highest(highs, farAbove: factor)
        if !isLogarithmic { high = min(high, Self.highest(averages, farAbove: factor)) }
        for evaluation in run.evaluations
        where evaluation.loss.isFinite && axis.range.contains(Double(evaluation.position.step)) {
            low = min(low, evaluation.loss)
            high = max(high, evaluation.loss)
        }
        guard low <= high else { return .fitting(nil, kind: isLogarithmic ? .logarithmic : .linear) }
        guard isLogarithmic else {
            return .fitting(low...high + abs(high) * 0.1 + 1e-12, kind: .linear, includingZero: true)
        }
        guard high > 0 else { return .fitting(nil, kind: .logarithmic) }
        return .fitting(min(high, max(low, high * 1e-6) / 2.2)...high, kind: .logarithmic)
    }

    /// The largest of some values, without the highest fiftieth of them where it is so many times above the others.
    static func highest(_ values: [Double], farAbove factor: Double) -> Double {
        guard let largest = values.max() else { return -.infinity }
        // Few values are looked at closely, and only where one may be far above.
        let most = values.count / 50 + 1
        guard values.count >= 8, largest > 0, values.count(where: { $0 * factor >= largest }) <= most else {
            return largest
        }
        return values.sorted(by: >)[min(most, values.count - 1)]
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
        let smoothed = run.smoothed(.accuracy, edges: axis.edges)
        let low = smoothed.lazy.compactMap { $0 }.filter(\.isFinite).min() ?? 0
        let lowest = 100 * run.evaluations.lazy.compactMap(\.accuracy).reduce(low, min)
        let isLogarithmic = state.view.isLogarithmic(.accuracy, of: state.run.history)
        let scale = AxisScale.fitting(
            min(99, max(isLogarithmic ? 0.1 : 0, lowest))...100, kind: isLogarithmic ? .logarithmic : .linear)
        var layers = evaluationMarks(y: \.accuracy, scaledBy: 100)
        layers.append(.line(points: axis.points(smoothed, scaledBy: 100), dash: .solid, style: palette[.train]))
        layers += ghosts(.accuracy, axis, scaledBy: 100)
        layers.append(envelope(run.columns(.accuracy, edges: axis.edges), scaledBy: 100))
        layers += changeMarks(labelled: false) + noteMarks
        drawChart(
            .accuracy, axis, y: scale, layers: layers, yTicks: yTicks(scale, rows: plot.height, suffix: " %"))
    }

    private mutating func drawGradientNorm(_ axis: StepAxis, rows: Int) {
        let smoothed = run.smoothed(.gradientNorm, edges: axis.edges)
        let raw = run.columns(.gradientNorm, edges: axis.edges)
        let isLogarithmic = state.view.isLogarithmic(.accuracy, of: state.run.history)
        let lowest = smoothed.lazy.compactMap { $0 }.filter { $0.isFinite && $0 > 0 }.min() ?? .infinity
        let highs = raw.compactMap { $0?.high }.filter { $0 > 0 }
        let high = Self.highest(highs, farAbove: isLogarithmic ? 1e4 : 20)
        let scale = AxisScale.fitting(
            lowest <= high ? lowest...high : nil, kind: isLogarithmic ? .logarithmic : .linear,
            includingZero: !isLogarithmic)
        var layers = troubleMarks(axis, y: scale) + outlierMarks(raw, axis, y: scale)
        layers.append(.line(points: axis.points(smoothed), dash: .solid, style: palette[.train]))
        layers += ghosts(.gradientNorm, axis)
        layers.append(envelope(raw))
        layers += changeMarks(labelled: false) + noteMarks
        drawChart(.accuracy, axis, y: scale, layers: layers, yTicks: yTicks(scale, rows: rows))
    }
}
