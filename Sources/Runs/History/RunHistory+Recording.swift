import Runs

/// What the recorder of a run knows beside what it tells: a reader's own history needs none of it.
struct RecordingClock: Sendable {
    /// Changes whenever anything did.
    var stamp = 0
    /// When the phase began, in seconds since the run began.
    var phaseBegan = 0.0
    /// Where the time of all steps up to the latest sample went.
    var sampledTimes = StepTimes()
}

extension RunHistory {
    /// Takes reports in the order in which they happened. O(n) in them, amortized.
    /// - Parameter seconds: seconds since the run began, pauses included.
    package mutating func record(_ reports: [Report], at seconds: Double) {
        var steps: [StepReport] = []
        for report in reports {
            if case .step(let step) = report {
                steps.append(step)
                continue
            }
            record(steps)
            steps.removeAll(keepingCapacity: true)
            record(report, at: seconds)
        }
        record(steps)
        tick(to: seconds, hasNews: !reports.isEmpty)
    }

    /// The same history as the past of a run that goes on: preparing, at a position. O(n) in the events.
    /// - Parameters:
    ///   - events: what else happened, as a journal tells it.
    ///   - best: the best evaluation so far.
    ///   - seconds: that the run has taken.
    package func continued(
        as description: RunDescription, at position: Position, with events: [RunEvent], best: EvaluationReport?,
        after seconds: Double
    ) -> RunHistory {
        var history = self
        history.description = description
        history.status.phase = .preparing
        history.status.end = nil
        history.status.untold = nil
        history.status.position = position
        history.status.best = best
        history.status.secondsElapsed = seconds
        history.clock.phaseBegan = seconds
        // Event files do not know branches: what they tell is of the line that led here.
        let starts = events.compactMap { event in
            if case .receipt(let receipt) = event.content { receipt.rewound } else { nil }
        }
        let told = story.events.filter { $0.position.step <= position.step }.map { event in
            var event = event
            let start = starts.last { start in
                start.step < event.position.step
                    && !starts.contains { $0.branch > start.branch && $0.step <= start.step }
            }
            event.position.branch = start?.branch ?? 0
            return event
        }
        let all = (told + events).enumerated().sorted {
            ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
        }
        history.story = RunStory()
        for (_, event) in all { history.story.append(event) }
        history.clock.stamp += 1
        return history
    }

    /// Looks at what the run takes of its machine: the memory now, and the time of the steps since the look before.
    package mutating func sample(_ memory: ProcessMemory, at seconds: Double) {
        sampleHistory.append(
            SystemSample(
                seconds: seconds, position: status.position, samplesPerSecond: status.samplesPerSecond,
                times: status.progress.times.since(clock.sampledTimes), memory: memory))
        clock.sampledTimes = status.progress.times
        clock.stamp += 1
    }

    /// What happened since the cursor, or nil; O(what is new), at most 1,024 steps of it copied.
    ///
    /// The last 2^20 steps are there in full. Of those before a cursor that has not taken them gets buckets of 256, so
    /// that memory grows by less than a byte a step. Half a million steps are given at once at most. A cursor may come from
    /// anywhere: what it counts beyond what there is counts as taken.
    package func changes(since cursor: RunCursor) -> RunChanges? {
        guard cursor.stamp != clock.stamp else { return nil }
        var next = cursor
        let steps = lines.changes(since: &next)
        next.events = story.events.count
        next.layers = layerLines.count
        next.samples = sampleHistory.count
        next.stamp = steps.hasMore ? -1 : clock.stamp
        return RunChanges(
            cursor: next, description: description, status: status, steps: steps,
            layers: layerLines.since(cursor.layers),
            events: Array(story.events[min(max(0, cursor.events), story.events.count)...]),
            samples: sampleHistory.since(cursor.samples))
    }

    private mutating func record(_ steps: [StepReport]) {
        guard let newest = steps.last else { return }
        lines.append(steps)
        status.latestStep = newest
        status.progress.position = Position(branch: newest.branch, step: newest.step + 1)
        status.progress.epoch = newest.epoch
        if let speed = steps.last(where: { $0.samplesPerSecond > 0 })?.samplesPerSecond {
            status.progress.samplesPerSecond = speed
        }
    }

    private mutating func record(_ report: Report, at seconds: Double) {
        switch report {
        case .step(let step): record([step])
        case .evaluation(let evaluation):
            status.latestEvaluation = evaluation
            if evaluation.isBest { status.best = evaluation }
            story.append(.evaluation(evaluation), at: evaluation.position, seconds: seconds)
        case .layers(let report, _): layerLines.append(report)
        case .receipt(let receipt):
            story.append(.receipt(receipt), at: receipt.position, seconds: seconds)
            if let branch = receipt.rewound {
                status.position = branch
                status.best = story.evaluations.last { $0.isBest }
                status.latestEvaluation = story.evaluations.last
            }
        case .phase(let phase, let position):
            enter(phase, at: seconds)
            status.position = position
        case .progress(let progress): take(progress)
        case .notFinite(let position, let loss, let gradientNorm):
            story.append(.notFinite(loss: loss, gradientNorm: gradientNorm), at: position, seconds: seconds)
        case .note(let author, let text, let position):
            story.append(.note(author, text), at: position, seconds: seconds)
        case .finding(let finding): story.append(.finding(finding), at: finding.position, seconds: seconds)
        case .race(let result): status.race = result
        case .rateTest(let result): status.rateTest = result
        case .check(let result): status.check = result
        case .checkpoint: break
        case .end(let summary):
            status.end = summary
            status.best = summary.best ?? status.best
            status.progress.secondsLeft = 0
            if !status.phase.isFinished { enter(.finished(summary.reason), at: seconds) }
            story.append(.ended(summary), at: summary.position, seconds: seconds)
        }
    }

    private mutating func take(_ progress: RunProgress) {
        status.progress = progress
        if let plan = progress.plan {
            status.progress.plan = nil
            let lengths =
                plan.course.map { RunLengths($0, totalSteps: plan.totalSteps) }
                ?? description.lengths.with(totalSteps: plan.totalSteps)
            if description.lengths != lengths {
                description.lengths = lengths
                description.schedule = plan.schedule.with(progress.rests)
            }
            if description.numbers != plan.numbers { description.numbers = plan.numbers }
            if description.gradientBounds != plan.gradientBounds { description.gradientBounds = plan.gradientBounds }
        }
        if description.schedule.rests != progress.rests {
            description.schedule = description.schedule.with(progress.rests)
        }
    }

    private mutating func enter(_ phase: RunPhase, at seconds: Double) {
        if status.phase != phase { clock.phaseBegan = seconds }
        status.phase = phase
    }

    private mutating func tick(to seconds: Double, hasNews: Bool) {
        let isNewSecond =
            !status.phase.isFinished && seconds.rounded(.down) != status.secondsElapsed.rounded(.down)
        guard hasNews || isNewSecond else { return }
        status.secondsElapsed = seconds
        status.secondsInPhase = max(0, seconds - clock.phaseBegan)
        clock.stamp += 1
    }
}
