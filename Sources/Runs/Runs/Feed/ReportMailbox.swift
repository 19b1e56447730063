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

    /// Blank reports for the trainer to fill.
    private struct Stock {
        var blanks: [LayersReport] = []
        var layerCount = 0
    }

    private let state: Mutex<State>
    private let stock = Mutex(Stock())
    /// More than are measured between two looks of the recorder.
    private static let stockSize = 64

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
        restock()
        return state.withLock { state in
            swap(&state.reports, &buffer)
            return !state.isClosed
        }
    }

    /// Lays in blank reports of so many layers, which each drain replaces when they were taken.
    package func stockLayersReports(layerCount: Int) {
        stock.withLock { stock in
            stock.layerCount = layerCount
            stock.blanks.removeAll()
            stock.blanks.reserveCapacity(Self.stockSize)
        }
        restock()
    }

    /// A blank report of so many layers; allocates nothing while the stock lasts.
    package func takeLayersReport(layerCount: Int) -> LayersReport {
        let blank = stock.withLock { $0.layerCount == layerCount ? $0.blanks.popLast() : nil }
        return blank ?? LayersReport(blankFor: layerCount)
    }

    private func restock() {
        let (layerCount, missing) = stock.withLock { ($0.layerCount, Self.stockSize - $0.blanks.count) }
        guard layerCount > 0 else { return }
        for _ in 0..<missing {
            let blank = LayersReport(blankFor: layerCount)
            stock.withLock { $0.blanks.append(blank) }
        }
    }

    /// Ends the stream: what was appended before can still be drained, what comes after is dropped.
    package func close() {
        state.withLock { $0.isClosed = true }
    }
}
