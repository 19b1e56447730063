import Fields

/// How a kind of command is written, answered and explained: a row of the table that scripts, journal, palette and help read.
package struct CommandKind: Sendable {
    /// Its word in scripts, logs and receipts: `setLearningRate`.
    package let word: String
    /// What its argument is in a refusal: `the rate`.
    private(set) var name = "the value"
    /// Another word that scripts may write, for a word that may be taken by the position; nil for none.
    package private(set) var alias: String?
    /// What it does, in one sentence without a full stop.
    package let meaning: String
    /// What stands after the word: `0.01`, `{ keep: "best" }`.
    package let form: FieldForm
    private let sample: String
    /// Whether what it sets is a number that a run has at every moment, so that a factor of it makes sense too.
    package private(set) var setsNumber = false
    /// How the palette writes it; nil where the palette has words of its own for it.
    package private(set) var palette: Palette?

    /// The command of what was read in `form`.
    package let make: @Sendable (FieldValue) -> RunCommand
    /// What `make` makes the command of.
    /// - Precondition: the command is of this kind.
    package let argument: @Sendable (RunCommand) -> FieldValue
    /// Why the command is refused in a situation, beyond the range of its argument.
    private let refusal: @Sendable (RunCommand, CommandRules, Author) -> String?

    /// How the palette offers a command.
    package struct Palette: Hashable, Sendable {
        /// What a person types: `hold`, `scale`.
        package let name: String
        /// What may follow the name, empty where nothing may: `N`, `best|last`.
        package let argument: String
        /// What it does, as the list beside the palette says it.
        package let hint: String
        /// Other words by which a person may look for it.
        package let synonyms: [String]
        /// What to say where what follows is not right; nil for the words of the form.
        package let mistake: String?
    }

    /// A command with an argument.
    /// - Parameters:
    ///   - value: the argument of a command of this kind; nil for every other command.
    ///   - refusal: why it is refused in a situation.
    init<Value>(
        _ word: String, _ type: FieldType<Value>, _ meaning: String, example: String,
        make: @escaping @Sendable (Value) -> RunCommand, value: @escaping @Sendable (RunCommand) -> Value?,
        refusal: @escaping @Sendable (Value, CommandRules, Author) -> String?
    ) {
        self.word = word
        self.meaning = meaning
        sample = example
        form = type.form
        self.make = { make(type.decode($0)) }
        argument = { command in
            guard let value = value(command), let written = type.encode(value) else {
                preconditionFailure("\(command) is no \(word)")
            }
            return written
        }
        self.refusal = { command, rules, author in value(command).flatMap { refusal($0, rules, author) } }
    }

    /// A command that says everything with its word.
    init(
        _ word: String, _ command: RunCommand, _ meaning: String,
        refusal: @escaping @Sendable (CommandRules, Author) -> String?
    ) {
        self.init(
            word, .yes, meaning, example: "true", make: { _ in command }, value: { $0 == command ? true : nil },
            refusal: { _, rules, author in refusal(rules, author) })
    }

    /// Why the command is refused in a situation, one clause without a full stop; nil where it is done.
    /// - Precondition: the command is of this kind.
    func refusal(of command: RunCommand, in rules: CommandRules, from author: Author) -> String? {
        form.refusal(of: argument(command)).map { "\(name) \($0)" } ?? refusal(command, rules, author)
    }

    /// How one writes it in a script.
    package var example: String { "{ step: 100, \(alias ?? word): \(sample) }" }

    /// The same whose argument a refusal calls so.
    func called(_ name: String) -> CommandKind {
        var kind = self
        kind.name = name
        return kind
    }

    /// The same of a number that a run has at every moment.
    func settingNumber() -> CommandKind {
        var kind = self
        kind.setsNumber = true
        return kind
    }

    /// The same with a second word.
    func alias(_ word: String) -> CommandKind {
        var kind = self
        kind.alias = word
        return kind
    }

    /// The same as the palette offers it.
    func palette(
        _ name: String, _ hint: String, argument: String = "", synonyms: [String] = [], mistake: String? = nil
    ) -> CommandKind {
        var kind = self
        kind.palette = Palette(name: name, argument: argument, hint: hint, synonyms: synonyms, mistake: mistake)
        return kind
    }
}

extension FieldType<Bool> {
    /// `true` or `{}`, for what has no options.
    fileprivate static let yes = FieldType(
        .either([.yes, .object(Nothing.self)], due: "true or {} is due here"), decode: { _ in true },
        encode: { .flag($0) })
}

/// `{}`
private struct Nothing: Written {
    static let word = "nothing"
    static let meaning = "no options"
    static let fields: [Field<Nothing>] = []
}
