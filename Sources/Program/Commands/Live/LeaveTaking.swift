import Dashboard
import Runs

/// Sees to it that a run is on the disk before somebody leaves it to another process: what cannot be written there would be lost
/// with this one. Belongs to the dashboard's thread.
package final class LeaveTaking {
    private let run: LiveSession
    /// Checkpoints that had been answered when this one was asked for; nil while none is waited for.
    private var answered: Int?
    /// Why it cannot be left, told once its receipt has had a moment to be told before.
    private var refusal: String?

    /// - Parameter run: one that lives in this process.
    package init(_ run: LiveSession) { self.run = run }

    /// Asks the run for a checkpoint of now.
    package func begin() -> DetachAnswer {
        if let reason = run.unreachable { return .refused(reason) }
        guard answered == nil else { return .waiting }
        answered = run.checkpointAnswers.count
        run.mailbox.send(.checkpoint, from: .person)
        return .waiting
    }

    /// What became of the checkpoint, once.
    package func takeAnswer() -> DetachAnswer? {
        if let reason = refusal {
            refusal = nil
            return .refused(reason)
        }
        guard let before = answered else { return nil }
        let now = run.checkpointAnswers
        guard now.count > before || run.end != nil else { return nil }
        answered = nil
        refusal = now.count == before ? nil : now.failure ?? run.outputFailures.first
        return refusal == nil ? .ready : nil
    }
}
