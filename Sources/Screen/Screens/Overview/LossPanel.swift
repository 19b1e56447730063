import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// Loss: raw values as a faint range, their average, other runs, evaluations, the best one, what was not finite.
struct LossPanel: StepPanel {
    static let id = PanelID.loss

    let scene: Scene

    var title: String { "loss" }

    static func table(of state: DashboardState) -> PanelTable { .steps(of: state) }

    var readOuts: [[Span]] {
        let legend = Legend(scene: scene)
        let cursor = scene.cursorReport
        var groups = legend.cursor
        groups.append(legend.entry(legend.sample(.solid), "train", FigureField.figure(scene.average(.loss)), .train))
        if run.description.task.hasValidation {
            groups.append(legend.entry("○", "validation", FigureField.figure(scene.shownEvaluation?.loss), .validation))
            if cursor == nil, let best = run.best {
                let word = layout.width >= .wide && state.run.references.isEmpty ? "best" : ""
                groups.append(legend.entry("◆", word, FigureField.figure(best.loss), .text, glyphRole: .best))
            }
        }
        if let cursor {
            groups.append([.dim("raw "), Span(FigureField.figure(cursor[.loss]), .raw)])
            if run.description.task.hasAccuracy {
                groups.append([.dim("gradient "), Span(FigureField.figure(cursor[.gradientNorm]))])
            }
        }
        groups += legend.ghosts(.loss) { FigureField.figure($0) }
        if layout.plotRects[.accuracy] == nil, run.description.task.hasAccuracy, state.view.enlarged == nil {
            groups.append([.dim("acc "), Span(shareField(scene.shownEvaluation?.accuracy), .validation)])
        }
        return groups
    }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        let axis = chart.axis
        let smoothed = run.smoothed(.loss, edges: axis.edges)
        let raw = run.columns(.loss, edges: axis.edges)
        let scale = scale(smoothed: smoothed, raw: raw, axis)
        var layers = chart.troubleMarks(y: scale)
        layers += chart.evaluationMarks(y: \.loss)
        layers += chart.outlierMarks(raw, y: scale)
        layers.append(.line(points: axis.points(smoothed), dash: .solid, style: palette[.train]))
        layers += chart.ghosts(.loss)
        layers.append(chart.envelope(raw))
        layers += chart.changeMarks(labelled: layout.plotRects[.learningRate] == nil) + chart.noteMarks
        chart.draw(y: scale, layers: layers, on: &canvas)
    }

    /// Holds the averages, the evaluations and the upper ends of the raw values; the lower ones may leave below. Of the columns
    /// the highest fiftieth does not count where it is far above the rest.
    private func scale(smoothed: [Double?], raw: [SeriesColumn?], _ axis: StepAxis) -> AxisScale {
        let isLogarithmic = state.view.isLogarithmic(.loss, of: run)
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
        var high = StepChart.highest(highs, farAbove: factor)
        if !isLogarithmic { high = min(high, StepChart.highest(averages, farAbove: factor)) }
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
}
