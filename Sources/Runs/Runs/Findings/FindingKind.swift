/// What can be wrong with a run, root causes before what follows from them: of two that began at once the first is the headline.
package enum FindingKind: String, Hashable, Sendable, Codable, CaseIterable {
    case structure
    case inputScale
    case poorInitialization
    case deadUnits
    case saturated
    case initialLoss
    case batchNormMode
    case wrongSign
    case rateTooHigh
    case rateTooLow
    case explodingGradient
    case vanishingGradient
    case nonFinite
    case frozenLayer
    case regularizationTooStrong
    case lossFloor
    case labelsUnrelated
    case validationShift
    case decayTooEarly
    case overfitting
    case overtrained
    case spike
    case underfitting
    case plateau

    /// Its id in logs and journals, and how a sentence names it.
    package var id: String { rawValue }

    /// In words, as a sheet's title has it: `rate too high`.
    package var words: String {
        switch self {
        case .structure: "structure"
        case .inputScale: "scale of the inputs"
        case .poorInitialization: "poor initialization"
        case .deadUnits: "dead units"
        case .saturated: "saturated units"
        case .initialLoss: "first loss"
        case .batchNormMode: "batch norm differs in evaluation"
        case .wrongSign: "loss climbs: wrong sign"
        case .rateTooHigh: "rate too high"
        case .rateTooLow: "rate too low"
        case .explodingGradient: "exploding gradient"
        case .vanishingGradient: "vanishing gradient"
        case .nonFinite: "not finite"
        case .frozenLayer: "frozen layer"
        case .regularizationTooStrong: "regularization too strong"
        case .lossFloor: "loss has a floor"
        case .labelsUnrelated: "labels unrelated to inputs"
        case .validationShift: "validation data differs"
        case .decayTooEarly: "rate decayed too early"
        case .overfitting: "overfitting"
        case .overtrained: "overtrained"
        case .spike: "spikes"
        case .underfitting: "underfitting"
        case .plateau: "plateau"
        }
    }

    /// What is the case where it fires, in one sentence without a full stop: for the reference.
    package var meaning: String {
        switch self {
        case .structure:
            "the config itself is doubtful: an activation on the logits, dropout after the last layer, and more"
        case .inputScale: "the inputs, or one of their features, are far larger or smaller than a net begins well with"
        case .poorInitialization:
            "what layers compute before the first update grows or shrinks with depth, or all units are alike"
        case .deadUnits: "many units of a layer fire for none of 256 examples"
        case .saturated: "most values of a bounded activation lie in its flat ends"
        case .initialLoss: "the first loss is far from that of guessing"
        case .batchNormMode: "the same batch has another loss with the running statistics than with its own"
        case .wrongSign: "the loss climbs steadily from the first step on, in small steps"
        case .rateTooHigh: "updates are a large share of the weights, or the loss lies above where it began"
        case .rateTooLow: "updates are a tiny share of the weights, and the loss hardly moves at the full rate"
        case .explodingGradient: "gradients are many times as large as usual, or grow on their way back"
        case .vanishingGradient: "hardly any of the gradient comes back to the first layers"
        case .nonFinite: "a loss or a gradient is no finite number"
        case .frozenLayer: "a layer does not move while others do"
        case .regularizationTooStrong: "weight decay pulls as hard as the data does, while the loss is high"
        case .lossFloor: "nearly all is right, and the loss stays where a softmax of a softmax leaves it"
        case .labelsUnrelated: "what is learned is learned by heart: validation stays at guessing"
        case .validationShift: "the validation loss is many times the training loss from the first evaluation on"
        case .decayTooEarly: "the rate fell to nearly nothing while the loss was still falling"
        case .overfitting: "training is nearly all right, and validation gets worse"
        case .overtrained: "validation has been worse than its best for long"
        case .spike: "single losses lie far above the others, again and again"
        case .underfitting: "neither training nor validation gets better, and both are poor"
        case .plateau: "the loss has not moved for long, and is high"
        }
    }

    /// What follows from it, so that it is no headline of its own while this one stands, whichever began first.
    package var symptoms: Set<FindingKind> {
        switch self {
        case .inputScale, .poorInitialization:
            [
                .deadUnits, .saturated, .initialLoss, .rateTooHigh, .rateTooLow, .explodingGradient, .vanishingGradient,
                .nonFinite, .frozenLayer, .plateau, .underfitting, .spike, .wrongSign, .regularizationTooStrong,
            ]
        case .deadUnits, .saturated: [.vanishingGradient, .frozenLayer, .rateTooLow, .plateau, .underfitting]
        case .rateTooHigh:
            [
                .nonFinite, .explodingGradient, .spike, .plateau, .underfitting, .vanishingGradient, .saturated,
                .frozenLayer, .deadUnits, .regularizationTooStrong, .rateTooLow, .labelsUnrelated, .batchNormMode,
                .validationShift, .overfitting, .overtrained,
            ]
        case .explodingGradient: [.nonFinite, .spike, .plateau]
        case .batchNormMode: [.validationShift, .overtrained, .overfitting, .labelsUnrelated]
        case .labelsUnrelated: [.overfitting, .overtrained, .underfitting, .plateau]
        case .overfitting: [.overtrained, .validationShift]
        case .validationShift: [.overfitting, .overtrained, .labelsUnrelated]
        case .vanishingGradient: [.rateTooLow, .plateau, .underfitting, .frozenLayer]
        case .structure: [.lossFloor, .underfitting, .plateau, .validationShift]
        case .nonFinite: [.plateau, .spike]
        case .rateTooLow, .regularizationTooStrong, .decayTooEarly, .lossFloor, .wrongSign:
            [.plateau, .underfitting, .vanishingGradient]
        default: []
        }
    }

    /// Whether it says no more than that something is wrong: raised where nothing else explains it.
    package var isLastResort: Bool { self == .underfitting || self == .plateau || self == .spike }
}
