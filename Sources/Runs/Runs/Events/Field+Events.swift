import Fields

extension Field {
    /// The two fields of a position.
    static func position(_ path: WritableKeyPath<Owner, Position> & Sendable) -> [Field] {
        [
            Field(
                "step", .integer(0...), "updates finished before it", get: { $0[keyPath: path].step },
                set: { $0[keyPath: path].step = $1 }
            ).required,
            Field(
                "branch", .integer(0...), "how often the run had gone back in time", get: { $0[keyPath: path].branch },
                set: { $0[keyPath: path].branch = $1 }
            ).required,
        ]
    }
}

extension FieldType<Double> {
    /// A number that is null where it has no value, which NaN stands for.
    static let unlessNaN = FieldType(
        .nullable(.number(.all)), decode: { if case .null = $0 { .nan } else { $0.asNumber } },
        encode: { $0.isNaN ? .null : .number($0) })
}

extension FieldType<Double?> {
    /// A number that is null where it has no value, which nil and NaN stand for.
    static let unlessNaN = FieldType(
        .nullable(.number(.all)), decode: { if case .null = $0 { nil } else { $0.asNumber } },
        encode: { $0.flatMap { $0.isNaN ? nil : .number($0) } ?? .null })
}

extension FieldType<Author> {
    /// The author's word.
    static let author = FieldType(
        .text, decode: { if case .text(let name) = $0 { Author(name: name) } else { .run } },
        encode: { .text($0.name) })
}

extension FieldType<RunCommand> {
    /// `{ setLearningRate: 0.01 }`
    static let command = FieldType(
        .member(CommandKind.words, noun: "command") { CommandKind.named($0)?.form ?? .yes },
        decode: { value in
            guard case .member(let word, let argument) = value, let kind = CommandKind.named(word) else {
                preconditionFailure("\(value) is no command")
            }
            return kind.make(argument)
        },
        encode: { .member($0.name, $0.kind.argument($0)) })
}
