import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

extension PanelID {
    /// The rate screen's chart.
    package static let schedule = PanelID("schedule", .steps)
}

/// The rate so far, what is planned, the draft beside it, what the plan was once, and who changed it.
struct SchedulePanel: StepPanel {
    static let id = PanelID.schedule

    let scene: Scene

    static func table(of state: DashboardState) -> PanelTable { .rates(of: state) }

    var title: String { "learning rate" }

    var readOuts: [[Span]] {
        var groups = RateReadOuts(scene: scene).groups
        let new =
            state.overlay.scheduleDraft(of: state.run.live)?.new ?? state.overlay.rateDraft(of: state.run.live)?.new
        if let new {
            groups.insert(
                [Span(LineDash.dashed.sample(glyphs: glyphs) + " draft ", .you), Span(figure(new), .you)], at: 1)
        }
        if state.view.charts.logarithmicSchedule { groups.append([.dim("log")]) }
        return groups
    }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        let axis = chart.axis
        let schedule = run.description.schedule
        let control = run.status.control
        let now = run.status.position.step
        let isAlive = !run.status.phase.isFinished
        let used = axis.points(run.series.columns(.learningRate, edges: axis.edges).map { $0?.last })
        let planned = isAlive ? axis.points(from: now) { control.rate(at: $0, schedule: schedule) } : []
        var rates = [used, planned]
        var layers: [ChartLayer] = []
        if axis.range.contains(Double(now)), isAlive {
            layers.append(.dot(ChartPoint(x: Double(now), y: run.status.learningRate), style: palette[.rate]))
        }
        if let drafted = state.draftedRate {
            let points = axis.points(from: now) { drafted.rate(at: $0, schedule: schedule) }
            layers.append(.line(points: points, dash: .dashed, style: palette.line(.you)))
            rates.append(points)
        }
        layers.append(.line(points: used, dash: .solid, style: palette[.rate]))
        layers.append(.line(points: planned, dash: .dashed, style: palette[.planned]))
        if let (start, earlier) = earlierPlan {
            let points = axis.points(from: start) { earlier.rate(at: $0) }
            layers.append(.line(points: points, dash: .dotted, style: palette[.ghost]))
            rates.append(points)
        }
        layers += chart.storyMarks(labelled: true)
        let scale = rateScale(rates.joined().map(\.y), isLogarithmic: state.view.charts.logarithmicSchedule)
        chart.draw(y: scale, layers: layers, on: &canvas)
    }

    /// What was planned before somebody replaced the rest or left the plan, and since when.
    private var earlierPlan: (start: Int, schedule: Schedule)? {
        let schedule = run.description.schedule
        if let first = schedule.rests.first { return (first.start, schedule.original) }
        guard run.status.control != .planned else { return nil }
        return (run.story.rateChanges.last?.position.step ?? 0, schedule)
    }

    private func figure(_ value: Double) -> String { Figure.plain(value).leftAligned(in: 6) }
}
