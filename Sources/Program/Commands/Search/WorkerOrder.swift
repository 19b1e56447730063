import Fields
import Settings

/// What the searching process asks of a process that trains, a line of JSON each. The end of the lines asks for everything to be
/// saved and left.
struct WorkerOrder: Written, Hashable {
    /// What is asked for.
    enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Train a run, or go on with it.
        case run
        /// End the run at hand; others are worse by nothing.
        case stop
        case pause, resume
    }

    /// What is asked for.
    var kind = Kind.run
    /// The trial's number.
    var trial = 0
    /// The run's, of several over the folds.
    var fold = 0
    /// Its run directory.
    var directory: String?
    /// Its config as text.
    var config: String?
    /// Why it is stopped.
    var outcome: String?

    init() {}

    init(_ kind: Kind, trial: Int, fold: Int) { (self.kind, self.trial, self.fold) = (kind, trial, fold) }

    static let word = "order"
    static let meaning = "what a process that trains is asked for"
    static let fields: [Field<WorkerOrder>] = [
        Field("order", \.kind, .word, "what is asked for").required,
        Field("trial", \.trial, .integer(0...), "the trial's number").required,
        Field("fold", \.fold, .integer(0...), "which of the folds is held out"),
        Field("directory", \.directory, .optional(.text), "the run directory").otherwise("none"),
        Field("config", \.config, .optional(.text), "the config").otherwise("none"),
        Field("outcome", \.outcome, .optional(.text), "why it is stopped").otherwise("somebody wants it"),
    ]

    /// One line of JSON, with its end.
    var line: [UInt8] { Array(JSON(writing: self).compact.utf8) + [UInt8(ascii: "\n")] }

    /// The order of a line without its end; nil where it is none.
    init?(line: some Collection<UInt8>) {
        guard let setting = try? Setting.parse(line, file: "order"),
            let order = try? FieldReader(.records).read(WorkerOrder.self, from: setting)
        else { return nil }
        self = order
    }
}
