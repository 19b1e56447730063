import Fields

/// When the rate is scaled down because evaluations stopped improving; PyTorch's defaults of `ReduceLROnPlateau`.
package struct PlateauPlan: Hashable, Written {
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
    /// The number of an evaluation that has to improve.
    package var monitor: Monitor

    package init(
        factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4, cooldown: Int = 0, minimumRate: Double = 0,
        monitor: Monitor = .loss
    ) {
        self.factor = factor
        self.patience = patience
        self.threshold = threshold
        self.cooldown = cooldown
        self.minimumRate = minimumRate
        self.monitor = monitor
    }

    package init() { self.init(factor: 0.1) }

    package static let word = "plateau"
    package static let meaning = "scales the rate down when evaluations stop improving"
    package static let example = "{ factor: 0.5, patience: 5 }"
    package static let fields: [Field<PlateauPlan>] = [
        Field("factor", \.factor, belowOne, "what the rate is multiplied with"),
        Field("patience", \.patience, .integer(0...1_000_000), "evaluations without improvement that are let pass"),
        Field(
            "threshold", \.threshold, .number(.within(0..<1)), "the share of the best that an improvement must exceed"),
        Field("cooldown", \.cooldown, .integer(0...1_000_000), "evaluations after a cut that are not counted"),
        Field("minimumRate", \.minimumRate, .number(.within(0...1e6)), "what the rate never goes below"),
        Field("monitor", \.monitor, .word, "which number of an evaluation decides"),
    ]
    private static let belowOne = FieldType<Double>.number(.positive).checked("number, above 0 and below 1") {
        $0 < 1 ? nil : "a factor below 1 is due, not \($0.inWords)"
    }
}
