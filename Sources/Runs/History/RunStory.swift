import Runs

/// The events of a run and what they say of its course.
struct RunStory: Sendable {
    /// Oldest first.
    private(set) var events: [RunEvent] = []
    /// In the order in which they came.
    private(set) var evaluations: [EvaluationReport] = []
    /// Accepted receipts that changed the rate, oldest first.
    private(set) var rateChanges: [RateMark] = []
    /// Notes of people and of the run, oldest first.
    private(set) var notes: [NoteMark] = []
    /// Steps of `notFinite` events: an update that was skipped may have no report.
    private(set) var notFinite = NotFiniteSteps()
    /// When the pause in force began, in seconds since the run began.
    private var pausedAt: Double?
    /// What readers made of each of `events`, and how long a resume had waited.
    private var memos: [EventMemo] = []

    /// Takes the next event. O(1), amortized.
    mutating func append(_ event: RunEvent) {
        var pausedFor: Double?
        switch event.content {
        case .receipt(let receipt):
            if let mark = RateMark(receipt) { rateChanges.append(mark) }
            if receipt.isAccepted { pausedFor = followPause(receipt.command, at: event.seconds) }
        case .evaluation(let report): evaluations.append(report)
        case .notFinite:
            notFinite.insert(event.position.step)
            pausedAt = event.seconds
        case .note(let author, let text):
            notes.append(NoteMark(step: event.position.step, author: author, text: text))
        case .ended: break
        }
        events.append(event)
        memos.append(EventMemo(pausedFor: pausedFor))
    }

    /// What is made of the event at an index, made once.
    func telling<Telling: Sendable>(
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
