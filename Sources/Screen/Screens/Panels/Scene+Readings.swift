import Charts
import Dashboard
import History
import Runs
import Themes

/// What several panels tell of the run, now or under the cursor.
extension Scene {
    /// Share of the planned updates that are done, 0...1; NaN where nobody knows the plan.
    var progress: Double {
        guard live.status.untold != .recorded else { return .nan }
        let total = live.description.lengths.totalSteps
        return total > 0 ? min(1, Double(live.status.position.step) / Double(total)) : 0
    }

    /// The phase with its glyph: colour, glyph and word say the same thing.
    var phase: Span {
        switch live.status.phase {
        case .preparing: Span("· preparing", .dimText)
        case .training: Span("▸ training", .good)
        case .evaluating:
            Span(live.status.progress.evaluated.map { "○ eval\(percent($0, width: 6))" } ?? "○ evaluating", .validation)
        case .rewinding: Span("◂ rewinding", .you)
        case .racing: Span("◂ racing", .you)
        case .findingRate: Span("◂ finding", .you)
        case .checking: Span("◂ checking", .you)
        case .paused(.asked): Span("● paused", .you)
        case .paused(.notFinite), .paused(.validationNotFinite): Span("▲ paused", .bad)
        case .finished:
            switch live.status.untold {
            case nil: Span("■ finished", .brightText)
            case .recorded: Span("■ recorded", .brightText)
            case .gone: Span("■ no process", .warn)
            }
        }
    }

    /// Updates in all behind a slash; nothing where nobody knows them.
    var ofAllSteps: String {
        live.status.untold == .recorded ? "" : "/" + Figure.count(live.description.lengths.totalSteps)
    }

    // MARK: Steps

    /// The report under the cursor, if there is one.
    var cursorReport: StepValues? { state.view.charts.cursorStep.flatMap { run.series.values(at: $0) } }

    /// The last evaluation at or before the cursor, or the latest.
    var shownEvaluation: EvaluationReport? {
        guard let report = cursorReport else { return run.evaluations.last ?? run.status.latestEvaluation }
        return run.evaluations.last { $0.position.step <= report.step }
    }

    /// The average of a metric now or under the cursor: what its line in a panel's chart shows there.
    func average(_ metric: Metric, in panel: PanelID) -> Double? { average(metric, space(of: panel)) }

    /// The average of a metric now or under the cursor, taken in a space.
    func average(_ metric: Metric, _ space: AverageSpace) -> Double? {
        guard let step = cursorReport?.step ?? run.series.stepRange?.upperBound else { return nil }
        return run.series.average(metric, at: Double(step), in: space)
    }

    /// The space of a chart's y axis, in which its lines are averaged.
    func space(of panel: PanelID) -> AverageSpace {
        state.view.isLogarithmic(panel, of: run) ? .logarithmic : .linear
    }

    // MARK: Layers

    /// The statistics now or under the cursor.
    var shownLayers: LayersReport? {
        state.view.charts.cursorStep.flatMap { run.layerHistory.nearest(to: $0) } ?? run.latestLayers
    }

    /// When a measurement was made, as seen from the run's last step: `now` where that is a few steps or a second ago,
    /// else `at step 12`.
    func moment(of report: LayersReport) -> String {
        let age = run.status.position.step - report.position.step
        let few = max(10, run.stepsPerSecond ?? 0)
        return Double(age) <= few ? "now" : "at step \(Figure.count(report.position.step))"
    }

    /// A read-out of when a measurement was made, where that is not now.
    func staleness(of report: LayersReport?) -> [[Span]] {
        guard let report else { return [] }
        let moment = moment(of: report)
        return moment == "now" ? [] : [[.dim(moment)]]
    }

    /// What ratios of update to weight are healthy at the rate of a measurement; at the highest rate planned without one. The
    /// scene has it of the last one and of that at the cursor.
    func updateBand(of report: LayersReport?) -> UpdateRatioBand {
        UpdateRatioBand(rateShare: report.map { run.rateShare(at: $0.position.step) } ?? 1)
    }

    /// The layer whose line stands out in the charts.
    var chosenLayer: Int? {
        run.description.layers.indices.contains(state.view.layers.selected) ? state.view.layers.selected : nil
    }

    /// The layer that is looked at closely, nil where none is.
    var openedLayer: Int? {
        state.view.layers.opened.flatMap { run.description.layers.indices.contains($0) ? $0 : nil }
    }

    // MARK: Samples

    /// Where the time of the steps of the last few seconds went; of the last steps made while the run stands still.
    var recentTimes: StepTimes {
        var times = StepTimes()
        for sample in run.samples.reversed() {
            guard sample.times.steps > 0 else {
                if times.steps > 0 { break }
                continue
            }
            times = sample.times.adding(times)
            if times.total > 2.5 { break }
        }
        return times
    }
}
