import Machine
import Synchronization

/// What a long piece of work is at, for whoever waits for it and may not want it any more.
///
/// Readers and makers of data tell the one that is current where they run; it changes nothing of what they do. Threads that work for
/// others are handed it.
package final class WorkProgress: Sendable {
    /// Who is to be told on this thread; nil where nobody waits.
    @TaskLocal package static var current: WorkProgress?

    private let state = Mutex<(words: String, share: Double?)>(("preparing", nil))
    private let isUnwanted = Atomic<Bool>(false)

    /// Nothing has begun yet.
    package init() {}

    /// Something begins: `reading x.csv`.
    /// - Parameter share: how much of it is done, 0...1; nil where nobody knows.
    package func begin(_ words: String, share: Double? = nil) {
        let shown = words.showingStrayBytes
        state.withLock { $0 = (shown, share) }
    }

    /// So much of it is done, 0...1; what was further already stays.
    package func advance(to share: Double) {
        state.withLock { $0.share = max($0.share ?? 0, min(1, share)) }
    }

    /// What is being done, in a few words: `making data 12 %`.
    package var words: String {
        let (words, share) = state.withLock { $0 }
        return share.map { "\(words) \(Int($0 * 100)) %" } ?? words
    }

    /// Nobody wants the result any more; whoever waits for something outside stops waiting.
    package func cancel() { isUnwanted.store(true, ordering: .releasing) }

    /// Whether nobody wants the result any more.
    package var isCancelled: Bool { isUnwanted.load(ordering: .acquiring) }
}
