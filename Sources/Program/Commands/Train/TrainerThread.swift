import CursesTerminal
import Dispatch
import Foundation
import Machine
import Plans
import Runs
import Synchronization
import Tensors
import Training

/// The thread that the trainer lives on.
final class TrainerThread: Sendable {
    private let result = Mutex<EndSummary?>(nil)
    private let done = DispatchSemaphore(value: 0)
    // Touched by the thread until `done`, by `weights()` after it.
    private nonisolated(unsafe) let trainer: Trainer

    /// Takes the trainer over and starts it.
    init(_ trainer: Trainer) {
        // Handed over: nobody but the new thread touches the trainer and its material from here on.
        self.trainer = trainer
        SystemThread.start("trainer") { [self] in
            Interruption.protectCurrentThread()
            let end = self.trainer.run()
            result.withLock { $0 = end }
            done.signal()
        }
    }

    /// How the run ended, nil while it goes on.
    var end: EndSummary? { result.withLock { $0 } }

    /// What the run has kept, and the updates that it has seen: those of the best evaluation, or all; waits for the end.
    func weights() -> (tensors: [SafetensorsTensor], step: Int) {
        let end = wait()
        let position = end.kept == .best ? end.best?.position ?? end.position : end.position
        return (WeightsSnapshot(of: trainer.state.network, position: position).tensors, position.step)
    }

    /// Whether the end has come by some moment.
    func hasEnded(by moment: DispatchTime) -> Bool {
        guard done.wait(timeout: moment) == .success else { return false }
        done.signal()
        return true
    }

    /// Waits for the end.
    func wait() -> EndSummary {
        done.wait()
        done.signal()
        guard let end else { preconditionFailure("the trainer signalled its end without saying how it ended") }
        return end
    }
}
