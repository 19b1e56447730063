import Fields

/// What a run in some situation refuses to do, and the words for it; everything else it does.
package struct CommandRules: Hashable, Sendable {
    /// Rates go from above 0 up to here.
    package static let largestRate = 1e6
    /// The most steps that one command may ask for.
    package static let mostSteps = 1_000_000

    /// What the run is doing.
    package var phase: RunPhase
    /// How the rate is found.
    package var control: LearningRateControl
    /// The rate of the next update.
    package var learningRate: Double
    /// The rate that the schedule has for the next update, whatever is held.
    package var plannedRate: Double
    /// Whether a change by hand can be undone.
    package var canUndo = false
    /// The sound weights that were kept last, nil before the first.
    package var snapshot: SnapshotPoint?
    /// The first update before which the run could stand again; nil where it cannot go back.
    package var earliestMoment: Int?
    /// Whether there was an evaluation, so that its weights are kept.
    package var hasBest = false
    /// Whether there is a run directory to keep checkpoints in.
    package var keepsCheckpoints = false
    /// Whether there is a validation set to evaluate on.
    package var hasValidation: Bool
    /// Whether anything can ever resume the run once it is paused: a dashboard, a socket, or a `resume` that waits.
    package var canResume: Bool
    /// Updates that are left to make.
    package var stepsLeft: Int
    /// Updates of one epoch, for lengths in epochs.
    package var stepsPerEpoch: Int
    /// Updates that were made.
    package var step = 0
    /// Which examples each update takes; nil where nobody knows.
    package var course: EpochCourse?

    /// The rules of a run in this state, which follows its schedule as it is and has kept no weights where nothing else is said.
    package init(
        phase: RunPhase, control: LearningRateControl, learningRate: Double, hasValidation: Bool, canResume: Bool,
        stepsLeft: Int, stepsPerEpoch: Int
    ) {
        self.phase = phase
        self.control = control
        self.learningRate = learningRate
        plannedRate = learningRate
        self.hasValidation = hasValidation
        self.canResume = canResume
        self.stepsLeft = stepsLeft
        self.stepsPerEpoch = stepsPerEpoch
    }

    /// Why the command cannot be done now, one clause without a full stop; nil where it can.
    package func refusal(of command: RunCommand, from author: Author) -> String? {
        if phase.isFinished { return "the run has ended" }
        return command.kind.refusal(of: command, in: self, from: author)
    }

    /// The longest note in characters.
    package static let longestNote = 500

    /// Whether a rate is a number above 0 and at most `largestRate`.
    static func isRate(_ rate: Double) -> Bool { rate.isFinite && rate > 0 && rate <= largestRate }

    /// Why the rate is not multiplied with a factor.
    func refusal(scalingBy factor: Double, from author: Author) -> String? {
        let result = learningRate * factor
        guard Self.isRate(result) else {
            return "the rate would be \(result.inWords); it must be above 0 and at most 1e6"
        }
        return heldRefusal(from: author)
    }

    /// Why a run does not end with the last of so many epochs.
    func refusal(ofEpochs epochs: Int) -> String? {
        let end = course?.firstStep(ofEpoch: epochs) ?? epochs * stepsPerEpoch
        guard end <= step else { return nil }
        return
            "\(epochs) epoch\(epochs == 1 ? " ends" : "s end") at step \(end), and \(step) updates are made: stop ends the run here"
    }

    /// Policies leave a rate alone that is held by hand.
    func heldRefusal(from author: Author) -> String? {
        guard case .policy = author, case .held(let rate) = control else { return nil }
        return "the rate is held at \(rate.inWords) by hand"
    }
}
