import Synchronization

/// Where the trainer puts its reports and the recorder takes them out; the trainer never waits for the recorder.
///
/// Two arrays go back and forth: to append is one lock and one store, to drain one lock and one swap. The room is
/// reserved beforehand, and when the recorder is late the array grows rather than lose a report.
package final class ReportMailbox: Sendable {
    private struct State {
        var reports: [Report] = []
        var isClosed = false
    }

    private let state: Mutex<State>

    /// - Parameter capacity: reports that fit before appending allocates.
    package init(capacity: Int = 8192) {
        var reports: [Report] = []
        reports.reserveCapacity(capacity)
        state = Mutex(State(reports: reports))
    }

    /// Adds a report behind the others. O(1), without allocating while there is room; after `close()` it does nothing.
    package func append(_ report: Report) {
        state.withLock { state in
            if !state.isClosed { state.reports.append(report) }
        }
    }

    /// Replaces the buffer's content by every report since the last drain, oldest first.
    ///
    /// Hand in the same buffer each time, with the mailbox's capacity reserved: its room is what the trainer gets next.
    /// - Returns: whether more can come; false once the mailbox is closed.
    package func drain(into buffer: inout [Report]) -> Bool {
        buffer.removeAll(keepingCapacity: true)
        return state.withLock { state in
            swap(&state.reports, &buffer)
            return !state.isClosed
        }
    }

    /// Ends the stream: what was appended before can still be drained, what comes after is dropped.
    package func close() {
        state.withLock { $0.isClosed = true }
    }
}
