import Datasets
import Machine
import NeuralNetworks
import Plans
import Runs

extension Trainer {
    /// What happens after the last update of an epoch: evaluation, policies, a checkpoint.
    func endEpoch() {
        // Somebody may have stopped the run in the middle of the evaluation.
        if material.validation != nil, endReason == nil, let report = evaluate() { consultPolicies(report) }
        if endReason == nil, step < totalSteps { saveCheckpoint(.last) }
    }

    /// Loss and accuracy on the validation set, or nil where there is none or the run was stopped meanwhile.
    func evaluate() -> EvaluationReport? {
        guard let validation = material.validation else { return nil }
        // What was paused before stays paused: asked for while paused, an evaluation runs all the same.
        let wasPaused = isPaused
        setPhase(.evaluating)
        isEvaluating = true
        defer {
            isEvaluating = false
            clock.interrupt()
        }
        let began = MonotonicClock.seconds
        var waited = 0.0
        var total = LossValue.none
        for first in stride(from: 0, to: validation.count, by: network.maximumBatch) {
            total += validationLoss(from: first, count: min(network.maximumBatch, validation.count - first))
            takeMail()
            if !wasPaused { waited += standStill() }
            if endReason != nil { break }
        }
        guard endReason == nil else { return nil }
        timeLeft.addEvaluation(seconds: MonotonicClock.seconds - began - waited)
        return conclude(loss: total.mean, accuracy: total.accuracy)
    }

    /// Waits while the run is paused in the middle of an evaluation, and says for how long.
    private func standStill() -> Double {
        guard isStandingStill, endReason == nil else { return 0 }
        let began = MonotonicClock.seconds
        while let reason = pauseReason, isStandingStill, endReason == nil {
            setPhase(.paused(reason))
            mailbox.wait(seconds: 1)
            takeMail()
        }
        if endReason == nil { setPhase(.evaluating) }
        return MonotonicClock.seconds - began
    }

    private func conclude(loss: Double, accuracy: Double?) -> EvaluationReport {
        var report = EvaluationReport(
            position: state.position, epoch: finishedEpoch, loss: loss, accuracy: accuracy, isBest: false)
        if monitor.isBetter(report, than: best) {
            report.isBest = true
            best = report
            state.batchesTracked = network.batchesTracked
            bestState?.copy(from: state)
            saveCheckpoint(.best)
        }
        reports.append(.evaluation(report))
        setPhase(pauseReason.map(RunPhase.paused) ?? .training)
        reportProgress()
        return report
    }

    /// Policies see the evaluations of the plan only, never those a person asked for, and speak through the mailbox.
    private func consultPolicies(_ report: EvaluationReport) {
        // After the last update there is no rate to change any more.
        if step < totalSteps, let command = state.plateau?.observe(report, learningRate: nextRate) {
            mailbox.send(command, from: .policy(PlateauPolicy.name))
        }
        if let command = state.earlyStopping?.observe(report) {
            mailbox.send(command, from: .policy(EarlyStoppingPolicy.name))
        }
        takeMail()
    }
}
