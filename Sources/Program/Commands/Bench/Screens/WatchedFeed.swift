import Machine
import Runs
import Synchronization
import Training

/// A run's feed and control with somebody who looks at the clock: when a command was sent, and when a reader was handed a
/// receipt.
final class WatchedFeed: RunFeed, RunControl {
    private struct Times {
        var sentAt: Double?
        var receiptHandedOutAt: Double?
        var frameEndedAt: Double?
    }

    private let feed: any RunFeed
    private let control: any RunControl
    private let times = Mutex(Times())

    init(feed: any RunFeed, control: any RunControl) {
        self.feed = feed
        self.control = control
    }

    func changes(since cursor: RunCursor) -> RunChanges? {
        let changes = feed.changes(since: cursor)
        if let changes, changes.events.contains(where: \.isReceiptOfPerson) {
            let now = MonotonicClock.seconds
            times.withLock { $0.receiptHandedOutAt = $0.receiptHandedOutAt ?? now }
        }
        return changes
    }

    func send(_ command: RunCommand, from author: Author) {
        let now = MonotonicClock.seconds
        times.withLock { $0.sentAt = now }
        control.send(command, from: author)
    }

    /// The loop of the dashboard has come round: the frame with the receipt is on the terminal.
    func frameEnded() {
        let now = MonotonicClock.seconds
        times.withLock { if $0.receiptHandedOutAt != nil { $0.frameEndedAt = $0.frameEndedAt ?? now } }
    }

    /// Forgets everything, before the next key.
    func reset() { times.withLock { $0 = Times() } }

    /// When the frame that shows the receipt was on the terminal, nil while it is not.
    var shownAt: Double? { times.withLock { $0.frameEndedAt } }
    var sentAt: Double? { times.withLock { $0.sentAt } }
}
