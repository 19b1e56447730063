import Plans
import Runs

/// Scales the rate down when evaluations stop improving: PyTorch's `ReduceLROnPlateau` with a relative threshold.
package struct PlateauPolicy: Hashable, Sendable {
    /// What the plan asks for.
    package let options: PlateauPlan
    /// The number that decides.
    package let monitor: Monitor
    /// What it has seen so far.
    package var memory = Memory()

    /// What a run's future depends on beside the options.
    package struct Memory: Hashable, Sendable, Codable {
        /// The best value so far; nil before the first finite one.
        package var best: Double?
        /// Evaluations without improvement since the best one or the last cut, from 0.
        package var badEvaluations = 0
        /// Evaluations that are still let pass after a cut, from 0.
        package var coolingDown = 0

        /// Before the first evaluation.
        package init() {}
    }

    /// A policy that has seen nothing yet.
    package init(options: PlateauPlan) {
        self.options = options
        monitor = options.monitor
    }

    /// Its name as an author of commands.
    package static let name = "plateau"
    /// PyTorch's `eps`: smaller changes of the rate are not made.
    private static let smallestChange = 1e-8

    /// Takes an evaluation in; the command it wants, if any. One that is not finite tells nothing and cuts no rate.
    ///
    /// - Parameter learningRate: the rate of the next update.
    package mutating func observe(_ evaluation: EvaluationReport, learningRate: Double) -> RunCommand? {
        guard evaluation.isFinite else { return nil }
        let figure = monitor.figure(of: evaluation)
        if figure.improves(on: memory.best, by: .relative(options.threshold)) {
            memory.best = figure.value
            memory.badEvaluations = 0
        } else {
            memory.badEvaluations += 1
        }
        if memory.coolingDown > 0 {
            memory.coolingDown -= 1
            memory.badEvaluations = 0
        }
        guard memory.badEvaluations > options.patience else { return nil }
        memory.coolingDown = options.cooldown
        memory.badEvaluations = 0
        let target = max(learningRate * options.factor, options.minimumRate)
        guard learningRate - target > Self.smallestChange, learningRate > 0 else { return nil }
        return .scaleLearningRate(target / learningRate)
    }
}
