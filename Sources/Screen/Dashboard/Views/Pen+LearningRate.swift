import Cells
import Charts
import History
import Runs
import Themes

extension Pen {
    /// The rate used so far, now, what is planned, what is staged, and the plan without anybody's multiplier.
    mutating func drawLearningRate(_ axis: StepAxis) {
        guard let plot = layout.plotRects[.learningRate] else { return }
        let schedule = run.description.schedule
        let control = run.status.control
        let now = run.status.position.step
        let used = run.columns(.learningRate, edges: axis.edges)
        let isAlive = !run.status.phase.isFinished
        let planned = isAlive ? future(axis, from: now) { control.rate(at: $0, schedule: schedule) } : []
        var highest = run.status.learningRate
        var layers: [ChartLayer] = []
        if axis.range.contains(Double(now)), isAlive {
            layers.append(.dot(ChartPoint(x: Double(now), y: run.status.learningRate), style: palette[.rate]))
        }
        if let staged = state.steering.stagedRate, isAlive {
            let changed = control.scaled(by: staged.factor)
            let points = future(axis, from: now) { changed.rate(at: $0, schedule: schedule) }
            layers.append(.line(points: points, dash: .dashed, style: palette[.you]))
            highest = points.reduce(highest) { max($0, $1.y) }
        }
        layers.append(.line(points: usedRates(used, axis), dash: .solid, style: palette[.rate]))
        layers.append(.line(points: planned, dash: .dashed, style: palette[.planned]))
        if control != .planned {
            let start = run.rateChanges.last?.position.step ?? 0
            let points = future(axis, from: start) { schedule.rate(at: $0) }
            layers.append(.line(points: points, dash: .dotted, style: palette[.ghost]))
            highest = points.reduce(highest) { max($0, $1.y) }
        }
        layers += ghosts(.learningRate, axis)
        layers += changeMarks(labelled: true) + noteMarks
        highest = used.lazy.compactMap { $0?.high }.reduce(highest, max)
        highest = planned.reduce(highest) { max($0, $1.y) }
        let scale = rateScale(highest: highest, used: used, planned: planned)
        drawChart(.learningRate, axis, y: scale, layers: layers, yTicks: yTicks(scale, rows: plot.height))
    }

    private func rateScale(highest: Double, used: [SeriesColumn?], planned: [ChartPoint]) -> AxisScale {
        guard state.view.isLogarithmic(.learningRate, of: state.run.history) else {
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

    /// The rate at each column from a step to the axis's end.
    private func future(_ axis: StepAxis, from start: Int, _ rate: (Int) -> Double) -> [ChartPoint] {
        var points: [ChartPoint] = []
        for column in 0..<axis.count {
            let step = axis.step(column)
            if step >= Double(start) { points.append(ChartPoint(x: step, y: rate(Int(step)))) }
        }
        return points
    }
}
