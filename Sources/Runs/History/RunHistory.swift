import Runs

/// Everything that is known of a run, built from a feed's changes. Cheap to copy.
package struct RunHistory: Sendable {
    package var description: RunDescription
    package var status = RunStatus()
    /// How far the feed has been followed.
    package private(set) var cursor = RunCursor()
    /// The steps' numbers, for drawing.
    package private(set) var series = StepSeries(smoothing: MovingAverage.usualSmoothing)
    /// The run's story, oldest first.
    package private(set) var events: [RunEvent] = []
    /// Evaluations in the order in which they came.
    package private(set) var evaluations: [EvaluationReport] = []
    /// Accepted receipts that changed the rate.
    package private(set) var rateChanges: [RateMark] = []
    /// Notes of people and of the run, oldest first.
    package private(set) var notes: [NoteMark] = []
    /// Statistics of all layers' outputs.
    package private(set) var layerHistory = LayerHistory()
    /// The reports that looked at weights and gradients too.
    package private(set) var parameterHistory = LayerHistory()
    /// What the run took of its machine, oldest first.
    package private(set) var samples: [SystemSample] = []
    /// Steps of `notFinite` events: an update that was skipped may have no report.
    private var reportedNotFinite = NotFiniteSteps()
    /// When the pause in force began, in seconds since the run began.
    private var pausedAt: Double?
    /// What readers made of each of `events`, and how long a resume had waited.
    private var stories: [EventStory] = []

    /// Samples of the system that are kept; each frame goes through them.
    private static let mostSamples = 4_096

    package init(description: RunDescription) { self.description = description }

    /// Takes what happened since the last changes.
    package mutating func apply(_ changes: RunChanges) {
        cursor = changes.cursor
        description = changes.description
        status = changes.status
        series.append(buckets: changes.buckets, sealed: changes.sealed, tail: changes.tail)
        for report in changes.layers {
            layerHistory.append(report)
            if !report.parameters.isEmpty { parameterHistory.append(report) }
        }
        samples += changes.samples
        if samples.count > Self.mostSamples { thinSamples() }
        for event in changes.events { take(event) }
    }

    /// Joins the older half of the samples two by two.
    private mutating func thinSamples() {
        let half = samples.count / 4 * 2
        let older = stride(from: 1, to: half, by: 2).map { index in
            var sample = samples[index]
            sample.times = sample.times.since(StepTimes().since(samples[index - 1].times))
            return sample
        }
        samples.replaceSubrange(..<half, with: older)
    }

    /// First and last step reported, nil before the first.
    package var stepRange: ClosedRange<Int>? { series.stepRange }
    package var latestLayers: LayersReport? { layerHistory.reports.last }
    /// Statistics over the run, oldest first, thinned evenly to at most 512.
    package var layerReports: [LayersReport] { layerHistory.reports }
    /// The best evaluation so far.
    package var best: EvaluationReport? { status.best ?? evaluations.last { $0.isBest } }

    /// Each of `count` equal columns over a step range: lowest, highest and last finite value, nil where there is none.
    /// The time it takes hardly depends on the number of steps.
    package func columns(_ metric: Metric, over range: ClosedRange<Double>, count: Int) -> [SeriesColumn?] {
        series.columns(metric, over: range, count: count)
    }

    /// The moving average over all steps (not over the columns) at each column's last step.
    package func smoothed(_ metric: Metric, over range: ClosedRange<Double>, count: Int) -> [Double?] {
        series.smoothed(metric, over: range, count: count)
    }

    /// The finite values of each column between rising edges; see `StepSeries.columns(_:edges:)`.
    package func columns(_ metric: Metric, edges: [Double]) -> [SeriesColumn?] { series.columns(metric, edges: edges) }

    /// The moving average at the last step of each column between rising edges.
    package func smoothed(_ metric: Metric, edges: [Double]) -> [Double?] { series.smoothed(metric, edges: edges) }

    /// The moving average at a step.
    package func average(_ metric: Metric, at step: Double) -> Double? { series.average(metric, at: step) }

    /// Steps whose loss or gradient was not finite, in order, at most `limit` of them.
    package func notFiniteSteps(over range: ClosedRange<Double>, limit: Int = .max) -> [Int] {
        let measured = series.notFinite.steps(in: range, limit: limit)
        let reported = reportedNotFinite.steps(in: range, limit: limit)
        if reported.isEmpty { return measured }
        return Array(Set(measured).union(reported).sorted().prefix(limit))
    }

    /// Which columns hold values that are not finite; see `StepSeries.trouble`.
    package func trouble(_ metric: Metric, edges: [Double]) -> [SeriesTrouble?] { series.trouble(metric, edges: edges) }

    /// Steps that events call not finite, at most `limit` of them: an update that was skipped may have no report.
    package func reportedNotFiniteSteps(over range: ClosedRange<Double>, limit: Int) -> [Int] {
        reportedNotFinite.steps(in: range, limit: limit)
    }

    /// The next step after a place whose loss or gradient was not finite.
    package func notFiniteStep(after step: Double) -> Int? {
        [series.notFinite.first(after: step), reportedNotFinite.first(after: step)].compactMap { $0 }.min()
    }

    /// The last step before a place whose loss or gradient was not finite.
    package func notFiniteStep(before step: Double) -> Int? {
        [series.notFinite.last(before: step), reportedNotFinite.last(before: step)].compactMap { $0 }.max()
    }

    /// The numbers of the step nearest to a place; nil outside the steps reported so far.
    package func values(at step: Double) -> StepValues? { series.values(at: step) }

    /// A layer's value in each of `count` equal columns; see `LayerHistory.strip`.
    package func layerStrip(
        layer: Int, _ value: KeyPath<LayerStatistics, Double>, over range: ClosedRange<Double>, count: Int
    ) -> [Double?] {
        layerHistory.strip(layer: layer, value, over: range, count: count)
    }

    /// The statistics measured nearest to a step.
    package func layers(nearestTo step: Double) -> LayersReport? { layerHistory.nearest(to: step) }

    /// Changes the weight of the past in the moving averages, 0 (off) to below 1. O(n) in the steps.
    package mutating func smooth(with smoothing: Double) { series.smooth(with: smoothing) }

    /// What a reader makes of the event at an index of `events`, made once and kept with it: logs are drawn in every frame.
    ///
    /// - Parameter make: gets the event, and for a resume how many seconds the run had stood still. It must make the same of
    ///   the same event each time.
    package func story<Telling: Sendable>(
        at index: Int, _ make: (_ event: RunEvent, _ pausedFor: Double?) -> Telling
    ) -> Telling {
        stories[index].telling { make(events[index], $0) }
    }

    private mutating func take(_ event: RunEvent) {
        var pausedFor: Double?
        switch event.content {
        case .receipt(let receipt):
            if let mark = RateMark(receipt) { rateChanges.append(mark) }
            if receipt.isAccepted { pausedFor = followPause(receipt.command, at: event.seconds) }
        case .evaluation(let report): evaluations.append(report)
        case .notFinite:
            reportedNotFinite.insert(event.position.step)
            pausedAt = event.seconds
        case .note(let author, let text):
            notes.append(NoteMark(step: event.position.step, author: author, text: text))
        case .ended: break
        }
        events.append(event)
        stories.append(EventStory(pausedFor: pausedFor))
    }

    /// Remembers when a pause began and says, of a resume, how long it was.
    private mutating func followPause(_ command: RunCommand, at seconds: Double) -> Double? {
        switch command {
        case .pause:
            pausedAt = pausedAt ?? seconds
            return nil
        case .resume:
            defer { pausedAt = nil }
            return pausedAt.flatMap { seconds >= $0 ? seconds - $0 : nil }
        default: return nil
        }
    }
}
