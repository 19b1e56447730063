import Runs

/// Reports for tests that need any.
enum Sample {
    static func report(_ step: Int, loss: Double? = nil) -> StepReport {
        StepReport(
            step: step, epoch: step / 125, loss: loss ?? 2.3 / Double(step + 1), accuracy: 0.5, learningRate: 0.04,
            gradientNorm: 1)
    }
}
