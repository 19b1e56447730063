import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

extension PanelID {
    /// The overview's chart of the rate.
    package static let learningRate = PanelID("learningRate", .steps) { _ in true }
}

/// The rate used so far, now, what is planned, what is staged, and the plan without anybody's multiplier.
struct LearningRatePanel: StepPanel {
    static let id = PanelID.learningRate

    let scene: Scene

    var title: String { layout.width >= .medium ? "learning rate" : "rate" }
    var readOuts: [[Span]] { RateReadOuts(scene: scene).groups }
    var insets: HeadingInsets { HeadingInsets(gap: 2) }

    static func table(of state: DashboardState) -> PanelTable { .rates(of: state) }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        let axis = chart.axis
        let schedule = run.description.schedule
        let control = run.status.control
        let now = run.status.position.step
        let used = run.series.columns(.learningRate, edges: axis.edges)
        let isAlive = !run.status.phase.isFinished
        let planned = isAlive ? axis.points(from: now) { control.rate(at: $0, schedule: schedule) } : []
        // What was used and is planned; a rate that was far off for a while does not own the axis.
        var rates = used.flatMap { $0.map { [$0.low, $0.high] } ?? [] } + planned.map(\.y)
        var layers: [ChartLayer] = []
        if axis.range.contains(Double(now)), isAlive {
            layers.append(.dot(ChartPoint(x: Double(now), y: run.status.learningRate), style: palette[.rate]))
        }
        if let drafted = state.draftedRate {
            let points = axis.points(from: now) { drafted.rate(at: $0, schedule: schedule) }
            layers.append(.line(points: points, dash: .dashed, style: palette.line(.you)))
            rates += points.map(\.y)
        }
        layers.append(.line(points: usedRates(used, axis), dash: .solid, style: palette[.rate]))
        layers.append(.line(points: planned, dash: .dashed, style: palette[.planned]))
        if control != .planned {
            let start = run.story.rateChanges.last?.position.step ?? 0
            let points = axis.points(from: start) { schedule.rate(at: $0) }
            layers.append(.line(points: points, dash: .dotted, style: palette[.ghost]))
            rates += points.map(\.y)
        }
        layers += chart.ghosts(.learningRate, .linear)
        layers += chart.storyMarks(labelled: true)
        chart.draw(
            y: rateScale(rates, isLogarithmic: state.view.isLogarithmic(Self.id, of: run)), layers: layers, on: &canvas)
    }

    /// The rate at each column; where it changed much within one, the way there and back too.
    private func usedRates(_ columns: [SeriesColumn?], _ axis: StepAxis) -> [ChartPoint] {
        var points: [ChartPoint] = []
        for (index, column) in columns.enumerated() {
            guard let column else { continue }
            let x = axis.step(index)
            let before = points.last?.y ?? column.last
            if column.high > 1.05 * max(before, column.last) { points.append(ChartPoint(x: x, y: column.high)) }
            if column.low < 0.95 * min(before, column.last) { points.append(ChartPoint(x: x, y: column.low)) }
            points.append(ChartPoint(x: x, y: column.last))
        }
        return points
    }
}

extension SceneView {
    /// The y axis of a chart of rates: the rate of now is always on it.
    func rateScale(_ rates: [Double], isLogarithmic: Bool) -> AxisScale {
        let now = run.status.phase.isFinished ? [] : [run.status.learningRate]
        guard isLogarithmic else {
            return .robust(rates, kind: .linear, showing: now, includingZero: true)
        }
        guard let range = RobustRange.of(rates, kind: .logarithmic, showing: now) else {
            return .fitting(nil, kind: .logarithmic)
        }
        // A plan that ends at 0 comes so near to it that nothing else would be seen; six decades are enough.
        return .fitting(max(range.lowerBound, range.upperBound * 1e-6)...range.upperBound, kind: .logarithmic)
    }
}
