/// Loss and accuracy on the validation set, with the weights after `position.step` updates.
package struct EvaluationReport: Hashable, Sendable, Codable {
    package var position: Position
    package var epoch: Int
    package var loss: Double
    /// Share classified right, 0...1; nil where the loss has no classes.
    package var accuracy: Double?
    /// Whether it is the best of the run so far.
    package var isBest: Bool

    package init(position: Position, epoch: Int, loss: Double, accuracy: Double?, isBest: Bool) {
        self.position = position
        self.epoch = epoch
        self.loss = loss
        self.accuracy = accuracy
        self.isBest = isBest
    }
}
