import Runs

/// What a `LiveRun` holds inside its lock: the last million steps in full, buckets of those before, and all events.
struct LiveRunState {
    /// Chunks that stay in full: 2^20 steps.
    static let fullChunks = 1024

    private(set) var description: RunDescription
    private(set) var status: RunStatus
    /// Chunks that a reader is given at once, so that who comes late sees a first frame soon.
    static let chunksAtOnce = 512

    /// Of the chunks before `sealed`.
    private var buckets: [StepBucket] = []
    private var sealed: [StepChunk] = []
    private var tail: [StepReport] = []
    private var layers = LayersHistory()
    private var events: [RunEvent] = []
    private var samples = SampleHistory()
    /// Where the time of all steps so far went, as the trainer said last and as the sample before knew it.
    private var times = StepTimes()
    private var sampledTimes = StepTimes()
    private var stamp = 0
    private var phaseBegan = 0.0

    init(_ description: RunDescription) {
        self.description = description
        status = RunStatus(learningRate: description.schedule.rate(at: 0))
        tail.reserveCapacity(StepChunk.capacity)
    }

    mutating func record(_ reports: [Report], at seconds: Double) {
        for report in reports { record(report, at: seconds) }
        tick(to: seconds, hasNews: !reports.isEmpty)
    }

    func changes(since cursor: RunCursor) -> RunChanges? {
        guard cursor.stamp != stamp else { return nil }
        var next = RunCursor()
        let gone = buckets.count / StepBucket.perChunk
        let first = Self.clamp(cursor.chunks, gone + sealed.count)
        let begin = max(0, first - gone)
        let end = min(sealed.count, begin + Self.chunksAtOnce)
        let hasMore = end < sealed.count
        next.chunks = gone + end
        next.events = events.count
        next.layers = layers.count
        next.samples = samples.count
        next.stamp = hasMore ? -1 : stamp
        return RunChanges(
            cursor: next, description: description, status: status, buckets: first < gone ? buckets : [],
            sealed: Array(sealed[begin..<end]), tail: hasMore ? [] : tail, hasMore: hasMore,
            layers: layers.since(cursor.layers), events: Array(events[Self.clamp(cursor.events, events.count)...]),
            samples: samples.since(cursor.samples))
    }

    /// Looks at what the run takes of its machine.
    mutating func sample(_ memory: ProcessMemory, at seconds: Double) {
        samples.append(
            SystemSample(
                seconds: seconds, position: status.position, samplesPerSecond: status.samplesPerSecond,
                times: times.since(sampledTimes), memory: memory))
        sampledTimes = times
        stamp += 1
    }

    /// A cursor may come from anywhere: one from another run must not crash this one.
    private static func clamp(_ index: Int, _ count: Int) -> Int { min(max(0, index), count) }

    private mutating func record(_ report: Report, at seconds: Double) {
        switch report {
        case .step(let step): add(step)
        case .evaluation(let evaluation):
            status.latestEvaluation = evaluation
            if evaluation.isBest { status.best = evaluation }
            add(.evaluation(evaluation), evaluation.position, seconds)
        case .layers(let report, _): layers.append(report)
        case .receipt(let receipt): add(.receipt(receipt), receipt.position, seconds)
        case .phase(let phase, let position):
            enter(phase, at: seconds)
            status.position = position
        case .progress(let progress): take(progress)
        case .notFinite(let position, let loss, let gradientNorm):
            add(.notFinite(loss: loss, gradientNorm: gradientNorm), position, seconds)
        case .note(let author, let text, let position): add(.note(author, text), position, seconds)
        case .end(let summary):
            status.end = summary
            status.best = summary.best ?? status.best
            status.secondsLeft = 0
            if !status.phase.isFinished { enter(.finished(summary.reason), at: seconds) }
            add(.ended(summary), summary.position, seconds)
        }
    }

    private mutating func add(_ step: StepReport) {
        tail.append(step)
        status.latestStep = step
        status.position = Position(branch: step.branch, step: step.step + 1)
        status.epoch = step.epoch
        if step.samplesPerSecond > 0 { status.samplesPerSecond = step.samplesPerSecond }
        guard tail.count == StepChunk.capacity else { return }
        sealed.append(StepChunk(steps: tail))
        tail = []
        tail.reserveCapacity(StepChunk.capacity)
        if sealed.count >= Self.fullChunks + Self.fullChunks / 16 { makeBuckets() }
    }

    /// Leaves only buckets of the oldest chunks, a sixteenth of them at once, so that few others have to move.
    private mutating func makeBuckets() {
        let excess = sealed.count - Self.fullChunks
        for chunk in sealed.prefix(excess) { buckets += StepBucket.of(chunk) }
        sealed.removeFirst(excess)
    }

    private mutating func take(_ progress: RunProgress) {
        status.position = progress.position
        status.epoch = progress.epoch
        status.control = progress.control
        status.learningRate = progress.learningRate
        status.samplesPerSecond = progress.samplesPerSecond
        status.statisticsShare = progress.statisticsShare
        status.secondsLeft = progress.secondsLeft
        times = progress.times
        if description.schedule.rests != progress.rests {
            description.schedule = description.schedule.with(progress.rests)
        }
    }

    private mutating func enter(_ phase: RunPhase, at seconds: Double) {
        if status.phase != phase { phaseBegan = seconds }
        status.phase = phase
    }

    private mutating func add(_ content: RunEvent.Content, _ position: Position, _ seconds: Double) {
        events.append(RunEvent(position: position, content: content, seconds: seconds))
    }

    private mutating func tick(to seconds: Double, hasNews: Bool) {
        let isNewSecond = !status.phase.isFinished && Int(seconds) != Int(status.secondsElapsed)
        guard hasNews || isNewSecond else { return }
        status.secondsElapsed = seconds
        status.secondsInPhase = max(0, seconds - phaseBegan)
        stamp += 1
    }
}
