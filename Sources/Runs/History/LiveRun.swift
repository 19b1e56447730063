import Runs
import Synchronization

/// A run that is going on in this process, as readers see it: the recorder writes into it, dashboards read from it.
package final class LiveRun: RunFeed {
    private let history: Mutex<RunHistory>

    /// A run that has not begun: preparing, at step 0.
    package init(_ description: RunDescription) { history = Mutex(RunHistory(description: description)) }

    /// A run that goes on where another process left it.
    package init(_ past: RunHistory) { history = Mutex(past) }

    /// Takes reports in the order in which they happened.
    /// - Parameter seconds: seconds since the run began, pauses included.
    package func record(_ reports: [Report], at seconds: Double) {
        history.withLock { $0.record(reports, at: seconds) }
    }

    /// Looks at what the run takes of its machine: the memory now, and the time of the steps since the look before.
    package func sample(_ memory: ProcessMemory, at seconds: Double) {
        history.withLock { $0.sample(memory, at: seconds) }
    }

    /// What happened since the cursor, or nil; see `RunHistory.changes(since:)`. Clocks count as news once a second while the
    /// run is alive.
    package func changes(since cursor: RunCursor) -> RunChanges? { history.withLock { $0.changes(since: cursor) } }

    /// Where the run stands now.
    package var status: RunStatus { history.withLock { $0.status } }
}
