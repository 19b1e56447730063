extension Rule {
    /// All rules, root causes first.
    package static let all: [Rule] = [
        .structure, .inputScale, .poorInitialization, .deadUnits, .deadAtOnce, .saturated, .initialLoss, .batchNormMode,
        .wrongSign, .rateTooHigh, .rateTooHighAtTheEnd, .rateThatKilled, .rateTooLow, .explodingGradient,
        .growingGradient,
        .vanishingGradient, .nonFinite, .frozenLayer, .regularizationTooStrong, .lossFloor, .labelsUnrelated,
        .validationShift, .decayTooEarly, .overfitting, .overtrained, .spike, .underfitting, .plateau,
    ]
}
