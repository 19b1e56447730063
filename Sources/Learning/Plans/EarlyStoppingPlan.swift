import Fields

/// When a run stops because evaluations stopped improving.
package struct EarlyStoppingPlan: Hashable, Written {
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

    package init() { self.init(patience: 5) }

    package static let word = "earlyStopping"
    package static let meaning = "stops the run when evaluations stop improving, and keeps the best weights"
    package static let example = "{ patience: 5 }"
    package static let fields: [Field<EarlyStoppingPlan>] = [
        Field(
            "patience", \.patience, .integer(1...1_000_000), "evaluations in a row without improvement that end the run"
        ),
        Field(
            "minimumDelta", \.minimumDelta, .number(.within(0...1e6)),
            "how much better than the best an improvement must be"),
        Field("monitor", \.monitor, .optional(.word), "which number of an evaluation decides, and makes it the best")
            .otherwise("accuracy where there is one, else loss"),
    ]
}
