import Runs

/// The events of a run and what they say of its course.
package struct RunStory: Sendable {
    /// Oldest first.
    package private(set) var events: [RunEvent] = []
    /// In the order in which they came.
    package private(set) var evaluations: [EvaluationReport] = []
    /// Accepted receipts that changed the rate, oldest first.
    package private(set) var rateChanges: [RateMark] = []
    /// Accepted receipts that changed the run otherwise, oldest first.
    package private(set) var tunings: [TuningMark] = []
    /// Notes of people and of the run, oldest first.
    package private(set) var notes: [NoteMark] = []
    /// What is wrong now, in the order in which it was said last; the headline is the last that is marked so.
    package private(set) var findings: [Finding] = []
    /// Steps of `notFinite` events: an update that was skipped may have no report.
    package private(set) var notFinite = NotFiniteSteps()
    /// When the pause in force began, in seconds since the run began.
    private var pausedAt: Double?
    /// What readers made of each of `events`, and how long a resume had waited.
    private var memos: [EventMemo] = []

    /// Takes what happened next.
    mutating func append(_ content: RunEvent.Content, at position: Position, seconds: Double) {
        append(RunEvent(position: position, content: content, seconds: seconds))
    }

    /// Takes the next event. O(1), amortized.
    mutating func append(_ event: RunEvent) {
        var pausedFor: Double?
        switch event.content {
        case .receipt(let receipt):
            if let branch = receipt.rewound { leave(from: branch.step) }
            if let mark = RateMark(receipt) { rateChanges.append(mark) }
            if let mark = TuningMark(receipt) { tunings.append(mark) }
            if receipt.isAccepted { pausedFor = followPause(receipt.command, at: event.seconds) }
        case .evaluation(let report): evaluations.append(report)
        case .notFinite:
            notFinite.insert(event.position.step)
            pausedAt = event.seconds
        case .note(let author, let text):
            notes.append(NoteMark(step: event.position.step, author: author, text: text))
        case .finding(let finding):
            findings.removeAll { $0.kind == finding.kind }
            guard finding.state == .raised else { break }
            findings.append(finding)
        case .ended: break
        }
        events.append(event)
        memos.append(EventMemo(pausedFor: pausedFor))
    }

    /// What happened from an update on lies on a line that was left: the log tells it, the charts of the line of now do not.
    private mutating func leave(from step: Int) {
        evaluations.removeAll { $0.position.step > step }
        rateChanges.removeAll { $0.position.step >= step }
        notes.removeAll { $0.step > step }
        findings.removeAll { $0.position.step > step }
        notFinite.truncate(from: step)
    }

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
        memos[index].telling { make(events[index], $0) }
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
