import Synchronization

/// What readers made of one event, kept with it for as long as the event is.
final class EventMemo: Sendable {
    /// For a resume, how many seconds the run had stood still.
    let pausedFor: Double?
    private let kept = Mutex<(any Sendable)?>(nil)

    init(pausedFor: Double?) { self.pausedFor = pausedFor }

    /// What was made of the event before, or what is made of it now.
    func telling<Telling: Sendable>(_ make: (_ pausedFor: Double?) -> Telling) -> Telling {
        if let known = kept.withLock({ $0 as? Telling }) { return known }
        let telling = make(pausedFor)
        kept.withLock { $0 = telling }
        return telling
    }
}
