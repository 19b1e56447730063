import Charts
import Runs

extension DashboardState {
    /// The steps that charts show: the zoom, or from 0 to the first of 250, 500, 1,000... that holds the run so far, but
    /// not past the plan's end. It never creeps, so that drawn columns stand still.
    package var xRange: ClosedRange<Double> { charts.zoom ?? fittingRange }

    /// The range without a zoom. Over time it ends where 1 s, 2 s, 4 s, 8 s, 15 s, 30 s... do, at the run's own speed.
    package var fittingRange: ClosedRange<Double> {
        let planned = history.description.totalSteps
        // What is to come is what the learning rate's screen is for.
        if screen == .learningRate, planned > 0 { return 0...Double(planned) }
        if charts.xAxis == .time, let speed = stepsPerSecond, let last = history.stepRange?.upperBound {
            let seconds = history.series.seconds(at: Double(last))
            var end = 1.0
            while end < seconds { end = end == 8 ? 15 : end * 2 }
            let reached = Double(last) + (end - seconds) * speed
            return 0...max(Double(last) + 1, planned > 0 ? min(reached, Double(planned)) : reached)
        }
        let reached = max(history.status.position.step, history.stepRange?.upperBound ?? 0)
        return 0...Self.rangeEnd(reached: reached, planned: planned)
    }

    /// Where the x axis ends when `reached` steps are done of `planned` (0 where the plan has no end).
    package static func rangeEnd(reached: Int, planned: Int) -> Double {
        var end = 250
        while end < reached, end < Int.max / 4 { end *= 2 }
        return Double(planned > 0 ? max(min(end, planned), min(reached, end)) : end)
    }

    /// Where strips and heat maps of what was measured end: the run's step, rounded up to a 32nd of where the x axis would
    /// end, so that their columns stand still for a while.
    package var measuredEnd: Double {
        let reached = history.status.position.step
        let planned = history.description.totalSteps
        let grain = max(1, Int(Self.rangeEnd(reached: reached, planned: 0)) / 32)
        let end = max(1, (reached + grain - 1) / grain) * grain
        return Double(planned >= reached && planned > 0 ? min(end, planned) : end)
    }

    /// Steps a second of training on average, nil before there is a measure.
    var stepsPerSecond: Double? {
        guard let latest = history.status.latestStep, latest.step > 0, latest.trainingSeconds > 0 else { return nil }
        return Double(latest.step) / latest.trainingSeconds
    }

    /// Where steps stand on the x axis that all charts over steps share.
    package var stepScale: AxisScale {
        let range = xRange
        if charts.xAxis == .time, let speed = stepsPerSecond {
            var knots = history.series.timeKnots().map { AxisScale.Knot(value: Double($0.step), place: $0.seconds) }
            if let last = knots.last {
                // What is to come takes as long as what has been.
                let ahead = max(1, fittingRange.upperBound - last.value)
                knots.append(AxisScale.Knot(value: last.value + ahead, place: last.place + ahead / speed))
            }
            return AxisScale(knots: knots, low: range.lowerBound, high: range.upperBound)
        }
        return AxisScale(
            kind: charts.logarithmicX && charts.xAxis != .time ? .logarithmicFromZero : .linear,
            low: range.lowerBound, high: range.upperBound)
    }

    /// The step so many columns beside another one.
    func step(_ columns: Int, columnsFrom step: Double) -> Double {
        let scale = stepScale
        guard scale.kind != .linear, let fraction = scale.fraction(step) else {
            return step + Double(columns) * stepsPerColumn
        }
        let moved = scale.value(at: fraction + Double(columns) / Double(max(1, plotRect?.width ?? 70)))
        // At least to the next step, where a column holds less than one.
        let least = columns < 0 ? step - 1 : step + 1
        return columns < 0 ? min(moved, least) : max(moved, least)
    }

