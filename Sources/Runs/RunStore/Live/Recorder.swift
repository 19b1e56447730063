import Dispatch
import Foundation
import History
import Machine
import Runs
import Synchronization

/// The thread between the trainer and everybody who wants to know: drains the mailbox, shows a `LiveRun` what
/// happened, and writes log, journal and event files.
///
/// It looks into the mailbox every 20 ms, so the trainer signals nobody. A closed pipe costs the file concerned, a full disk
/// lets it wait for room, with one note among the run's events: never the run.
package final class Recorder: Sendable {
    private static let interval = DispatchTimeInterval.milliseconds(20)
    /// Seconds between two looks at what the run takes of its machine.
    private static let sampleInterval = 0.5

    private let mailbox: ReportMailbox
    private let run: LiveRun
    private let recording: Mutex<Recording>
    /// When the run began, by the monotonic clock; ages of events count from there.
    private let began: Double
    private let wake = DispatchSemaphore(value: 0)
    private let done = DispatchSemaphore(value: 0)

    /// A recorder of a run that begins now.
    /// - Parameters:
    ///   - run: what the dashboard reads from.
    ///   - seconds: that the run has taken before, where it goes on.
    package init(mailbox: ReportMailbox, run: LiveRun, sinks: [any ReportSink] = [], after seconds: Double = 0) {
        began = MonotonicClock.seconds - seconds
        self.mailbox = mailbox
        self.run = run
        recording = Mutex(Recording(run: run, sinks: sinks))
    }

    /// Writes what the mailbox holds before the thread is started.
    package func takeBeginning() {
        var batch: [Report] = []
        _ = mailbox.drain(into: &batch)
        recording.withLock { $0.take(batch, at: seconds) }
    }

    /// Starts the thread; once.
    package func start() {
        SystemThread.start("recorder") { self.work() }
    }

    /// Closes the mailbox and waits until everything in it is written. May be called more than once, after `start()`.
    package func finish() { _ = finish(within: .distantFuture) }

    /// The same, but not for longer than until some moment; whether everything is written then.
    package func finish(within timeout: DispatchTime) -> Bool {
        mailbox.close()
        wake.signal()
        guard done.wait(timeout: timeout) == .success else { return false }
        done.signal()
        return true
    }

    /// The files that are not whole, in words; complete after `finish()`.
    package var failures: [String] { recording.withLock { $0.failures } }

    private func work() {
        Self.blockPipeSignal()
        var batch: [Report] = []
        batch.reserveCapacity(8192)
        var isOpen = true
        var sampledAt = -Self.sampleInterval
        while isOpen {
            _ = wake.wait(timeout: .now() + Self.interval)
            isOpen = mailbox.drain(into: &batch)
            recording.withLock { $0.take(batch, at: seconds) }
            let now = seconds
            if now - sampledAt >= Self.sampleInterval || !isOpen {
                run.sample(.current(), at: now)
                sampledAt = now
            }
        }
        recording.withLock { $0.close(at: seconds) }
        done.signal()
    }

    private var seconds: Double { MonotonicClock.seconds - began }

    /// Makes writing to a closed pipe an error of this thread instead of the program's end.
    private static func blockPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
