import CursesTerminal
import Dispatch
import Foundation
import Plans
import Runs
import Synchronization
import Training

/// The thread that the trainer lives on.
final class TrainerThread: Sendable {
    private let result = Mutex<EndSummary?>(nil)
    private let done = DispatchSemaphore(value: 0)

    /// Takes the trainer over and starts it.
    init(_ trainer: Trainer) {
        // Handed over: nobody but the new thread touches the trainer and its material from here on.
        nonisolated(unsafe) let trainer = trainer
        let thread = Thread { [self] in
            Interruption.protectCurrentThread()
            let end = trainer.run()
            result.withLock { $0 = end }
            done.signal()
        }
        thread.name = "trainer"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// How the run ended, nil while it goes on.
    var end: EndSummary? { result.withLock { $0 } }

    /// Waits for the end.
    func wait() -> EndSummary {
        done.wait()
        done.signal()
        guard let end else { preconditionFailure("the trainer signalled its end without saying how it ended") }
        return end
    }
}
