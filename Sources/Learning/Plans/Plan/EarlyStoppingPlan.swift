/// When a run stops because evaluations stopped improving.
package struct EarlyStoppingPlan: Hashable, Sendable {
    /// Evaluations in a row without improvement that end the run.
    package var patience: Int
    /// How much better than the best an improvement must be.
    package var minimumDelta: Double
    /// What is watched, and what makes an evaluation the best; nil for accuracy where there is one, else the loss.
    package var monitor: Monitor?

    package init(patience: Int = 5, minimumDelta: Double = 0, monitor: Monitor? = nil) {
        self.patience = patience
        self.minimumDelta = minimumDelta
        self.monitor = monitor
    }
}
