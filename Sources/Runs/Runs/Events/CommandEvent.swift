import Fields

/// The `command` line of a journal: a receipt, with the whole command as a script writes it.
package struct CommandEvent: Written, Hashable {
    /// The step before which it was answered.
    package var position = Position(step: 0)
    /// Who gave it.
    package var author = Author.run
    /// What was asked for.
    package var command = RunCommand.pause
    /// What was answered: the rate or another number before and after, or the reason of the refusal.
    package var outcome = Receipt.Outcome.accepted(old: nil, new: nil)
    package var restored: Int?

    package init() {}

    /// The line of a receipt.
    package init(_ receipt: Receipt) {
        position = receipt.position
        author = receipt.author
        command = receipt.command
        outcome = receipt.outcome
        restored = receipt.restored
    }

    /// The receipt that the line tells.
    package var receipt: Receipt {
        Receipt(position: position, author: author, command: command, outcome: outcome, restored: restored)
    }

    package static let word = "command"
    package static let meaning = "a command and the answer to it"
    package static let fields: [Field<CommandEvent>] =
        Field<CommandEvent>.position(\.position) + [
            Field("author", \.author, .author, "who gave it").required,
            Field("command", \.command, .command, "what was asked for").required,
        ] + answer

    /// The fields of the answer, which the log writes too.
    private static let answer: [Field<CommandEvent>] = [
        Field(
            "accepted", .flag, "whether it was done",
            get: { if case .accepted = $0.outcome { true } else { false } },
            set: { $0.outcome = $1 ? .accepted(old: nil, new: nil) : .refused("") }
        ).required,
        Field(
            "old", .nullable(.number()), "the rate of the next update before it, or else the number that it changed",
            get: { if case .accepted(let old, _) = $0.outcome { old } else { nil } },
            set: { if case .accepted(_, let new) = $0.outcome { $0.outcome = .accepted(old: $1, new: new) } }),
        Field(
            "new", .nullable(.number()), "the rate of the next update after it, or that number",
            get: { if case .accepted(_, let new) = $0.outcome { new } else { nil } },
            set: { if case .accepted(let old, _) = $0.outcome { $0.outcome = .accepted(old: old, new: $1) } }),
        Field(
            "reason", .nullable(.text), "why it was refused",
            get: { if case .refused(let reason) = $0.outcome { reason } else { nil } },
            set: { if case .refused = $0.outcome { $0.outcome = .refused($1 ?? "") } }),
        Field(
            "restored", \.restored, .optional(.integer(0...)),
            "the updates that the weights have seen which it went back to"
        ).otherwise("none"),
    ]

    package var problem: String? { outcome == .refused("") ? "the reason of the refusal is missing" : nil }

    /// The `command` line of a log, which tells the command's word alone.
    package struct Brief: Written, Hashable {
        /// What the line tells; of its command only the kind counts.
        package var event = CommandEvent()

        package init() {}

        /// The line of a receipt.
        package init(_ receipt: Receipt) { event = CommandEvent(receipt) }

        package static let word = CommandEvent.word
        package static let meaning = CommandEvent.meaning
        package static let fields: [Field<Brief>] =
            Field<Brief>.position(\.event.position) + [
                Field("author", \.event.author, .author, "who gave it").required,
                Field(
                    "command", .word(CommandKind.all.map(\.word)), "what was asked for", get: { $0.event.command.name },
                    set: { _, _ in }
                ).required,
            ] + answer.map { $0.within(\.event) }
    }
}
