import Plans
import Runs

/// Stops a run after `patience` evaluations in a row that did not improve on the best by more than `minimumDelta`.
package struct EarlyStoppingPolicy: Hashable, Sendable {
    /// What the plan asks for.
    package let options: EarlyStoppingPlan
    /// The number that decides.
    package let monitor: Monitor
    /// The patience that was asked for by hand; nil for the plan's.
    var changedPatience: Int?
    /// What it has seen so far.
    package var memory = Memory()

    /// What a run's future depends on beside the options.
    package struct Memory: Hashable, Sendable, Codable {
        /// The best value so far; nil before the first finite one.
        package var best: Double?
        /// Evaluations since the best one, from 0.
        package var waited = 0

        /// Before the first evaluation.
        package init() {}
    }

    /// - Parameter hasAccuracy: whether evaluations have an accuracy, which is the standard then.
    package init(options: EarlyStoppingPlan, hasAccuracy: Bool) {
        self.options = options
        monitor = options.monitor ?? .standard(hasAccuracy: hasAccuracy)
    }

    /// Its name as an author of commands.
    package static let name = "earlyStopping"

    /// Takes an evaluation in; the command it wants, if any. One that is not finite tells nothing and costs no patience.
    package mutating func observe(_ evaluation: EvaluationReport) -> RunCommand? {
        guard evaluation.isFinite else { return nil }
        let figure = monitor.figure(of: evaluation)
        if figure.improves(on: memory.best, by: .absolute(options.minimumDelta)) {
            memory.best = figure.value
            memory.waited = 0
            return nil
        }
        memory.waited += 1
        return memory.waited >= changedPatience ?? options.patience ? .stop(keep: .best) : nil
    }
}
