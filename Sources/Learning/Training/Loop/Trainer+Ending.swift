import Plans
import Runs

extension Trainer {
    /// Keeps what is to be kept, answers what was never answered, and says how the run ended.
    func finish(_ reason: EndReason) -> EndSummary {
        isEnding = true
        evaluationIsAsked = false
        refuseTheScript()
        let wanted: KeptWeights =
            switch reason {
            case .stopped: keptAtEnd
            case .earlyStopping, .notFinite: .best
            case .completed, .interrupted: .last
            }
        var kept = wanted
        if wanted == .best, best == nil { kept = evaluateForBest() ? .best : .last }
        // Without validation the best is the last.
        saveCheckpoint(.last)
        if best == nil { saveCheckpoint(.best) }
        if kept == .best, let bestState {
            state.restoreWeights(from: bestState)
            network.batchesTracked = state.batchesTracked
        }
        checkpoints?.finish()
        // As late as possible, so that whatever came in meanwhile gets its answer too.
        takeMail()
        let summary = EndSummary(position: state.position, reason: reason, kept: kept, best: best)
        phase = .finished(reason)
        reports.append(.phase(phase, state.position))
        reportProgress()
        reports.append(.end(summary))
        return summary
    }

    /// Stopped keeping the best before any evaluation: evaluates now. Whether there is a best afterwards.
    private func evaluateForBest() -> Bool {
        guard material.validation != nil else { return false }
        let reason = endReason
        endReason = nil
        pauseReason = nil
        _ = evaluate()
        endReason = reason
        return best != nil
    }

    /// Receipts for the commands that no step came for.
    private func refuseTheScript() {
        for entry in script.rest() {
            let reason = "the run ended before step \(entry.step)"
            reports.append(
                .receipt(
                    Receipt(
                        position: state.position, author: .script, command: entry.command, outcome: .refused(reason))))
        }
    }

    /// Hands the current weights to the thread that writes them.
    func saveCheckpoint(_ kind: KeptWeights) {
        checkpoints?.submit(kind, WeightsSnapshot(of: network, position: state.position))
    }
}
