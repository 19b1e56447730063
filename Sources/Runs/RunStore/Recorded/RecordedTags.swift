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

    var chosen: [RecordedNumber: String] {
        var chosen: [RecordedNumber: String] = [:]
        chosen[.step(.loss)] = loss
        chosen[.step(.accuracy)] = accuracy
        chosen[.validationLoss] = validationLoss
        chosen[.validationAccuracy] = validationAccuracy
        return chosen
    }
}
