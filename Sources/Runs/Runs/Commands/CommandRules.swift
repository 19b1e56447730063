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
    /// Whether there is a validation set to evaluate on.
    package var hasValidation: Bool
    /// Whether anything can ever resume the run once it is paused: a dashboard, a socket, or a `resume` that waits.
    package var canResume: Bool
    /// Updates that are left to make.
    package var stepsLeft: Int
    /// Updates of one epoch, for lengths in epochs.
    package var stepsPerEpoch: Int

    /// The rules of a run in this state.
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
        return switch command {
        case .setLearningRate(let rate): rateRefusal(rate) ?? heldRefusal(from: author)
        case .scaleLearningRate(let factor): scaleRefusal(factor) ?? heldRefusal(from: author)
        case .followSchedule: heldRefusal(from: author)
        case .setSchedule(let change):
            change.refusal(learningRate: learningRate, stepsLeft: stepsLeft, stepsPerEpoch: stepsPerEpoch)
                ?? heldRefusal(from: author)
        case .pause: pauseRefusal
        case .resume: phase.isPaused ? nil : "training is not paused"
        case .step(let count): stepRefusal(count)
        case .evaluate: hasValidation ? nil : "there is no validation set"
        case .stop: nil
        case .note(let text): noteRefusal(text)
        }
    }

    /// The longest note in characters.
    package static let longestNote = 500

    private func noteRefusal(_ text: String) -> String? {
        if text.allSatisfy(\.isWhitespace) { return "a note needs words" }
        return text.count <= Self.longestNote ? nil : "a note has at most \(Self.longestNote) characters"
    }

    /// Whether a rate is a number above 0 and at most `largestRate`.
    static func isRate(_ rate: Double) -> Bool { rate.isFinite && rate > 0 && rate <= largestRate }

    private func rateRefusal(_ rate: Double) -> String? {
        if Self.isRate(rate) { return nil }
        return "the rate must be a number above 0 and at most 1e6, not \(rate.inWords)"
    }

    private func scaleRefusal(_ factor: Double) -> String? {
        guard factor.isFinite, factor > 0 else {
            return "the factor must be a number above 0, not \(factor.inWords)"
        }
        let result = learningRate * factor
        if Self.isRate(result) { return nil }
        return "the rate would be \(result.inWords); it must be above 0 and at most 1e6"
    }

    private func heldRefusal(from author: Author) -> String? {
        guard case .policy = author, case .held(let rate) = control else { return nil }
        return "the rate is held at \(rate.inWords) by hand"
    }

    private var pauseRefusal: String? {
        if phase.isPaused { return "already paused" }
        return canResume ? nil : "nothing could ever resume this run"
    }

    private func stepRefusal(_ count: Int) -> String? {
        guard phase.isPaused else { return "single steps are made only while paused" }
        if (1...Self.mostSteps).contains(count) { return nil }
        return "the number of steps must be from 1 to \(Self.mostSteps), not \(count)"
    }
}

extension Double {
    /// The number as people write it: `2`, `0.01`, `NaN`, `-Infinity`.
    var inWords: String {
        if isNaN { return "NaN" }
        if isInfinite { return self > 0 ? "Infinity" : "-Infinity" }
        let text = description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
