import Cells
import Charts
import Dashboard
import History
import Runs

/// What the charts over steps share: the range, its scale and its ticks.
struct StepAxis {
    let range: ClosedRange<Double>
    /// Where steps stand.
    let scale: AxisScale
    let ticks: [Tick]
    /// Columns of dots in a plot.
    let count: Int
    /// The steps where the columns begin, and where the last one ends.
    let edges: [Double]

    init(state: DashboardState, width: Int, glyphs: GlyphSet) {
        range = state.xRange
        scale = state.stepScale
        count = LineChart.dotColumns(width: width, glyphs: glyphs)
        edges = Self.edges(scale, range, count)
        ticks = Self.ticks(state, scale, range, most: Self.mostTicks(width))
    }

    /// As many numbers as anybody reads.
    static func mostTicks(_ width: Int) -> Int { min(24, max(1, width / 8)) }

    private static func edges(_ scale: AxisScale, _ range: ClosedRange<Double>, _ count: Int) -> [Double] {
        guard scale.kind != .linear else { return StepSeries.edges(range, count) }
        guard count > 0, scale.isUsable else { return [] }
        var edges = (0...count).map { scale.value(at: Double($0) / Double(count)) }
        edges[0] = range.lowerBound
        edges[count] = range.upperBound
        return edges
    }

    private static func ticks(
        _ state: DashboardState, _ scale: AxisScale, _ range: ClosedRange<Double>, most: Int
    ) -> [Tick] {
        switch state.view.charts.xAxis {
        case .time where state.run.history.stepsPerSecond != nil: timeTicks(state, range, most: most)
        case .epochs: ticks(inEpochs: state.run.history.description.lengths, scale, range, most: most)
        case .steps, .time: ticks(inEpochs: nil, scale, range, most: most)
        }
    }

    /// Round numbers of epochs where their lengths are given, else of steps.
    func ticks(inEpochs lengths: RunLengths?, most: Int) -> [Tick] {
        Self.ticks(inEpochs: lengths, scale, range, most: most)
    }

    private static func ticks(
        inEpochs lengths: RunLengths?, _ scale: AxisScale, _ range: ClosedRange<Double>, most: Int
    ) -> [Tick] {
        func shown(_ step: Double) -> Double { lengths?.epochs(at: step) ?? step }
        let epochs = AxisScale(
            kind: scale.kind == .logarithmicFromZero ? .logarithmicFromZero : .linear, low: shown(range.lowerBound),
            high: shown(range.upperBound))
        return Ticks.values(scale: epochs, maximumCount: most).map { tick in
            Tick(value: lengths?.step(atEpochs: tick.value) ?? tick.value, label: tick.label)
        }
    }

    /// Round times: parts of a second, or 1, 2, 5, 10, 15, 30 of a second, a minute or an hour.
    private static func timeTicks(_ state: DashboardState, _ range: ClosedRange<Double>, most: Int) -> [Tick] {
        // Over time places are seconds, so the scale of fractions is linear in them.
        guard let speed = state.run.history.stepsPerSecond, let last = state.run.history.series.stepRange?.upperBound
        else {
            return []
        }
        let known = state.run.history.series
        let now = known.seconds(at: Double(last))
        func seconds(_ step: Double) -> Double {
            step <= Double(last) ? known.seconds(at: step) : now + (step - Double(last)) / speed
        }
        let (low, high) = (seconds(range.lowerBound), seconds(range.upperBound))
        guard high > low else { return [] }
        let units: [Double] = [
            0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000,
            36_000, 86_400,
        ]
        var width = units.first { (high - low) / $0 <= Double(most) } ?? 86_400
        while (high - low) / width > Double(most) { width *= 2 }
        let first = Int((low / width).rounded(.up))
        let end = Int((high / width + 1e-9).rounded(.down))
        guard first <= end else { return [] }
        return (first...end).map { index in
            let at = Double(index) * width
            let step = at <= now ? known.step(atSeconds: at) : Double(last) + (at - now) * speed
            return Tick(value: step, label: width < 1 ? "\((at * 100).rounded() / 100) s" : FigureField.duration(at))
        }
    }

    /// The step that a column of dots stands for.
    func step(_ column: Int) -> Double {
        guard count > 1 else { return range.lowerBound }
        let share = Double(column) / Double(count - 1)
        if scale.kind == .linear { return range.lowerBound + (range.upperBound - range.lowerBound) * share }
        return scale.value(at: share)
    }

    /// The points of values given per column.
    func points(_ values: [Double?]) -> [ChartPoint] {
        var points: [ChartPoint] = []
        points.reserveCapacity(values.count)
        var isBroken = false
        for (column, value) in values.enumerated() {
            if let value, value.isFinite {
                if isBroken, !points.isEmpty, values[column - 1] != nil {
                    points.append(ChartPoint(x: step(column), y: .nan))
                }
                points.append(ChartPoint(x: step(column), y: value))
                isBroken = false
            } else {
                isBroken = value != nil
            }
        }
        return points
    }

    /// The points of a function of the step, at each column from a step to the axis' end.
    func points(from start: Int, _ value: (Int) -> Double) -> [ChartPoint] {
        var points: [ChartPoint] = []
        for column in 0..<count {
            let step = step(column)
            if step >= Double(start) { points.append(ChartPoint(x: step, y: value(Int(step)))) }
        }
        return points
    }

    /// The screen's column of a step, nil beside the plot.
    func column(of step: Double, in plot: Rect, glyphs: GlyphSet) -> Int? {
        scale.fraction(step).flatMap { LineChart.cellColumn($0, width: plot.width, glyphs: glyphs) }.map { plot.x + $0 }
    }
}
