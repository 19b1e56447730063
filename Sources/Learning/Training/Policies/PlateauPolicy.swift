import Plans
import Runs

/// Scales the rate down when evaluations stop improving: PyTorch's `ReduceLROnPlateau` with a relative threshold.
package struct PlateauPolicy: Hashable, Sendable {
    package let options: PlateauPlan
    package let monitor: Monitor
    package private(set) var best: Double?
    package private(set) var badEvaluations = 0
    package private(set) var coolingDown = 0

    package init(options: PlateauPlan, hasAccuracy: Bool) {
        self.options = options
        monitor = options.monitor
    }

    package static let name = "plateau"
    /// PyTorch's `eps`: smaller changes of the rate are not made.
    private static let smallestChange = 1e-8

    /// Takes an evaluation in; the command it wants, if any.
    package mutating func observe(_ evaluation: EvaluationReport, learningRate: Double) -> RunCommand? {
        let isHigherBetter = monitor == .accuracy && evaluation.accuracy != nil
        let value = isHigherBetter ? evaluation.accuracy ?? .nan : evaluation.loss
        let improved =
            switch best {
            case nil: value.isFinite
            case let best?:
                isHigherBetter ? value > best * (1 + options.threshold) : value < best * (1 - options.threshold)
            }
        if improved {
            best = value
            badEvaluations = 0
        } else {
            badEvaluations += 1
        }
        if coolingDown > 0 {
            coolingDown -= 1
            badEvaluations = 0
        }
        guard badEvaluations > options.patience else { return nil }
        coolingDown = options.cooldown
        badEvaluations = 0
        let target = max(learningRate * options.factor, options.minimumRate)
        guard learningRate - target > Self.smallestChange, learningRate > 0 else { return nil }
        return .scaleLearningRate(target / learningRate)
    }
}
