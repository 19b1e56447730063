import Fields

/// What a run in some situation refuses to do, and the words for it; everything else it does.
package struct CommandRules: Hashable, Sendable {
    /// Rates go from above 0 up to here.
    package static let largestRate = 1e6
    /// The most steps that one command may ask for.
    package static let mostSteps = 1_000_000

    package var phase: RunPhase
    package var control: LearningRateControl
    /// The rate of the next update.
    package var learningRate: Double
    package var hasValidation: Bool
    /// Whether anything can ever resume the run once it is paused: a dashboard, a socket, or a `resume` that waits.
    package var canResume: Bool
    /// Updates that are left to make.
    package var stepsLeft: Int
    package var stepsPerEpoch: Int

    package init(
        phase: RunPhase, control: LearningRateControl, learningRate: Double, hasValidation: Bool, canResume: Bool,
        stepsLeft: Int, stepsPerEpoch: Int
    ) {
        self.phase = phase
        self.control = control
        self.learningRate = learningRate
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

    /// Policies leave a rate alone that is held by hand.
    func heldRefusal(from author: Author) -> String? {
        guard case .policy = author, case .held(let rate) = control else { return nil }
        return "the rate is held at \(rate.inWords) by hand"
    }
}
