import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// Loss: raw values as a faint range, their average, other runs, evaluations with the lowest of them, the penalty where there is
/// weight decay, the loss of guessing, what was not finite.
struct LossPanel: StepPanel {
    static let id = PanelID.loss

    let scene: Scene

    var title: String { "loss" }

    static func table(of state: DashboardState) -> PanelTable { .steps(of: state) }

    /// The run's own lines.
    private var own: [[Span]] {
        let legend = Legend(scene: scene)
        var groups = legend.cursor
        groups.append(
            legend.entry(
                legend.sample(.solid), "train", legend.figure(FigureField.figure(scene.average(.loss, in: .loss))),
                .train))
        if run.description.task.hasValidation {
            // Beside other runs the words are theirs.
            let word = !legend.hasEvaluatedGhosts || layout.width >= .wide ? "validation" : ""
            groups.append(
                legend.entry(
                    "○", word, legend.figure(FigureField.figure(scene.shownEvaluation?.loss.recorded)), .validation))
        }
        return groups + legend.leftLine(.loss, scene.space(of: .loss)) { FigureField.figure($0) }
    }

    /// The other runs, and the same with their evaluations where these have lines.
    private var ghosts: (plain: [[Span]], evaluated: [[Span]]?) {
        let legend = Legend(scene: scene)
        let plain = legend.ghosts(.loss, scene.space(of: .loss)) { FigureField.figure($0) }
        return (
            plain, legend.evaluated(plain, after: own, in: .loss, title: title, \.loss) { FigureField.figure($0) }
        )
    }

    var readOuts: [[Span]] {
        let legend = Legend(scene: scene)
        let cursor = scene.cursorReport
        // The first groups stay longest: without its name nobody knows what a dotted line is.
        let (plain, evaluated) = ghosts
        var groups = own + (evaluated ?? plain)
        if cursor == nil, run.description.task.hasValidation, let best = run.story.lowestLoss {
            let word = layout.width >= .wide && state.run.references.isEmpty ? "lowest" : ""
            groups.append(legend.entry("◆", word, FigureField.figure(best.loss), .text, glyphRole: .best))
        }
        if let penalty {
            // The line in the chart says its word itself.
            let word = layout.width >= .wide || !state.run.references.isEmpty ? "penalty " : ""
            groups.append([.dim(legend.sample(.dotted) + " " + word), Span(FigureField.figure(penalty))])
        }
        if let cursor {
            groups.append([.dim("raw "), Span(FigureField.figure(cursor[.loss]), .raw)])
            if run.description.task.hasAccuracy {
                groups.append([.dim("gradient "), Span(FigureField.figure(cursor[.gradientNorm].recorded))])
            }
        }
        if layout.plotRects[.accuracy] == nil, run.description.task.hasAccuracy, state.view.enlarged == nil {
            groups.append([.dim("acc "), Span(shareField(scene.shownEvaluation?.accuracy), .validation)])
        }
        return groups
    }

