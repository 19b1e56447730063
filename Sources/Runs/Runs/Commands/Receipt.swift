/// The answer to a command: where it took effect and what it changed, or why it did not.
package struct Receipt: Hashable, Sendable {
    package let position: Position
    package let author: Author
    package let command: RunCommand
    package let outcome: Outcome

    package init(position: Position, author: Author, command: RunCommand, outcome: Outcome) {
        self.position = position
        self.author = author
        self.command = command
        self.outcome = outcome
    }

    package enum Outcome: Hashable, Sendable {
        /// Done. For commands about the rate, the rate of the next update before and after.
        case accepted(old: Double?, new: Double?)
        /// Nothing changed, for this reason (one clause, no full stop).
        case refused(String)
    }

    package var isAccepted: Bool {
        if case .accepted = outcome { true } else { false }
    }
}
