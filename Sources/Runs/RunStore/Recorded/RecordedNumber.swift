/// A number of a run that is recorded over the steps.
enum RecordedNumber: Int, CaseIterable {
    case loss, accuracy, learningRate, gradientNorm, penalty, validationLoss, validationAccuracy

    /// The number that a tag of an event file names: ours (`train/loss`) and the usual ones of others (`Loss/test`, `val_acc`).
    init?(tag: String) {
        let words = tag.lowercased()
        let isValidation = ["val", "test", "eval", "dev/"].contains { words.contains($0) }
        if words.contains("loss") {
            self = isValidation ? .validationLoss : .loss
        } else if words.contains("acc") {
            self = isValidation ? .validationAccuracy : .accuracy
        } else if words.contains("learning_rate") || words.contains("learningrate") || words == "lr"
            || words.hasSuffix("/lr")
        {
            self = .learningRate
        } else if words.contains("grad"), words.contains("norm") {
            self = .gradientNorm
        } else if words.contains("penalty") {
            self = .penalty
        } else {
            return nil
        }
    }
}
