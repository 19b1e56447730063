/// What somebody may ask of a run. A value: it is sent through a mailbox and answered with a receipt.
///
/// A new command is a case here with its line in `kind`, and a row in `CommandKind.all`; what it does is in the trainer, or in the
/// lifecycle where it changes the run's course.
package enum RunCommand: Hashable, Sendable, Codable {
    /// Holds the rate at a value, whatever the schedule says.
    case setLearningRate(Double)
    /// Multiplies the rate once and holds what it is then.
    case holdLearningRate(Double)
    /// Follows the schedule, multiplied so that the rate of the update before which it acts is this one.
    case rescaleSchedule(Double)
    /// Multiplies the rate and keeps the mode, following or held.
    case scaleLearningRate(Double)
    /// Goes back to the schedule, dropping a held rate and every multiplier.
    case followSchedule
    /// Replaces the rest of the schedule from the next update on and follows it.
    case setSchedule(ScheduleChange)
    /// Takes back the last change of the rate or the plan by hand.
    case undo
    /// Goes back to weights that the run has kept.
    case restore(Restoration)
    /// Goes back in time: the run stands as it stood then, on a branch of its own.
    case rewind(Rewind)
    /// Trains copies at several rates for a while, to choose one.
    case race(Race)
    /// Trains a copy at rates that rise from step to step, to find a good one.
    case findLearningRate(RateTest)
    /// Climbs the pre-flight ladder with a network that begins anew.
    case check
    /// Trains on with another weight decay.
    case setWeightDecay(Double)
    /// Trains on with another momentum, of a rule that has one.
    case setMomentum(Double)
    /// Trains on with another beta1, of a rule that has one.
    case setBeta1(Double)
    /// Bounds the gradients otherwise, in the plan's way or else by their norm; 0 for no bound.
    case setGradientClipping(Double)
    /// Drops with another probability.
    case setDropout(DropoutChange)
    /// Lets so many evaluations pass without improvement.
    case setPatience(Int)
    /// Evaluates after each so many updates, or for 0 at the end of each epoch.
    case setEvaluationInterval(Int)
    /// Trains so many epochs in all.
    case setEpochs(Int)
    /// Makes updates of so many examples.
    case setBatchSize(Int)
    /// Trains no longer the layer of this name, or those within it.
    case freeze(String)
    /// Trains them again.
    case unfreeze(String)
    /// Lets the layer of this name begin anew.
    case reinitialize(String)
    /// Lets those units of a layer begin anew that never fire.
    case reinitializeDeadUnits(String)
    /// Forgets what the optimizer remembers.
    case clearOptimizerState
    case pause
    case resume
    /// Makes that many updates while paused and pauses again.
    case step(Int)
    /// Measures loss and accuracy on the validation set now.
    case evaluate
    /// Writes the whole state to the run directory now.
    case checkpoint
    /// Writes the whole state to a file of this name now, wherever that is.
    case save(String)
    /// Ends the run early.
    case stop(keep: KeptWeights)
    /// Keeps words at this step, in the log and the journal; the note itself is the receipt.
    case note(String)

    /// Its row in the table of commands.
    package var kind: CommandKind {
        switch self {
        case .setLearningRate: .setLearningRate
        case .holdLearningRate: .holdLearningRate
        case .rescaleSchedule: .rescaleSchedule
        case .scaleLearningRate: .scaleLearningRate
        case .followSchedule: .followSchedule
        case .setSchedule: .setSchedule
        case .undo: .undo
        case .restore: .restore
        case .rewind: .rewind
        case .race: .race
        case .findLearningRate: .findLearningRate
        case .check: .check
        case .setWeightDecay: .setWeightDecay
        case .setMomentum: .setMomentum
        case .setBeta1: .setBeta1
        case .setGradientClipping: .setGradientClipping
        case .setDropout: .setDropout
        case .setPatience: .setPatience
        case .setEvaluationInterval: .setEvaluationInterval
        case .setEpochs: .setEpochs
        case .setBatchSize: .setBatchSize
        case .freeze: .freeze
        case .unfreeze: .unfreeze
        case .reinitialize: .reinitialize
        case .reinitializeDeadUnits: .reinitializeDeadUnits
        case .clearOptimizerState: .clearOptimizerState
        case .pause: .pause
        case .resume: .resume
        case .step: .step
        case .evaluate: .evaluate
        case .checkpoint: .checkpoint
        case .save: .save
        case .stop: .stop
        case .note: .note
        }
    }

    /// Whether it changes beside the rate what updates to come are made with or go on from.
    package var tunes: Bool {
        switch self {
        case .setWeightDecay, .setMomentum, .setBeta1, .setGradientClipping, .setDropout, .setPatience,
            .setEvaluationInterval, .setEpochs, .setBatchSize, .freeze, .unfreeze, .reinitialize,
            .reinitializeDeadUnits, .clearOptimizerState:
            true
        default: false
        }
    }

    /// Whether it puts other weights in place, or for a while, so that it is refused while an evaluation of them is under way.
    package var needsStandstill: Bool {
        switch self {
        case .restore, .rewind, .race, .findLearningRate, .check, .reinitialize, .reinitializeDeadUnits: true
        default: false
        }
    }

    /// Whether the run's numbers depend on it.
    package var changesNumbers: Bool {
        switch self {
        case .pause, .resume, .step, .stop, .note, .checkpoint, .save, .race, .findLearningRate, .check: false
        default: true
        }
    }

    /// The command's word in scripts, logs and receipts.
    package var name: String { kind.word }
}
