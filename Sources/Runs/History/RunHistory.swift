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
    /// Its events, and what they say of its course.
    package internal(set) var story = RunStory()
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
        if changes.isAnew == true {
            lines = StepLines(average: series.average)
            (layerLines, story, sampleHistory) = (LayerLines(), RunStory(), SampleHistory())
        }
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

    /// The line that the run left last by going back in time, and the update from which on it is no more the line of now; nil where
    /// it never did.
    package var leftLine: (series: StepSeries, from: Int)? {
        let rewinds = story.rateChanges.lazy.filter { if case .rewind = $0.command { true } else { false } }
        guard let mark = rewinds.last, let series = series(of: mark.position.branch - 1) else { return nil }
        return (series, mark.position.step)
    }

    /// The rate before a change, on the line of now: where the run went back that is the rate of then, not of the line that it left;
    /// nil where nobody knows that.
    package func rate(before change: RateMark) -> Double? {
        guard case .rewind(let rewind) = change.command else { return change.old }
        if rewind.rate == nil { return change.new / rewind.scale }
        let left = series(of: change.position.branch - 1)?.values(at: Double(change.position.step))
        return left.flatMap { $0.step == change.position.step && $0[.learningRate].isFinite ? $0[.learningRate] : nil }
    }

    /// Changes how the lines through the noise are made. O(1).
    package mutating func smooth(with average: MovingAverage) { lines.smooth(with: average) }

    // MARK: Steps that were not finite

    /// How many steps in a range had a loss or gradient that was not finite, each once. O(runs of neighbours).
    package func notFiniteCount(over range: ClosedRange<Double>) -> Int {
        NotFiniteSteps.count(of: series.notFinite, or: story.notFinite, in: range)
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

    /// Statistics that led to the end of a branch, nil where none were of it.
    package func layerHistory(of branch: Int) -> LayerHistory? { layerLines.line(of: branch)?.outputs }

    /// The latest statistics, nil before the first.
    package var latestLayers: LayersReport? { layerHistory.reports.last }

    /// The reports that tell how numbers of the layers are spread.
    package func layerHistory(of quantity: LayerQuantity) -> LayerHistory {
        quantity == .gradient ? layerLines.current.parameters : layerHistory
    }

    // MARK: Events and samples

    /// What happened, oldest first.
    package var events: [RunEvent] { story.events }

    /// Evaluations in the order in which they came.
    package var evaluations: [EvaluationReport] { story.evaluations }

    /// What the run took of its machine, oldest first.
    package var samples: [SystemSample] { sampleHistory.samples }

    /// The best evaluation so far, by what the run is judged by.
    package var best: EvaluationReport? { status.best ?? evaluations.last { $0.isBest } }
}