    /// What weight decay adds to the loss, now or under the cursor; nil where there is none.
    private var penalty: Double? {
        guard let step = scene.cursorReport?.step ?? run.series.stepRange?.upperBound else { return nil }
        return run.series.values(at: Double(step)).flatMap { $0[.penalty] > 0 ? $0[.penalty] : nil }
    }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        let axis = chart.axis
        let space = scene.space(of: .loss)
        let smoothed = run.series.smoothed(.loss, edges: axis.edges, in: space)
        let raw = run.series.columns(.loss, edges: axis.edges)
        let penalties = penalty == nil ? [] : run.series.columns(.penalty, edges: axis.edges).map { $0?.last }
        let hasGhostEvaluations = ghosts.evaluated != nil
        let scale = scale(
            chart, smoothed: smoothed, raw: raw, penalties: penalties,
            others: hasGhostEvaluations ? chart.shownGhostEvaluations(\.loss) : [])
        var layers = chart.troubleMarks(y: scale) + chart.ghostTrouble(.loss, y: scale)
        layers += chart.evaluationMarks(best: run.story.lowestLoss, y: \.loss)
        layers += chart.outlierMarks(raw, y: scale)
        layers.append(.line(points: axis.points(smoothed), dash: .solid, style: palette[.train]))
        layers += chart.evaluationLine(y: \.loss)
        layers += chart.ghosts(.loss, space)
        if hasGhostEvaluations { layers += chart.ghostEvaluations(y: \.loss) }
        var words: [ChartLayer] = []
        if Self.isNear(penalties, scale) {
            let points = axis.points(penalties)
            layers.append(.line(points: points, dash: .dotted, style: palette[.dimText]))
            if let last = points.last { words.append(.words("penalty", beside: last, style: palette[.dimText])) }
        }
        layers.append(chart.envelope(raw))
        layers += chart.storyMarks(labelled: layout.plotRects[.learningRate] == nil)
        layers += words
        if let chance = run.description.task.chanceLoss { layers.append(chart.reference(chance, chanceWords(chance))) }
        chart.draw(y: scale, layers: layers, on: &canvas)
    }

    /// `chance ln 10 = 2.30`.
    private func chanceWords(_ chance: Double) -> String {
        let task = run.description.task
        let formula = task.loss == "crossEntropy" ? task.classCount.map { "ln \($0) = " } : nil
        return "chance \(formula ?? "")\(Figure.plain(chance))"
    }

    /// Holds the averages, the evaluations and the upper ends of the raw values, without outliers; the lower ends may leave
    /// below. What is compared with is in it where it is near: guessing within a factor of 2, the penalty within 1,000.
    private func scale(
        _ chart: StepChart, smoothed: [Double?], raw: [SeriesColumn?], penalties: [Double?], others: [Double]
    ) -> AxisScale {
        let kind: AxisScale.Kind = state.view.isLogarithmic(.loss, of: run) ? .logarithmic : .linear
        var values: [Double] = []
        for (average, column) in zip(smoothed, raw) {
            guard let average, average.isFinite else { continue }
            values.append(average)
            if let column { values.append(column.high) }
        }
        for reference in state.run.references {
            values += reference.series.smoothed(.loss, edges: chart.axis.edges, in: scene.space(of: .loss))
                .lazy.compactMap { $0 }
        }
        values += chart.shownEvaluations(\.loss) + others
        guard var range = RobustRange.of(values, kind: kind) else {
            return .fitting(nil, kind: kind)
        }
        func hold(_ others: ClosedRange<Double>?, within factor: Double) {
            guard let others, others.upperBound <= range.upperBound * factor,
                others.lowerBound >= range.lowerBound / factor || kind == .linear
            else { return }
            range = min(range.lowerBound, others.lowerBound)...max(range.upperBound, others.upperBound)
        }
        hold(run.description.task.chanceLoss.map { $0...$0 }, within: 2)
        let raised = range.lowerBound...range.upperBound * (range.upperBound > 0 ? 1.1 : 0.9) + 1e-12
        guard kind == .logarithmic else {
            range = raised
            hold(RobustRange.of(penalties.compactMap { $0 }, kind: .linear), within: 20)
            return .fitting(range, kind: .linear, includingZero: true)
        }
        // The lower ends of the raw values lie about so far below their average.
        range = range.lowerBound / 2.2...range.upperBound
        hold(RobustRange.of(penalties.compactMap { $0 }, kind: .logarithmic), within: 1_000)
        return .fitting(range, kind: .logarithmic)
    }

    /// Whether most of some values can be seen on a scale: a row of arrows says nothing.
    private static func isNear(_ values: [Double?], _ scale: AxisScale) -> Bool {
        let known = values.compactMap { $0 }
        return !known.isEmpty && 2 * known.count { scale.low <= $0 && $0 <= scale.high } > known.count
    }
}
