import Plans
import RunStore
import Settings

/// What of a config may change while its run goes on.
enum ContinuedPlan {
    /// Keys that say what the steps so far were made of.
    private static let kept = [
        "data", "validation", "preprocessing", "augmentation", "model", "initializer", "loss", "batchSize", "shuffle",
        "dropLast", "seed",
    ]

    /// Refuses a plan that says another thing than the run's own of what its steps so far were made of.
    static func check(_ plan: RunPlan, goesOnWith own: RunPlan, in directory: RunDirectory) throws(UsageError) {
        var (plan, own) = (plan, own)
        // When they are looked at is no part of what the examples are.
        plan.validation?.every = nil
        own.validation?.every = nil
        guard case .object(let new) = plan.json, case .object(let old) = own.json else { return }
        for key in kept {
            let (before, after) = (old.first { $0.0 == key }?.1, new.first { $0.0 == key }?.1)
            guard before?.compact != after?.compact else { continue }
            let advice =
                key == "batchSize"
                ? "once it goes on, setBatchSize changes it" : "for another \(key) begin a new one, with --weights"
            throw UsageError("--set \(key): the run in \(directory.path) goes on with what it began with; \(advice)")
        }
    }
}
