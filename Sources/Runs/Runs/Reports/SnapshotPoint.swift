/// Which weights a run could go back to at once.
package struct SnapshotPoint: Hashable, Sendable, Codable {
    /// The updates that they have seen.
    package var step: Int
    /// The mean loss of the batch of that step.
    package var loss: Double

    /// Weights after so many updates.
    package init(step: Int, loss: Double) {
        self.step = step
        self.loss = loss
    }
}
