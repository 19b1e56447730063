import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

extension PanelID {
    /// The overview's accuracy, or gradient norm.
    package static let accuracy = PanelID("accuracy", .steps) { $0.task.hasAccuracy }
}

/// Accuracy of the batches and of the evaluations; the gradient's norm where there are no classes.
struct AccuracyPanel: StepPanel {
    static let id = PanelID.accuracy

    let scene: Scene

    private var hasAccuracy: Bool { run.description.task.hasAccuracy }

    var title: String { hasAccuracy ? "accuracy" : "gradient norm" }

    static func table(of state: DashboardState) -> PanelTable {
        state.run.history.description.task.hasAccuracy ? .accuracies(of: state) : .gradientNorms(of: state)
    }

    var readOuts: [[Span]] {
        let legend = Legend(scene: scene)
        var groups = legend.cursor
        guard hasAccuracy else {
            let norm = FigureField.figure(scene.average(.gradientNorm))
            return groups + [legend.entry(legend.sample(.solid), "train", norm, .train)]
        }
        groups.append(legend.entry(legend.sample(.solid), "train", shareField(scene.average(.accuracy)), .train))
        guard run.description.task.hasValidation else { return groups + legend.ghosts(.accuracy, shareField) }
        groups.append(legend.entry("○", "validation", shareField(scene.shownEvaluation?.accuracy), .validation))
        if scene.cursorReport == nil, let best = run.best, let accuracy = best.accuracy {
            var group = [Span("◆ ", .best), .dim(legend.hasWords ? "best " : ""), Span(shareField(accuracy))]
            if layout.width >= .full { group.append(.dim(" at \(FigureField.steps(best.position.step, asWideAs: 0))")) }
            groups.append(group)
        }
        return groups + legend.ghosts(.accuracy, shareField)
    }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        guard hasAccuracy else { return drawGradientNorm(chart, on: &canvas) }
        let axis = chart.axis
        let smoothed = run.smoothed(.accuracy, edges: axis.edges)
        let low = smoothed.lazy.compactMap { $0 }.filter(\.isFinite).min() ?? 0
        let lowest = 100 * run.evaluations.lazy.compactMap(\.accuracy).reduce(low, min)
        let isLogarithmic = state.view.isLogarithmic(.accuracy, of: run)
        let scale = AxisScale.fitting(
            min(99, max(isLogarithmic ? 0.1 : 0, lowest))...100, kind: isLogarithmic ? .logarithmic : .linear)
        var layers = chart.evaluationMarks(y: \.accuracy, scaledBy: 100)
        layers.append(.line(points: axis.points(smoothed, scaledBy: 100), dash: .solid, style: palette[.train]))
        layers += chart.ghosts(.accuracy, scaledBy: 100)
        layers.append(chart.envelope(run.columns(.accuracy, edges: axis.edges), scaledBy: 100))
        layers += chart.changeMarks() + chart.noteMarks
        chart.draw(y: scale, layers: layers, yTicks: chart.yTicks(scale, suffix: " %"), on: &canvas)
    }

    private func drawGradientNorm(_ chart: StepChart, on canvas: inout Canvas) {
        let axis = chart.axis
        let smoothed = run.smoothed(.gradientNorm, edges: axis.edges)
        let raw = run.columns(.gradientNorm, edges: axis.edges)
        let isLogarithmic = state.view.isLogarithmic(.accuracy, of: run)
        let lowest = smoothed.lazy.compactMap { $0 }.filter { $0.isFinite && $0 > 0 }.min() ?? .infinity
        let highs = raw.compactMap { $0?.high }.filter { $0 > 0 }
        let high = StepChart.highest(highs, farAbove: isLogarithmic ? 1e4 : 20)
        let scale = AxisScale.fitting(
            lowest <= high ? lowest...high : nil, kind: isLogarithmic ? .logarithmic : .linear,
            includingZero: !isLogarithmic)
        var layers = chart.troubleMarks(y: scale) + chart.outlierMarks(raw, y: scale)
        layers.append(.line(points: axis.points(smoothed), dash: .solid, style: palette[.train]))
        layers += chart.ghosts(.gradientNorm)
        layers.append(chart.envelope(raw))
        layers += chart.changeMarks() + chart.noteMarks
        chart.draw(y: scale, layers: layers, on: &canvas)
    }
}
