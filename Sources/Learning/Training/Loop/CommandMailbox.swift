import Foundation
import Runs
import Synchronization

/// Where everybody puts commands and the trainer takes them out at the boundaries of steps.
///
/// Sendable unchecked: `queue` is touched only while `condition` is locked.
package final class CommandMailbox: RunControl, @unchecked Sendable {
    private let condition = NSCondition()
    private var queue: [Entry] = []
    /// Whether the queue holds anything, so that a step costs one atomic load.
    private let isWaiting = Atomic<Bool>(false)
    private let interruptRequested = Atomic<Bool>(false)

    package init() {}

    package struct Entry: Hashable, Sendable {
        package let command: RunCommand
        package let author: Author

        package init(command: RunCommand, author: Author) {
            self.command = command
            self.author = author
        }
    }

    package func send(_ command: RunCommand, from author: Author) {
        condition.lock()
        queue.append(Entry(command: command, author: author))
        isWaiting.store(true, ordering: .releasing)
        condition.broadcast()
        condition.unlock()
    }

    /// Asks the run to finish its step, save and end with the reason `interrupted`.
    package func interrupt() {
        condition.lock()
        interruptRequested.store(true, ordering: .releasing)
        condition.broadcast()
        condition.unlock()
    }

    package var isInterrupted: Bool { interruptRequested.load(ordering: .acquiring) }

    /// What has come in since the last call, oldest first.
    package func take() -> [Entry] {
        guard isWaiting.load(ordering: .acquiring) else { return [] }
        condition.lock()
        defer { condition.unlock() }
        let taken = queue
        queue.removeAll(keepingCapacity: true)
        isWaiting.store(false, ordering: .releasing)
        return taken
    }

    /// Sleeps until a command or an interrupt comes, or the time is over.
    package func wait(seconds: Double) {
        condition.lock()
        defer { condition.unlock() }
        if queue.isEmpty, !isInterrupted { _ = condition.wait(until: Date(timeIntervalSinceNow: seconds)) }
    }
}
