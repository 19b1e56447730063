import Dispatch
import Synchronization

/// A thread that does one piece of work after the other, started at once: Dispatch starts its own when it likes, and waits for ever
/// where there are none.
package final class SerialThread: Sendable {
    private final class Jobs: Sendable {
        let waiting = Mutex<[@Sendable () -> Void]>([])
        /// As often as something waits, and once more for the end.
        let signals = DispatchSemaphore(value: 0)

        func work() {
            while true {
                signals.wait()
                guard let job = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { return }
                job()
            }
        }
    }

    private let jobs = Jobs()

    /// Starts it; where there is no thread the program ends with a line and exit code 1.
    package init(_ name: String) { SystemThread.start(name) { [jobs] in jobs.work() } }

    // What waits is done before: an end finds nothing only once everything before it was taken.
    deinit { jobs.signals.signal() }

    /// Does a piece of work when those before it are done; returns at once.
    package func begin(_ job: @escaping @Sendable () -> Void) {
        jobs.waiting.withLock { $0.append(job) }
        jobs.signals.signal()
    }

    /// Returns when everything that was begun before is done.
    package func finish() {
        let done = DispatchSemaphore(value: 0)
        begin { done.signal() }
        done.wait()
    }
}
