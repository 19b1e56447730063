import Runs

/// Which tags of event files are which number, where somebody knows better than a guess by their names.
package struct RecordedTags: Hashable, Sendable {
    /// The tag of the loss over the steps.
    package var loss: String?
    /// The tag of the accuracy.
    package var accuracy: String?
    /// The tag of the loss on the validation set.
    package var validationLoss: String?
    /// The tag of the accuracy on the validation set.
    package var validationAccuracy: String?

    /// All are guessed.
    package init() {}

    /// The tag of a number; nil where it is guessed.
    package subscript(use: TagUse) -> String? {
        get {
            switch use {
            case .loss: loss
            case .accuracy: accuracy
            case .validationLoss: validationLoss
            case .validationAccuracy: validationAccuracy
            }
        }
        set {
            switch use {
            case .loss: loss = newValue
            case .accuracy: accuracy = newValue
            case .validationLoss: validationLoss = newValue
            case .validationAccuracy: validationAccuracy = newValue
            }
        }
    }

    var chosen: [RecordedNumber: String] {
        var chosen: [RecordedNumber: String] = [:]
        for use in TagUse.allCases { chosen[RecordedNumber(use)] = self[use] }
        return chosen
    }
}
