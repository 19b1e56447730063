/// What travels with one pass through the network.
package struct StepContext: Hashable, Sendable {
    /// PyTorch's `train()` and `eval()`.
    package enum Mode: Hashable, Sendable {
        /// Batch norm normalizes with the batch's own statistics and updates the running ones; dropout drops.
        case training
        /// Batch norm uses the running statistics; dropout hands everything on.
        case evaluation
    }

    /// What batch norm and random layers do.
    package var mode: Mode
    /// Updates finished before this pass; chooses dropout's random numbers.
    package var step: Int
    /// The run's seed; chooses dropout's random numbers with `step`.
    package var seed: UInt64
    /// Whether this pass fills `Network.measurements`.
    package var measures: Bool

    /// A pass in a mode; `step` counts from 0.
    package init(mode: Mode, step: Int = 0, seed: UInt64 = 0, measures: Bool = false) {
        self.mode = mode
        self.step = step
        self.seed = seed
        self.measures = measures
    }
}
