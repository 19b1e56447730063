import Runs

/// A place where somebody changed the learning rate.
package struct RateMark: Hashable, Sendable {
    /// Where the change was accepted: it acts on the update of this step.
    package var position: Position
    /// Who changed it.
    package var author: Author
    /// What was asked for.
    package var command: RunCommand
    /// The rate of the next update before and after.
    package var old: Double
    /// The rate of the next update after it.
    package var new: Double

    /// The mark of an accepted receipt about the rate; nil for any other.
    package init?(_ receipt: Receipt) {
        guard case .accepted(let before, let after) = receipt.outcome, let after else { return nil }
        switch receipt.command {
        case .setLearningRate, .holdLearningRate, .rescaleSchedule, .scaleLearningRate, .followSchedule, .setSchedule,
            .undo, .restore, .rewind:
            break
        default: return nil
        }
        position = receipt.rewound ?? receipt.position
        author = receipt.author
        command = receipt.command
        old = before ?? after
        new = after
    }
}
