import Runs

extension DashboardState {
    /// The steps that charts show: the zoom, or from 0 to the first of 250, 500, 1,000... that holds the run so far, but
    /// not past the plan's end. It never creeps, so that drawn columns stand still.
    package var xRange: ClosedRange<Double> { charts.zoom ?? fittingRange }

    /// The range without a zoom.
    package var fittingRange: ClosedRange<Double> {
        let planned = history.description.totalSteps
        // What is to come is what the learning rate's screen is for.
        if screen == .learningRate, planned > 0 { return 0...Double(planned) }
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

    /// Brings a step into the zoomed range.
    mutating func reveal(_ step: Double) {
        guard let zoom = charts.zoom, !zoom.contains(step) else { return }
        let span = zoom.upperBound - zoom.lowerBound
        show(from: step - span / 2, span: span)
    }

    /// Moves the cursor by so many columns, from the run's last step where there is none yet.
    mutating func moveCursor(columns: Int) {
        let start = charts.cursorStep ?? Double(history.stepRange?.upperBound ?? 0)
        setCursor(start + Double(columns) * stepsPerColumn)
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
        return xRange.lowerBound + min(max(share, 0), 1) * (xRange.upperBound - xRange.lowerBound)
    }

    private mutating func show(from start: Double, span: Double) {
        let whole = limit
        let low = min(max(0, start), max(0, whole - span))
        charts.zoom = low...max(low + 1e-9, low + span)
    }
}
