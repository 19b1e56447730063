import Fields

/// The `begin` line of a journal.
package struct BeginEvent: Written, Hashable {
    /// What the run is called.
    package var name = ""
    /// The name of the machine it runs on.
    package var host = ""
    /// What decided its random numbers.
    package var seed: UInt64 = 0
    /// Seconds since 1970.
    package var time = 0.0
    /// The absolute path of the log; nil where none is written to a file.
    package var log: String?

    package init() {}

    /// The line of a run.
    /// - Parameters:
    ///   - time: seconds since 1970.
    ///   - log: the absolute path of the log; nil where none is written to a file.
    package init(_ description: RunDescription, time: Double, log: String? = nil) {
        self.log = log
        name = description.name
        host = description.origin.host
        seed = description.origin.seed
        self.time = time
    }

    package static let word = "begin"
    package static let meaning = "the run begins"
    package static let fields: [Field<BeginEvent>] = [
        Field("name", \.name, .text, "the run's name"),
        Field("host", \.host, .text, "the machine's name"),
        Field("seed", \.seed, .wholeSeed, "decides every random number"),
        Field("time", \.time, .number(), "seconds since 1970"),
        Field("log", \.log, .optional(.text), "the absolute path of the log").otherwise("none"),
    ]
}

/// The `note` line of a journal.
package struct NoteEvent: Written, Hashable {
    /// The step at which the words were said.
    package var position = Position(step: 0)
    /// Whose words they are.
    package var author = Author.run
    /// The words, one line.
    package var text = ""

    package init() {}

    /// The line of words at a step.
    package init(_ author: Author, _ text: String, at position: Position) {
        self.position = position
        self.author = author
        self.text = text
    }

    package static let word = "note"
    package static let meaning = "words at a step"
    package static let fields: [Field<NoteEvent>] =
        Field<NoteEvent>.position(\.position) + [
            Field("author", \.author, .author, "whose words they are").required,
            Field("text", \.text, .text, "the words").required,
        ]
}

/// The `pause` line of a journal: the run stands still from here on, or goes on.
package struct PauseEvent: Written, Hashable {
    /// Where it stands.
    package var position = Position(step: 0)
    /// Whether it stands still from here on.
    package var isPaused = true

    package init() {}

    /// The line of a run that begins to stand still, or goes on.
    package init(_ isPaused: Bool, at position: Position) {
        self.position = position
        self.isPaused = isPaused
    }

    package static let word = "pause"
    package static let meaning = "the run stands still from here on, or goes on"
    package static let fields: [Field<PauseEvent>] =
        Field<PauseEvent>.position(\.position) + [
            Field("paused", \.isPaused, .flag, "whether it stands still").required
        ]
}

/// The `notFinite` line of a journal.
package struct NotFiniteEvent: Written, Hashable {
    /// The step whose update was skipped.
    package var position = Position(step: 0)
    /// The batch's mean loss, finite or not.
    package var loss = Double.nan
    /// The 2-norm of all gradients, finite or not.
    package var gradientNorm = Double.nan

    package init() {}

    /// The line of a step whose numbers were not finite.
    package init(loss: Double, gradientNorm: Double, at position: Position) {
        self.position = position
        self.loss = loss
        self.gradientNorm = gradientNorm
    }

    package static let word = "notFinite"
    package static let meaning = "a step whose update was skipped, because its loss or gradient was not finite"
    package static let fields: [Field<NotFiniteEvent>] =
        Field<NotFiniteEvent>.position(\.position) + [
            Field("loss", \.loss, .number(), "the batch's mean loss").required,
            Field("gradientNorm", \.gradientNorm, .number(), "the 2-norm of all gradients").required,
        ]
}

extension FieldType<UInt64> {
    /// A whole number, as text where Int is too small, so that every seed reads back.
    static let wholeSeed = FieldType(
        .either([.integer(0...Int.max), .text]),
        decode: { value in
            switch value {
            case .integer(let seed): UInt64(seed)
            case .text(let text): UInt64(text) ?? 0
            default: 0
            }
        }, encode: { seed in Int(exactly: seed).map { .integer($0) } ?? .text(String(seed)) })
}
