import Fields

/// The `checkpoint` line of a journal: up to where each file tells the past of a checkpoint.
///
/// The journal's own past ends with this line. A run that is resumed cuts what comes behind, so that no step is told twice.
package struct CheckpointEvent: Written, Hashable {
    /// Where the run stood when its state was copied.
    package var position = Position(step: 0)
    /// How many were made before it in this run.
    package var number = 0
    /// Bytes of the log that belong to its past; nil where the log is no file.
    package var log: Int?
    /// Bytes of the event file that belong to its past.
    package var events: Int?

    package init() {}

    /// The line of a checkpoint.
    package init(number: Int, at position: Position, log: Int?, events: Int?) {
        self.position = position
        self.number = number
        self.log = log
        self.events = events
    }

    package static let word = "checkpoint"
    package static let meaning = "a checkpoint was taken, and how far the files go that tell its past"
    package static let fields: [Field<CheckpointEvent>] =
        Field<CheckpointEvent>.position(\.position) + [
            Field("number", \.number, .integer(0...), "checkpoints before it").required,
            Field("log", \.log, .nullable(.integer(0...)), "bytes of the log before it; null where that is no file"),
            Field("events", \.events, .nullable(.integer(0...)), "bytes of the event file before it"),
        ]
}

/// The `resume` line of a journal.
package struct ResumeEvent: Written, Hashable {
    /// Where the run goes on.
    package var position = Position(step: 0)
    /// The checkpoint that it goes on from.
    package var number = 0
    /// `KEY=VALUE` texts that changed the config, on one line; nil without any.
    package var changes: String?
    /// Seconds since 1970.
    package var time = 0.0
    /// The absolute path of the log from here on; nil where none is written to a file.
    package var log: String?

    package init() {}

    /// The line of a run that goes on from a checkpoint.
    /// - Parameters:
    ///   - changes: `KEY=VALUE` texts that changed the config.
    ///   - time: seconds since 1970.
    ///   - log: the absolute path of the log from here on; nil where none is written to a file.
    package init(from number: Int, at position: Position, changes: [String], time: Double, log: String?) {
        self.log = log
        self.position = position
        self.number = number
        self.changes = changes.isEmpty ? nil : changes.joined(separator: " ")
        self.time = time
    }

    package static let word = "resume"
    package static let meaning = "the run goes on from a checkpoint"
    package static let fields: [Field<ResumeEvent>] =
        Field<ResumeEvent>.position(\.position) + [
            Field("number", \.number, .integer(0...), "the checkpoint's number").required,
            Field("changes", \.changes, .nullable(.text), "what was changed in the config; null for nothing"),
            Field("time", \.time, .number(), "seconds since 1970"),
            Field("log", \.log, .optional(.text), "the absolute path of the log from here on").otherwise("none"),
        ]
}
