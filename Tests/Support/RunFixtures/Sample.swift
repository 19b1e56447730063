import Runs

/// Reports and descriptions as a small run would make them.
package enum Sample {
    package static let layers = [
        LayerDescription(name: "0", kind: "conv2d", outputShape: [8, 4, 4], activation: "relu", parameterCount: 80),
        LayerDescription(name: "3.body.0", kind: "linear", outputShape: [10], activation: nil, parameterCount: 1290),
    ]

    package static let description = RunDescription(
        name: "digits",
        lengths: RunLengths(totalSteps: 5000, stepsPerEpoch: 100, batchSize: 32),
        schedule: Schedule(base: 0.1, warmup: 4, total: 5000),
        layers: layers,
        task: RunTask(
            loss: "crossEntropy", hasAccuracy: true, hasValidation: true, classCount: 10, trainingExamples: 3200,
            validationExamples: 800),
        origin: RunOrigin(host: "box", blasKernel: "Haswell", threads: 2, seed: 1, directory: nil))

    /// The report of a step of an epoch of 125, whose loss falls like a hyperbola unless it is said.
    package static func report(_ step: Int, loss: Double? = nil) -> StepReport {
        StepReport(
            step: step, epoch: step / 125, loss: loss ?? 2.3 / Double(step + 1), accuracy: 0.5, learningRate: 0.04,
            gradientNorm: 1)
    }

    package static func step(_ step: Int, loss: Double = 0.5, accuracy: Double = 0.75) -> StepReport {
        StepReport(
            step: step, epoch: step / 100, loss: loss, penalty: 0.25, accuracy: accuracy, learningRate: 0.1,
            gradientNorm: 1.5, samplesPerSecond: 1000, trainingSeconds: Double(step) / 100)
    }

    package static func evaluation(_ step: Int, accuracy: Double? = 0.875, isBest: Bool = true) -> EvaluationReport {
        EvaluationReport(position: Position(step: step), epoch: 0, loss: 0.125, accuracy: accuracy, isBest: isBest)
    }

    package static func receipt(
        _ step: Int, _ command: RunCommand, by author: Author = .person,
        _ outcome: Receipt.Outcome = .accepted(old: nil, new: nil)
    ) -> Receipt {
        Receipt(position: Position(step: step), author: author, command: command, outcome: outcome)
    }

    package static let statistics = LayerStatistics(
        mean: 0.5, std: 0.25, minimum: -0.1, maximum: 1.5, zeros: 0.5, saturated: .nan, neverFired: 0, sampled: true,
        histogram: Histogram(low: -0.1, high: 1.5, counts: (0..<64).map { UInt32($0) }),
        preactivation: Histogram(low: 0, high: 0), signalNorm: 1e-5, gradientNorm: 2, updateRatio: 0.001)

    package static func layersReport(_ step: Int) -> LayersReport {
        LayersReport(position: Position(step: step), layers: [statistics, .empty])
    }

    package static let end = EndSummary(
        position: Position(step: 200), reason: .earlyStopping, kept: .best, best: evaluation(100))
}
