import Runs

/// Everything that is known of a run. A value, cheap to copy.
///
/// One type with one rule of what is kept serves all: the recorder fills it with reports as they are made, `changes(since:)`
/// hands them on, and each reader's own is filled with changes. What is long is shared between them.
package struct RunHistory: Sendable {
    /// What the run is.
    package var description: RunDescription
    /// Where the run stands.
    package var status: RunStatus
    /// How far a feed has been followed.
    package private(set) var cursor = RunCursor()
    var lines: StepLines
    var layerLines = LayerLines()
    var story = RunStory()
    var sampleHistory = SampleHistory()
    var clock = RecordingClock()

    /// A run that has not begun: preparing, at step 0.
    /// - Parameter average: how the lines through the noise are made.
    package init(description: RunDescription, average: MovingAverage = MovingAverage()) {
        self.description = description
        status = RunStatus(progress: .beginning(learningRate: description.schedule.rate(at: 0)))
        lines = StepLines(average: average)
    }

    /// Takes what happened since the last changes. O(what is new).
    package mutating func apply(_ changes: RunChanges) {
        cursor = changes.cursor
        description = changes.description
        status = changes.status
        lines.append(changes.steps)
        for report in changes.layers { layerLines.append(report) }
        for sample in changes.samples { sampleHistory.append(sample) }
        for event in changes.events { story.append(event) }
        clock.stamp += 1
    }

    /// Everything that a feed has now. O(n).
    /// - Precondition: the feed tells a new reader at least what the run is, as feeds do.
    package init(of feed: some RunFeed) {
        guard let first = feed.changes(since: RunCursor()) else {
            preconditionFailure("A feed tells a new reader at least what the run is.")
        }
        self.init(description: first.description)
        apply(first)
        follow(feed)
    }

    /// Takes everything that is new in a feed. O(what is new).
    package mutating func follow(_ feed: some RunFeed) {
        while let changes = feed.changes(since: cursor) { apply(changes) }
    }

    // MARK: Steps

    /// The steps that led to where the run is.
    package var series: StepSeries { _read { yield lines.current } }

    /// The steps that led to the end of a branch, nil of one that never was.
    package func series(of branch: Int) -> StepSeries? { lines.series(of: branch) }

    /// First and last step reported, nil before the first.
    package var stepRange: ClosedRange<Int>? { series.stepRange }

    /// Each of `count` equal columns over a step range: lowest, highest and last finite value, nil where there is none.
    /// The time it takes hardly depends on the number of steps.
    package func columns(_ metric: Metric, over range: ClosedRange<Double>, count: Int) -> [SeriesColumn?] {
        series.columns(metric, over: range, count: count)
    }

    /// The moving average over all steps (not over the columns) at each column's last step; see `MovingAverage`.
    package func smoothed(
        _ metric: Metric, over range: ClosedRange<Double>, count: Int, in space: AverageSpace
    ) -> [Double?] {
        series.smoothed(metric, over: range, count: count, in: space)
    }

    /// The finite values of each column between rising edges; see `StepSeries.columns(_:edges:)`.
    package func columns(_ metric: Metric, edges: [Double]) -> [SeriesColumn?] { series.columns(metric, edges: edges) }

    /// The moving average at the last step of each column between rising edges.
    package func smoothed(_ metric: Metric, edges: [Double], in space: AverageSpace) -> [Double?] {
        series.smoothed(metric, edges: edges, in: space)
    }

    /// The moving average at a step, nil where nothing in its span is finite. O(log n).
    package func average(_ metric: Metric, at step: Double, in space: AverageSpace) -> Double? {
        series.average(metric, at: step, in: space)
    }

    /// The numbers of the step nearest to a place; nil outside the steps reported so far. O(log n).
    package func values(at step: Double) -> StepValues? { series.values(at: step) }

    /// How the lines through the noise are made.
    package var average: MovingAverage { series.average }

    /// Changes how the lines through the noise are made. O(1).
    package mutating func smooth(with average: MovingAverage) { lines.smooth(with: average) }

    // MARK: Steps that were not finite

    /// Which columns hold values that are not finite; see `StepSeries.trouble`.
    package func trouble(_ metric: Metric, edges: [Double]) -> [SeriesTrouble?] { series.trouble(metric, edges: edges) }

    /// Steps whose loss or gradient was not finite, in order, at most `limit` of them.
    package func notFiniteSteps(over range: ClosedRange<Double>, limit: Int = .max) -> [Int] {
        let measured = series.notFinite.steps(in: range, limit: limit)
        let reported = story.notFinite.steps(in: range, limit: limit)
        if reported.isEmpty { return measured }
        return Array(Set(measured).union(reported).sorted().prefix(limit))
    }

    /// Steps that events call not finite, at most `limit` of them: an update that was skipped may have no report.
    package func reportedNotFiniteSteps(over range: ClosedRange<Double>, limit: Int) -> [Int] {
        story.notFinite.steps(in: range, limit: limit)
    }

    /// The next step after a place whose loss or gradient was not finite.
    package func notFiniteStep(after step: Double) -> Int? {
        [series.notFinite.first(after: step), story.notFinite.first(after: step)].compactMap { $0 }.min()
    }

    /// The last step before a place whose loss or gradient was not finite.
    package func notFiniteStep(before step: Double) -> Int? {
        [series.notFinite.last(before: step), story.notFinite.last(before: step)].compactMap { $0 }.max()
    }

    // MARK: Layers

    /// Statistics of the layers that led to where the run is.
    package var layerHistory: LayerHistory { _read { yield layerLines.current.outputs } }

    /// The reports that looked at weights and gradients too.
    package var parameterHistory: LayerHistory { _read { yield layerLines.current.parameters } }

    /// Statistics that led to the end of a branch, nil where none were of it.
    package func layerHistory(of branch: Int) -> LayerHistory? { layerLines.line(of: branch)?.outputs }

    /// The latest statistics, nil before the first.
    package var latestLayers: LayersReport? { layerHistory.reports.last }

    /// The reports that tell how numbers of the layers are spread.
    package func layerHistory(of quantity: LayerQuantity) -> LayerHistory {
        quantity == .gradient ? parameterHistory : layerHistory
    }

    /// Statistics over the run, oldest first, thinned evenly to at most 512.
    package var layerReports: [LayersReport] { layerHistory.reports }

    /// A layer's value in each of `count` equal columns over a step range; see `LayerHistory.strip`.
    package func layerStrip(
        layer: Int, _ value: KeyPath<LayerStatistics, Double>, over range: ClosedRange<Double>, count: Int
    ) -> [Double?] {
        layerHistory.strip(layer: layer, value, over: range, count: count)
    }

    /// The statistics measured nearest to a step. O(log n).
    package func layers(nearestTo step: Double) -> LayersReport? { layerHistory.nearest(to: step) }

    // MARK: Events and samples

    /// The run's story, oldest first.
    package var events: [RunEvent] { story.events }

    /// Evaluations in the order in which they came.
    package var evaluations: [EvaluationReport] { story.evaluations }

    /// Accepted receipts that changed the rate, oldest first.
    package var rateChanges: [RateMark] { story.rateChanges }

    /// Notes of people and of the run, oldest first.
    package var notes: [NoteMark] { story.notes }

    /// What the run took of its machine, oldest first.
    package var samples: [SystemSample] { sampleHistory.samples }

    /// The best evaluation so far, by what the run is judged by.
    package var best: EvaluationReport? { status.best ?? evaluations.last { $0.isBest } }

    /// The evaluation with the lowest loss, nil where none is finite. O(evaluations).
    package var lowestLoss: EvaluationReport? {
        evaluations.lazy.filter(\.loss.isFinite).min { $0.loss < $1.loss }
    }

    /// The evaluation with the highest accuracy, of equal ones that with the lower loss; nil without classes. O(evaluations).
    package var highestAccuracy: EvaluationReport? {
        evaluations.lazy.filter { $0.accuracy?.isFinite ?? false }.min { one, other in
            let (high, low) = (one.accuracy ?? 0, other.accuracy ?? 0)
            return high != low ? high > low : one.loss < other.loss
        }
    }

    /// What a reader makes of the event at an index of `events`, made once and kept with it: logs are drawn in every frame.
    ///
    /// - Parameter make: gets the event, and for a resume how many seconds the run had stood still. It must make the same of
    ///   the same event each time.
    package func telling<Telling: Sendable>(
        at index: Int, _ make: (_ event: RunEvent, _ pausedFor: Double?) -> Telling
    ) -> Telling {
        story.telling(at: index, make)
    }
}
