import Charts
import History
import Runs

extension RunHistory {
    /// The steps that charts show without a zoom: from 0 to the first of 250, 500, 1,000... that holds the run so far, but not
    /// past the plan's end. It never creeps, so that drawn columns stand still. Over time it ends where 1 s, 2 s, 4 s, 8 s,
    /// 15 s, 30 s... do, at the run's own speed.
    /// - Parameter wholePlan: show the plan to its end, where it has one.
    func fittingRange(wholePlan: Bool, overTime: Bool) -> ClosedRange<Double> {
        let planned = description.lengths.totalSteps
        if wholePlan, planned > 0 { return 0...Double(planned) }
        if overTime, let speed = stepsPerSecond, let last = series.stepRange?.upperBound {
            let seconds = series.seconds(at: Double(last))
            var end = 1.0
            while end < seconds { end = end == 8 ? 15 : end * 2 }
            let reached = Double(last) + (end - seconds) * speed
            return 0...max(Double(last) + 1, planned > 0 ? min(reached, Double(planned)) : reached)
        }
        let reached = max(status.position.step, series.stepRange?.upperBound ?? 0)
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
        let reached = status.position.step
        let planned = description.lengths.totalSteps
        let grain = max(1, Int(Self.rangeEnd(reached: reached, planned: 0)) / 32)
        let end = max(1, (reached + grain - 1) / grain) * grain
        return Double(planned >= reached && planned > 0 ? min(end, planned) : end)
    }

    /// Steps a second of training on average, nil before there is a measure.
    package var stepsPerSecond: Double? {
        guard let latest = status.latestStep, latest.step > 0, latest.trainingSeconds > 0 else { return nil }
        return Double(latest.step) / latest.trainingSeconds
    }

    /// Where steps stand on the x axis that all charts over steps share.
    /// - Parameter fitting: the range that is shown without a zoom.
    func stepScale(_ charts: ChartSettings, fitting: ClosedRange<Double>) -> AxisScale {
        let range = charts.zoom ?? fitting
        if charts.xAxis == .time, let speed = stepsPerSecond {
            var knots = series.timeKnots().map { AxisScale.Knot(value: Double($0.step), place: $0.seconds) }
            if let last = knots.last {
                // What is to come takes as long as what has been.
                let ahead = max(1, fitting.upperBound - last.value)
                knots.append(AxisScale.Knot(value: last.value + ahead, place: last.place + ahead / speed))
            }
            return AxisScale(knots: knots, low: range.lowerBound, high: range.upperBound)
        }
        return AxisScale(
            kind: charts.logarithmicX && charts.xAxis != .time ? .logarithmicFromZero : .linear,
            low: range.lowerBound, high: range.upperBound)
    }

    /// The next step worth jumping to after a place, or the last one before it: a change of the rate, an evaluation that is best
    /// by some number, a note, a loss or gradient that was not finite.
    func mark(from step: Double, forward: Bool) -> Int? {
        let marks = marks
        let found: [Int?] =
            forward
            ? [marks.first { Double($0) > step + 0.5 }, notFiniteStep(after: step + 0.5)]
            : [marks.last { Double($0) < step - 0.5 }, notFiniteStep(before: step - 0.5)]
        return forward ? found.compactMap { $0 }.min() : found.compactMap { $0 }.max()
    }

    /// Whether there is any step worth jumping to.
    var hasMarks: Bool { !marks.isEmpty || notFiniteStep(after: -1) != nil }

    /// Those without steps that were not finite.
    private var marks: [Int] {
        var steps = Set(story.rateChanges.map(\.position.step) + story.tunings.map(\.position.step))
        for best in [best, story.lowestLoss, story.highestAccuracy] { if let best { steps.insert(best.position.step) } }
        for event in events {
            if case .note = event.content { steps.insert(event.position.step) }
            if case .finding(let finding) = event.content, finding.state == .raised { steps.insert(finding.onset) }
        }
        return steps.sorted()
    }

    /// Indices of the events whose words contain others; none for no words.
    func events(with words: String) -> [Int] {
        let words = words.lowercased()
        guard !words.isEmpty else { return [] }
        return events.indices.filter { index in
            let line = self.words(at: index)
            return "\(line.who) \(line.text) \(line.mark.text)".lowercased().contains(words)
        }
    }
}
