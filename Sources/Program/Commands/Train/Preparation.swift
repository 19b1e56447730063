import CursesTerminal
import Dispatch
import Files
import Machine

/// The work before the first step (data, network, files), on a thread of its own, so that whoever waits can be told and can leave.
///
/// Sendable unchecked: `result` is written by the thread before `done`, and read after it.
final class Preparation<Result>: @unchecked Sendable {
    /// What is being done.
    let progress = WorkProgress()
    private var result: Swift.Result<Result, any Error>?
    private let done = DispatchSemaphore(value: 0)

    /// Begins.
    init(_ work: @escaping () throws -> Result) {
        // Handed over: nobody but the thread touches what the work holds until it is done.
        nonisolated(unsafe) let work = work
        SystemThread.start("preparation") { [self] in
            Interruption.protectCurrentThread()
            result = WorkProgress.$current.withValue(progress) { Swift.Result { try work() } }
            done.signal()
        }
    }

    /// Whether it is over within so many seconds.
    func isOver(within seconds: Double) -> Bool {
        guard done.wait(timeout: .now() + seconds) == .success else { return false }
        done.signal()
        return true
    }

    /// What came of it, once it is over.
    func get() throws -> Result {
        done.wait()
        done.signal()
        guard let result else { preconditionFailure("the preparation is over without a result") }
        return try result.get()
    }
}
