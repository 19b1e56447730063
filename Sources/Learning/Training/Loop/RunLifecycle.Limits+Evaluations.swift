extension RunLifecycle.Limits {
    /// Whether an evaluation is planned after so many updates: where the interval divides them, and after the last.
    func plansEvaluation(at step: Int) -> Bool {
        hasValidation && (step % (evaluationInterval ?? stepsPerEpoch) == 0 || step == totalSteps)
    }

    /// Evaluations that are planned still.
    func evaluationsLeft(after step: Int) -> Int {
        let interval = evaluationInterval ?? stepsPerEpoch
        return hasValidation ? max(0, (totalSteps + interval - 1) / interval - step / interval) : 0
    }
}
