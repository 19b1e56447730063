import Plans
import Runs

/// What steers a run by its evaluations, with what it has seen so far.
package struct RunPolicies: Hashable, Sendable {
    /// Nil where the plan has none.
    package var plateau: PlateauPolicy?
    /// Nil where the plan has none.
    package var earlyStopping: EarlyStoppingPolicy?

    /// - Parameter hasAccuracy: whether evaluations have an accuracy.
    package init(_ plan: RunPlan, hasAccuracy: Bool) {
        plateau = plan.plateau.map { PlateauPolicy(options: $0) }
        earlyStopping = plan.earlyStopping.map { EarlyStoppingPolicy(options: $0, hasAccuracy: hasAccuracy) }
    }

    /// Waits for as many evaluations as were asked for by hand, or planned.
    mutating func follow(_ tuning: Tuning) {
        earlyStopping?.changedPatience = tuning.patience
    }

    /// Takes an evaluation in; what the policies want, in the order in which it is to act.
    ///
    /// - Parameter learningRate: the rate of the next update; nil after the last, where there is none to change any more.
    package mutating func observe(
        _ evaluation: EvaluationReport, learningRate: Double?
    ) -> [CommandMailbox.Entry] {
        let scaling = learningRate.flatMap { plateau?.observe(evaluation, learningRate: $0) }
        let stop = earlyStopping?.observe(evaluation)
        return [
            scaling.map { CommandMailbox.Entry(command: $0, author: .policy(PlateauPolicy.name)) },
            stop.map { CommandMailbox.Entry(command: $0, author: .policy(EarlyStoppingPolicy.name)) },
        ].compactMap { $0 }
    }
}
