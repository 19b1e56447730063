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

/// Accuracy of the batches and of the evaluations; on a logarithmic axis the error, 1 less the accuracy, because that is what
/// has decades; the gradient's norm where there are no classes.
struct AccuracyPanel: StepPanel {
    static let id = PanelID.accuracy

    let scene: Scene

    private var hasAccuracy: Bool { run.description.task.hasAccuracy }
    private var isLogarithmic: Bool { state.view.isLogarithmic(.accuracy, of: run) }

    var title: String { !hasAccuracy ? "gradient norm" : isLogarithmic ? "error, %" : "accuracy" }

    static func table(of state: DashboardState) -> PanelTable {
        state.run.history.description.task.hasAccuracy ? .accuracies(of: state) : .gradientNorms(of: state, in: id)
    }

    /// What the panel tells of an accuracy: itself, or the error.
    private func told(_ accuracy: Double?) -> Double? { accuracy.map { isLogarithmic ? 1 - $0 : $0 } }

    private func field(_ accuracy: Double?) -> String {
        guard isLogarithmic, let error = told(accuracy), error.isFinite else { return shareField(accuracy) }
        return (Figure.plain(100 * error) + " %").rightAligned(in: 6)
    }

    /// The run's own lines, where it has accuracies.
    private var own: [[Span]] {
        let legend = Legend(scene: scene)
        let average = scene.average(.accuracy, .linear)
        var groups =
            legend.cursor + [legend.entry(legend.sample(.solid), "train", legend.figure(field(average)), .train)]
        if run.description.task.hasValidation {
            let word = !legend.hasEvaluatedGhosts || layout.width >= .wide ? "validation" : ""
            groups.append(legend.entry("○", word, legend.figure(field(scene.shownEvaluation?.accuracy)), .validation))
        }
        return groups + legend.leftLine(.accuracy, .linear, field)
    }

    /// The other runs, and the same with their evaluations where these have lines.
    private var ghosts: (plain: [[Span]], evaluated: [[Span]]?) {
        let legend = Legend(scene: scene)
        let isNamed = legend.hasWords || layout.plotRects[.loss] == nil
        let plain = legend.ghosts(.accuracy, .linear, isNamed: isNamed, field)
        return (plain, legend.evaluated(plain, after: own, in: .accuracy, title: title, \.accuracy, field))
    }

    var readOuts: [[Span]] {
        let legend = Legend(scene: scene)
        guard hasAccuracy else {
            let norm = FigureField.figure(scene.average(.gradientNorm, in: .accuracy))
            return legend.cursor + [legend.entry(legend.sample(.solid), "train", norm, .train)]
        }
        let (plain, evaluated) = ghosts
        var groups = own + (evaluated ?? plain)
        guard run.description.task.hasValidation else { return groups }
        if scene.cursorReport == nil, let best = run.story.highestAccuracy {
            var group = [Span("◆ ", .best), .dim(legend.hasWords ? "best " : ""), Span(field(best.accuracy))]
            if layout.width >= .full { group.append(.dim(" at \(FigureField.steps(best.position.step, asWideAs: 0))")) }
            groups.append(group)
        }
        return groups
    }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        guard hasAccuracy else { return drawGradientNorm(chart, on: &canvas) }
        let axis = chart.axis
        func shown(_ accuracy: Double) -> Double { 100 * (isLogarithmic ? 1 - accuracy : accuracy) }
        func evaluated(_ report: EvaluationReport) -> Double? { report.accuracy.map(shown) }
        let smoothed = run.series.smoothed(.accuracy, edges: axis.edges, in: .linear).map { $0.map(shown) }
        let hasGhostEvaluations = ghosts.evaluated != nil
        let values =
            smoothed.compactMap { $0 } + chart.shownEvaluations(evaluated)
            + (hasGhostEvaluations ? chart.shownGhostEvaluations(evaluated) : [])
        let scale = isLogarithmic ? errorScale(values) : Self.accuracyScale(values)
        var layers = chart.evaluationMarks(best: run.story.highestAccuracy, y: evaluated)
        layers.append(.line(points: axis.points(smoothed), dash: .solid, style: palette[.train]))
        layers += chart.evaluationLine(y: evaluated)
        layers += chart.ghosts(.accuracy, .linear, shown: shown)
        if hasGhostEvaluations { layers += chart.ghostEvaluations(y: evaluated) }
        layers.append(chart.envelope(run.series.columns(.accuracy, edges: axis.edges), shown: shown))
        layers += chart.storyMarks()
        if let chance = run.description.task.chanceAccuracy {
            layers.append(chart.reference(shown(chance), "chance \(Figure.plain(shown(chance))) %"))
        }
        chart.draw(y: scale, layers: layers, yTicks: isLogarithmic ? nil : percents(scale, chart), on: &canvas)
    }

    /// Labels up to 100 % where there are such.
    private func percents(_ scale: AxisScale, _ chart: StepChart) -> [Tick] {
        let usual = chart.yTicks(scale, suffix: " %")
        guard usual.last?.value != scale.high else { return usual }
        let fewer = (2...max(2, usual.count)).reversed().lazy.map {
            Ticks.labelled(scale: scale, rows: chart.plot.height, maximumCount: $0, suffix: " %")
        }
        return fewer.first { $0.count > 1 && $0.last?.value == scale.high } ?? usual
    }

    /// From what there is to 100 %. The first steps may leave below where the others fill less than half of the panel.
    private static func accuracyScale(_ values: [Double]) -> AxisScale {
        let finite = values.filter(\.isFinite).sorted()
        var low = finite.first ?? 0
        if finite.count >= 8, let most = finite.dropFirst(finite.count / 50 + 1).first, 100 - most < (100 - low) / 2 {
            low = most
        }
        return .fitting(max(0, min(99, low))...100, kind: .linear)
    }

    /// Errors in percent, down to the lowest above 0 and up to at most 100.
    private func errorScale(_ values: [Double]) -> AxisScale {
        guard let range = RobustRange.of(values, kind: .logarithmic) else {
            return .fitting(1...100, kind: .logarithmic)
        }
        let fitting = AxisScale.fitting(range, kind: .logarithmic)
        return fitting.high <= 100 ? fitting : AxisScale(kind: .logarithmic, low: min(fitting.low, 30), high: 100)
    }

    private func drawGradientNorm(_ chart: StepChart, on canvas: inout Canvas) {
        let axis = chart.axis
        let space = scene.space(of: .accuracy)
        let smoothed = run.series.smoothed(.gradientNorm, edges: axis.edges, in: space)
        let raw = run.series.columns(.gradientNorm, edges: axis.edges)
        let scale = AxisScale.robust(
            smoothed.compactMap { $0 } + raw.lazy.compactMap { $0?.high }, kind: isLogarithmic ? .logarithmic : .linear,
            includingZero: !isLogarithmic)
        var layers = chart.troubleMarks(y: scale) + chart.outlierMarks(raw, y: scale)
        layers.append(.line(points: axis.points(smoothed), dash: .solid, style: palette[.train]))
        layers += chart.ghosts(.gradientNorm, space)
        layers.append(chart.envelope(raw))
        layers += chart.storyMarks()
        chart.draw(y: scale, layers: layers, on: &canvas)
    }
}
