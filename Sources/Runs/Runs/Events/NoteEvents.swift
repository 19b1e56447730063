import Fields

/// The `begin` line of a journal.
package struct BeginEvent: Written, Hashable {
    package var name = ""
    package var host = ""
    package var seed: UInt64 = 0
    /// Seconds since 1970.
    package var time = 0.0

    package init() {}

    package init(_ description: RunDescription, time: Double) {
        name = description.name
        host = description.host
        seed = description.seed
        self.time = time
    }

    package static let word = "begin"
    package static let meaning = "the run begins"
    package static let fields: [Field<BeginEvent>] = [
        Field("name", \.name, .text, "the run's name"),
        Field("host", \.host, .text, "the machine's name"),
        Field("seed", \.seed, .wholeSeed, "decides every random number"),
        Field("time", \.time, .number(), "seconds since 1970"),
    ]
}

/// The `note` line of a journal.
package struct NoteEvent: Written, Hashable {
    package var position = Position(step: 0)
    package var author = Author.run
    package var text = ""

    package init() {}

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

/// The `notFinite` line of a journal.
package struct NotFiniteEvent: Written, Hashable {
    package var position = Position(step: 0)
    package var loss = Double.nan
    package var gradientNorm = Double.nan

    package init() {}

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
