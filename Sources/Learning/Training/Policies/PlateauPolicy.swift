import Runs

/// Scales the rate down when evaluations stop improving: PyTorch's `ReduceLROnPlateau` with a relative threshold.
package struct PlateauPolicy: Hashable, Sendable {
    package let options: Options
    package let monitor: Monitor
    package private(set) var best: Double?
    package private(set) var badEvaluations = 0
    package private(set) var coolingDown = 0

    package init(options: Options, hasAccuracy: Bool) {
        self.options = options
        monitor = options.monitor ?? .loss
    }

    package struct Options: Hashable, Sendable {
        package var factor: Double
        /// Evaluations without improvement that are let pass.
        package var patience: Int
        /// An improvement counts when it is larger than this share of the best.
        package var threshold: Double
        package var cooldown: Int
        /// The rate never goes below this.
        package var minimumRate: Double
        package var monitor: Monitor?

        package init(
            factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4, cooldown: Int = 0,
            minimumRate: Double = 0, monitor: Monitor? = nil
        ) {
            self.factor = factor
            self.patience = patience
            self.threshold = threshold
            self.cooldown = cooldown
            self.minimumRate = minimumRate
            self.monitor = monitor
        }
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
