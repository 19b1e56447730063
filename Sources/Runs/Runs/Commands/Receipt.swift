/// The answer to a command: where it took effect and what it changed, or why it did not.
package struct Receipt: Hashable, Sendable, Codable {
    /// Where the command took effect, or was refused.
    package let position: Position
    /// Who sent it.
    package let author: Author
    /// What was asked for.
    package let command: RunCommand
    /// What became of it.
    package let outcome: Outcome

    /// For a command that went back to weights kept before: the updates that these have seen.
    package let restored: Int?

    /// The answer to a command.
    package init(
        position: Position, author: Author, command: RunCommand, outcome: Outcome, restored: Int? = nil
    ) {
        self.restored = restored
        self.position = position
        self.author = author
        self.command = command
        self.outcome = outcome
    }

    /// Whether a command was taken, and what it changed.
    package enum Outcome: Hashable, Sendable, Codable {
        /// Done. For commands about the rate, the rate of the next update before and after; for others the number that they
        /// change, where it is one.
        case accepted(old: Double?, new: Double?)
        /// Nothing changed, for this reason (one clause, no full stop).
        case refused(String)
    }

    /// Where the run stands after it, if it went back in time: at the beginning of a branch.
    package var rewound: Position? {
        guard case .rewind(let rewind) = command, isAccepted else { return nil }
        return Position(branch: position.branch + 1, step: restored ?? rewind.to)
    }

    /// Whether the numbers of the outcome are rates.
    package var isAboutRate: Bool { !command.tunes }

    /// Whether the command was taken.
    package var isAccepted: Bool {
        if case .accepted = outcome { true } else { false }
    }
}
