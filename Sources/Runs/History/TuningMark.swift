import Runs

/// A place where somebody changed a run beside its rate.
package struct TuningMark: Hashable, Sendable {
    /// Where the change was accepted: it acts on the update of this step.
    package var position: Position
    /// Who changed it.
    package var author: Author
    /// What was asked for.
    package var command: RunCommand

    /// The mark of an accepted receipt about something else than the rate; nil for any other.
    package init?(_ receipt: Receipt) {
        guard receipt.isAccepted, receipt.command.tunes else { return nil }
        (position, author, command) = (receipt.position, receipt.author, receipt.command)
    }
}