    /// Steps under one column of the plot.
    var stepsPerColumn: Double {
        (xRange.upperBound - xRange.lowerBound) / Double(max(1, plotRect?.width ?? 70))
    }

    /// The plan's and the run's last step: how far a zoom may reach.
    private var limit: Double { fittingRange.upperBound }

    /// Zooms by `factor` (above 1: closer) so that `step` stays where it is.
    mutating func zoom(by factor: Double, around step: Double) {
        let range = xRange
        let whole = limit
        let scale = stepScale
        if scale.kind != .linear, let center = scale.fraction(min(max(step, range.lowerBound), range.upperBound)) {
            let low = max(0, scale.value(at: center - center / factor))
            let high = min(whole, scale.value(at: center + (1 - center) / factor))
            return zoom(from: low, to: high)
        }
        let span = max(min(8, whole), (range.upperBound - range.lowerBound) / factor)
        guard span < whole else {
            charts.zoom = nil
            return
        }
        let center = min(max(step, range.lowerBound), range.upperBound)
        let share = (center - range.lowerBound) / (range.upperBound - range.lowerBound)
        show(from: center - share * span, span: span)
    }

    /// Shows the steps from one to another, at least 8 of them and none past the end.
    mutating func zoom(from start: Double, to end: Double) {
        let span = max(min(8, limit), end - start)
        if span < limit { show(from: start, span: span) } else { charts.zoom = nil }
    }

    /// Moves the zoomed range by so many steps; does nothing where everything is shown.
    mutating func pan(by steps: Double) {
        guard let zoom = charts.zoom else { return }
        show(from: zoom.lowerBound + steps, span: zoom.upperBound - zoom.lowerBound)
    }

    /// Moves the zoomed range by a part of it, on the axis as it is drawn.
    mutating func pan(byShare share: Double) {
        guard let zoom = charts.zoom else { return }
        let scale = stepScale
        if scale.kind == .linear { return pan(by: share * (zoom.upperBound - zoom.lowerBound)) }
        let (low, high) = (scale.value(at: share), scale.value(at: 1 + share))
        if low >= 0, high <= limit { self.zoom(from: low, to: high) }
    }

    /// Keeps the newest step inside the zoomed range while the range follows: it jumps by half of itself, and stands still
    /// in between.
    mutating func followEnd() {
        guard charts.follows, let zoom = charts.zoom, let newest = history.stepRange?.upperBound,
            Double(newest) > zoom.upperBound || Double(newest) < zoom.lowerBound
        else { return }
        let span = zoom.upperBound - zoom.lowerBound
        show(from: Double(newest) - span / 2, span: span)
    }

    /// Brings a step into the zoomed range.
    mutating func reveal(_ step: Double) {
        guard let zoom = charts.zoom, !zoom.contains(step) else { return }
        let span = zoom.upperBound - zoom.lowerBound
        show(from: step - span / 2, span: span)
    }

    /// Moves the cursor by so many columns, from the run's last step where there is none yet.
    mutating func moveCursor(columns: Int) {
        let start = charts.cursorStep ?? Double(history.stepRange?.upperBound ?? 0)
        setCursor(step(columns, columnsFrom: start))
    }

    /// Puts the cursor at a step, at most the last one reported, and pans to it.
    mutating func setCursor(_ step: Double) {
        guard let steps = history.stepRange else { return }
        let place = min(max(step, Double(steps.lowerBound)), Double(steps.upperBound))
        charts.cursorStep = place
        reveal(place)
    }

    /// The step under a column of the screen.
    func step(atColumn x: Int) -> Double? {
        guard let plot = plotRect, plot.width > 0 else { return nil }
        let share = (Double(x - plot.x) + 0.5) / Double(plot.width)
        return stepScale.value(at: min(max(share, 0), 1))
    }

    private mutating func show(from start: Double, span: Double) {
        let whole = limit
        let low = min(max(0, start), max(0, whole - span))
        charts.zoom = low...max(low + 1e-9, low + span)
    }
}
