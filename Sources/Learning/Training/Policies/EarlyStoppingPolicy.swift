import Plans
import Runs

/// Stops a run after `patience` evaluations in a row that did not improve on the best by more than `minimumDelta`.
package struct EarlyStoppingPolicy: Hashable, Sendable {
    package let options: EarlyStoppingPlan
    package let monitor: Monitor
    /// The best value so far; nil before the first evaluation.
    package private(set) var best: Double?
    /// Evaluations since the best one.
    package private(set) var waited = 0

    package init(options: EarlyStoppingPlan, hasAccuracy: Bool) {
        self.options = options
        monitor = options.monitor ?? .standard(hasAccuracy: hasAccuracy)
    }

    package static let name = "earlyStopping"

    /// Takes an evaluation in; the command it wants, if any.
    package mutating func observe(_ evaluation: EvaluationReport) -> RunCommand? {
        let value = monitor == .accuracy ? evaluation.accuracy ?? evaluation.loss : evaluation.loss
        let isHigherBetter = monitor == .accuracy && evaluation.accuracy != nil
        let improved =
            switch best {
            case nil: value.isFinite
            case let best?: isHigherBetter ? value > best + options.minimumDelta : value < best - options.minimumDelta
            }
        if improved {
            best = value
            waited = 0
            return nil
        }
        waited += 1
        return waited >= options.patience ? .stop(keep: .best) : nil
    }
}
