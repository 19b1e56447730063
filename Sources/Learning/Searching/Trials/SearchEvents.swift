import Fields
import Runs

/// The `trial` line of a search: what a trial's ranges have.
package struct DrawnEvent: Written, Hashable {
    /// From 0 on.
    package var trial = 0
    /// From 0 on.
    package var round = 0
    /// What was drawn.
    package var values: [TrialValueEntry] = []

    package init() {}

    package init(trial: Int, round: Int, values: TrialValues) {
        (self.trial, self.round, self.values) = (trial, round, TrialValueEntry.entries(of: values))
    }

    package static let word = "trial"
    package static let meaning = "what was drawn for a trial"
    package static let fields: [Field<DrawnEvent>] = [
        Field("trial", \.trial, .integer(0...), "the trial's number").required,
        Field("round", \.round, .integer(0...), "the round's number"),
        Field("values", \.values, .list(.object), "what its ranges have").required,
    ]
}

/// The `score` line of a search: an evaluation of a trial's run.
package struct ScoreEvent: Written, Hashable {
    /// The trial's number.
    package var trial = 0
    /// The run's, of several over the folds.
    package var fold = 0
    /// The updates before it.
    package var step = 0
    /// Epochs before it, a share of one too.
    package var epochs = 0.0
    /// The mean loss on the validation set, finite or not.
    package var loss = Double.nan
    /// The share classified right; nil without classes.
    package var accuracy: Double?

    package init() {}

    package static let word = "score"
    package static let meaning = "an evaluation of a trial's run"
    package static let fields: [Field<ScoreEvent>] = [
        Field("trial", \.trial, .integer(0...), "the trial's number").required,
        Field("fold", \.fold, .integer(0...), "which of the folds was held out"),
        Field("step", \.step, .integer(0...), "updates before it").required,
        Field("epochs", \.epochs, .number(), "epochs before it").required,
        Field("loss", \.loss, .number(), "the mean loss").required,
        Field("accuracy", \.accuracy, .optional(.number()), "the share classified right").otherwise("no classes"),
    ]

    /// The same as the run's own report.
    package var report: EvaluationReport {
        EvaluationReport(
            position: Position(step: step), epoch: Int(epochs), loss: loss, accuracy: accuracy, isBest: false)
    }
}

/// The `end` line of a search: how a trial's run ended.
package struct RunEndEvent: Written, Hashable {
    /// Why a trial's run ended.
    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// It made all its steps, or stopped early by its own plan.
        case completed
        /// It was worse than the others.
        case hopeless
        /// Its loss was three times what it began with.
        case runaway
        /// A number was not finite.
        case notFinite
        /// Somebody stopped it.
        case stopped
        /// It could not begin, or its process ended.
        case failed
    }

    /// The trial's number.
    package var trial = 0
    /// The run's, of several over the folds.
    package var fold = 0
    /// Why it ended.
    package var outcome = Outcome.completed
    /// The updates it made.
    package var step = 0
    /// Seconds that it took.
    package var seconds = 0.0
    /// What failed, one line.
    package var reason: String?

    package init() {}

    package init(trial: Int, fold: Int, _ outcome: Outcome, step: Int = 0, seconds: Double = 0, reason: String? = nil) {
        (self.trial, self.fold, self.outcome) = (trial, fold, outcome)
        (self.step, self.seconds, self.reason) = (step, seconds, reason)
    }

    package static let word = "end"
    package static let meaning = "how a trial's run ended"
    package static let fields: [Field<RunEndEvent>] = [
        Field("trial", \.trial, .integer(0...), "the trial's number").required,
        Field("fold", \.fold, .integer(0...), "which of the folds was held out"),
        Field("outcome", \.outcome, .word, "why it ended").required,
        Field("step", \.step, .integer(0...), "updates that it made"),
        Field("seconds", \.seconds, .number(), "what it took"),
        Field("reason", \.reason, .optional(.text), "what failed").otherwise("nothing"),
    ]
}

/// The `progress` line of a worker: where a trial's run stands. No file keeps it.
package struct TrialProgressEvent: Written, Hashable {
    /// The trial's number.
    package var trial = 0
    /// The run's, of several over the folds.
    package var fold = 0
    /// Updates made.
    package var step = 0
    /// Updates planned.
    package var totalSteps = 0
    /// The loss of the last batch, finite or not.
    package var loss = Double.nan
    /// Whether it stands still.
    package var isPaused = false

    package init() {}

    package static let word = "progress"
    package static let meaning = "where a trial's run stands"
    package static let fields: [Field<TrialProgressEvent>] = [
        Field("trial", \.trial, .integer(0...), "the trial's number").required,
        Field("fold", \.fold, .integer(0...), "which of the folds is held out"),
        Field("step", \.step, .integer(0...), "updates made").required,
        Field("totalSteps", \.totalSteps, .integer(0...), "updates planned").required,
        Field("loss", \.loss, .number(), "the loss of the last batch").required,
        Field("paused", \.isPaused, .flag, "whether it stands still"),
    ]
}
