import Runs
import Synchronization

/// A run that is going on in this process, as readers see it: the recorder writes into it, dashboards read from it.
package final class LiveRun: RunFeed {
    private let state: Mutex<LiveRunState>

    /// A run that has not begun: preparing, at step 0.
    package init(_ description: RunDescription) {
        state = Mutex(LiveRunState(description))
    }

    /// Takes reports in the order in which they happened.
    /// - Parameter seconds: seconds since the run began, pauses included.
    package func record(_ reports: [Report], at seconds: Double) {
        state.withLock { $0.record(reports, at: seconds) }
    }

    /// Looks at what the run takes of its machine: the memory now, and the time of the steps since the look before.
    package func sample(_ memory: ProcessMemory, at seconds: Double) {
        state.withLock { $0.sample(memory, at: seconds) }
    }

    /// What happened since the cursor, or nil; O(what is new), at most 1,024 steps of it copied.
    ///
    /// The last 2^20 steps are there in full. Of those before a cursor that has not taken them gets buckets of 256, so
    /// that memory grows by less than a byte a step. Half a million steps are given at once at most.
    ///
    /// Clocks count as news once a second while the run is alive.
    package func changes(since cursor: RunCursor) -> RunChanges? {
        state.withLock { $0.changes(since: cursor) }
    }

    /// Where the run stands now.
    package var status: RunStatus {
        state.withLock { $0.status }
    }
}
