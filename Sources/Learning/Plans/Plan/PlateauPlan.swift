/// When the rate is scaled down because evaluations stopped improving.
package struct PlateauPlan: Hashable, Sendable {
    /// What the rate is multiplied by, above 0 and below 1.
    package var factor: Double
    /// Evaluations without improvement that are let pass.
    package var patience: Int
    /// An improvement counts when it is larger than this share of the best.
    package var threshold: Double
    /// Evaluations after a cut that are not counted.
    package var cooldown: Int
    /// The rate never goes below this.
    package var minimumRate: Double
    /// What is watched; nil for the loss.
    package var monitor: Monitor?

    /// PyTorch's defaults of `ReduceLROnPlateau`.
    package init(
        factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4, cooldown: Int = 0, minimumRate: Double = 0,
        monitor: Monitor? = nil
    ) {
        self.factor = factor
        self.patience = patience
        self.threshold = threshold
        self.cooldown = cooldown
        self.minimumRate = minimumRate
        self.monitor = monitor
    }
}
