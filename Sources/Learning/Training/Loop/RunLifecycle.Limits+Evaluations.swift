extension RunLifecycle.Limits {
    /// Whether an evaluation is planned after so many updates: where the interval divides them, and after the last.
    func plansEvaluation(at step: Int) -> Bool {
        guard hasValidation else { return false }
        return step == totalSteps || (evaluationInterval.map { step % $0 == 0 } ?? epochs.begins(at: step))
    }

    /// Evaluations that are planned still.
    func evaluationsLeft(after step: Int) -> Int {
        guard hasValidation else { return 0 }
        guard let evaluationInterval else {
            let partial = epochs.begins(at: totalSteps) ? 0 : 1
            return max(0, epochs.epoch(of: totalSteps) + partial - epochs.epoch(of: step))
        }
        return max(0, (totalSteps + evaluationInterval - 1) / evaluationInterval - step / evaluationInterval)
    }
}
