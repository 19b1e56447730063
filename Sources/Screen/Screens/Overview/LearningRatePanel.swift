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
        let used = run.columns(.learningRate, edges: axis.edges)
        let isAlive = !run.status.phase.isFinished
        let planned = isAlive ? axis.points(from: now) { control.rate(at: $0, schedule: schedule) } : []
        var highest = run.status.learningRate
        var layers: [ChartLayer] = []
        if axis.range.contains(Double(now)), isAlive {
            layers.append(.dot(ChartPoint(x: Double(now), y: run.status.learningRate), style: palette[.rate]))
        }
        if let drafted = state.draftedRate {
            let points = axis.points(from: now) { drafted.rate(at: $0, schedule: schedule) }
            layers.append(.line(points: points, dash: .dashed, style: palette.line(.you)))
            highest = points.reduce(highest) { max($0, $1.y) }
        }
        layers.append(.line(points: usedRates(used, axis), dash: .solid, style: palette[.rate]))
        layers.append(.line(points: planned, dash: .dashed, style: palette[.planned]))
        if control != .planned {
            let start = run.rateChanges.last?.position.step ?? 0
            let points = axis.points(from: start) { schedule.rate(at: $0) }
            layers.append(.line(points: points, dash: .dotted, style: palette[.ghost]))
            highest = points.reduce(highest) { max($0, $1.y) }
        }
        layers += chart.ghosts(.learningRate)
        layers += chart.changeMarks(labelled: true) + chart.noteMarks
        highest = used.lazy.compactMap { $0?.high }.reduce(highest, max)
        highest = planned.reduce(highest) { max($0, $1.y) }
        let scale = rateScale(highest: highest, used: used, planned: planned)
        chart.draw(y: scale, layers: layers, on: &canvas)
    }

    private func rateScale(highest: Double, used: [SeriesColumn?], planned: [ChartPoint]) -> AxisScale {
        guard state.view.isLogarithmic(.learningRate, of: run) else {
            return .fitting(highest > 0 ? 0...highest : nil, kind: .linear, includingZero: true)
        }
        let rates = used.compactMap { $0?.low } + planned.map(\.y)
        let lowest = rates.lazy.filter { $0 > 0 }.min() ?? highest
        // A plan that ends at 0 has no lowest rate; six decades are enough.
        return .fitting(highest > 0 ? max(lowest, highest * 1e-6)...highest : nil, kind: .logarithmic)
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
