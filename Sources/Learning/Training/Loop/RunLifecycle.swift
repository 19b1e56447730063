import Plans
import Runs

/// What a run does next: a pure state machine, in which an event gives an action.
///
/// Whoever drives it performs the action and says with the next event that it is done:
///
///     begun -> takeCommands -> commandsTaken -> train -> trained -> takeCommands ...
///                                            -> standStill -> waited -> takeCommands ...
///                                            -> beginEvaluation -> evaluationBegun -> evaluateBatch -> batchEvaluated ...
///                                                 -> conclude -> concluded -> keepLast -> lastKept -> takeCommands ...
///           -> close -> closed -> finish
///
/// Numbers that are not finite pause the run, end it, are left out, or lead to goBack -> wentBack; so does a loss that has run away.
///
/// Commands that were accepted and an interrupt change what the next event leads to. It knows no clock, thread or tensor.
package struct RunLifecycle: Hashable, Sendable {
    /// What the plan says about the run's course.
    package struct Limits: Hashable, Sendable {
        /// Updates in all.
        package var totalSteps: Int
        /// Where epochs end.
        package var epochs: EpochCourse
        /// Updates from one planned evaluation to the next; nil for one at the end of each epoch.
        package var evaluationInterval: Int?
        /// Whether there is something to evaluate on.
        package var hasValidation: Bool
        /// Whether somebody can steer: then trouble pauses the run, else `onNotFinite` says what follows.
        package var canSteer: Bool
        /// What follows from trouble where nobody can steer.
        package var onNotFinite: NotFinitePlan
        /// Whether the best weights are what is kept at the end of the plan.
        package var keepsBest: Bool

        /// A plan's numbers, and who is there.
        package init(
            totalSteps: Int, epochs: EpochCourse, hasValidation: Bool, canSteer: Bool,
            onNotFinite: NotFinitePlan = .stop(.init()), keepsBest: Bool = false, evaluationInterval: Int? = nil
        ) {
            self.evaluationInterval = evaluationInterval
            self.onNotFinite = onNotFinite
            self.keepsBest = keepsBest
            self.totalSteps = totalSteps
            self.epochs = epochs
            self.hasValidation = hasValidation
            self.canSteer = canSteer
        }
    }

    /// What is asked for at a boundary between two updates; all that has to be kept to go on there.
    package struct Standing: Hashable, Sendable, Codable {
        /// Why the run is paused; nil while it is not.
        package var pauseReason: PauseReason?
        /// Updates that may still be made while paused.
        package var stepsAllowed = 0
        /// Whether an evaluation was accepted and not begun yet.
        package var isEvaluationAsked = false
        /// Steps and evaluations that were not finite and left out, from 0.
        package internal(set) var leftOut = 0
        /// How often the run went back because of one, from 0.
        package internal(set) var rewinds = 0
        /// Whether somebody knows already that evaluations are not finite.
        package internal(set) var knowsBadValidation = false
        /// Whether an evaluation of the plan is still to be made: it was broken off, or has not begun.
        package var isPlannedEvaluationDue = false
        /// How the run will end, where that is decided.
        package var ending: Ending?

        /// Nothing asked for: the run goes on.
        package init() {}
    }

    /// What is due.
    package enum Action: Hashable, Sendable {
        /// At a boundary: act on the script's commands for it, then on the mail.
        case takeCommands
        /// Make an update.
        case train
        /// Wait for commands for a while; in the middle of an evaluation, act on the mail afterwards.
        case standStill(PauseReason)
        case beginEvaluation
        /// Take in the next examples of the evaluation, then act on the mail.
        case evaluateBatch
        /// Report what the evaluation found, and let the policies see it where it is the plan's; then act on the mail.
        case conclude(isPlanned: Bool)
        /// Keep the weights of the last update.
        case keepLast
        /// Go back to the latest sound weights at a third of the rate.
        case goBack
        /// No command acts any more: answer those that no step came for.
        case close
        /// Keep these weights as the result, and say how the run ended.
        case finish(EndReason, KeptWeights)
    }

    /// What was done.
    package enum Event: Hashable, Sendable {
        case begun
        case commandsTaken
        /// - isFinite: whether loss and gradient were finite, so that the update was made.
        /// - isRuined: whether the loss has run away, though it is finite.
        case trained(isFinite: Bool, isRuined: Bool = false)
        case waited
        case evaluationBegun
        case batchEvaluated(isLast: Bool)
        /// - hasBest: whether there is a best evaluation now.
        /// - isFinite: whether what it found was finite, and not far above everything before where the run goes back by itself.
        case concluded(hasBest: Bool, isFinite: Bool = true)
        /// - isDone: whether there were weights to go back to.
        case wentBack(isDone: Bool)
        case lastKept
        case closed(hasBest: Bool)
    }

    /// An evaluation under way.
    private struct Evaluation: Hashable, Sendable {
        enum Purpose { case asked, planned, final }
        var purpose: Purpose
        /// What was paused before stays paused: asked for while paused, an evaluation runs all the same.
        var ignoresPause: Bool
        /// Whether every example was taken in.
        var isComplete = false
        /// Whether an interrupt breaks a final evaluation off.
        var isInterrupted = false
        /// Whether only its result is left to be reported.
        var isConcluded = false
    }

    /// How a run will end.
    package struct Ending: Hashable, Sendable, Codable {
        var reason: EndReason
        var keeps: KeptWeights

        /// Why, in words.
        package var words: String { reason == .earlyStopping ? "early stopping" : reason.rawValue }
    }

    /// What the plan says.
    package var limits: Limits
    /// What is asked for; of use at a boundary alone.
    package private(set) var standing: Standing
    private var evaluation: Evaluation?
    /// What goes on once the run has gone back.
    private var afterGoingBack = AfterGoingBack.update
    /// Whether whoever could answer has gone since the last boundary.
    private var isLeftAlone = false

    /// At the end nothing is left in which the weights could prove themselves: the run has come to no result.
    private enum AfterGoingBack { case update, asked, planned, end }

    /// How often a run goes back by itself.
    static let mostRewinds = 20

    private var ending: Ending? {
        get { standing.ending }
        set { standing.ending = newValue }
    }

    /// - Parameter standing: where it goes on.
    package init(limits: Limits, standing: Standing = Standing()) {
        self.limits = limits
        self.standing = standing
    }

    /// What is asked for, to go on with in another process: what broke a run off is no end of what it was to do.
    package var resumable: Standing {
        var standing = standing
        if let reason = ending?.reason, [.interrupted, .notFinite].contains(reason) { standing.ending = nil }
        return standing
    }

    /// Why the run is paused; nil while it is not.
    package var pauseReason: PauseReason? { standing.pauseReason }
    /// Whether an evaluation was accepted and not begun yet; what stands behind it waits.
    package var isEvaluationAsked: Bool { standing.isEvaluationAsked }
    /// Whether examples of an evaluation are being taken in.
    package var isEvaluating: Bool { evaluation?.isConcluded == false }
    /// Whether an evaluation is under way or its result still to be dealt with: no boundary between two updates.
    var isWithinEvaluation: Bool { evaluation != nil }
    /// Whether the end is decided, so that no command acts any more.
    package var isEnding: Bool { ending != nil }
    /// Whether the run goes back because of an update, not of an evaluation.
    var goesBackAfterUpdate: Bool { [.update, .end].contains(afterGoingBack) }
    /// Whether the run is paused and no single step is left to make.
    private var isStandingStill: Bool { pauseReason != nil && standing.stepsAllowed == 0 }

    /// What an accepted command changes here.
    package mutating func accept(_ command: RunCommand, from author: Author) {
        switch command {
        case .pause: pause(.asked)
        case .resume:
            standing.pauseReason = nil
            standing.stepsAllowed = 0
        case .step(let count): standing.stepsAllowed += count
        case .evaluate: standing.isEvaluationAsked = true
        case .stop(let keep):
            let isPolicy = author == .policy(EarlyStoppingPolicy.name)
            ending =
                isPolicy
                ? Ending(reason: .earlyStopping, keeps: limits.keepsBest ? .best : .last)
                : Ending(reason: .stopped, keeps: keep)
        // What does not change the run's course is done by the trainer.
        default: break
        }
    }

    /// Stands at an earlier moment, at a boundary: what was asked for there is past, a pause stays, and how often the run helped itself
    /// counts on.
    package mutating func goBack() {
        // What it stood still for has not happened yet.
        if standing.pauseReason != nil { standing.pauseReason = .asked }
        standing.stepsAllowed = 0
        standing.isEvaluationAsked = false
        standing.isPlannedEvaluationDue = false
    }

    /// Nobody is there any more: trouble that the run stands still for is dealt with as the plan says.
    package mutating func leaveAlone() { isLeftAlone = true }

    /// Goes on after all, where the end was decided in another process.
    package mutating func forgetEnd() { ending = nil }

    /// Somebody wants the end by a signal.
    package mutating func interrupt() {
        if ending == nil { ending = Ending(reason: .interrupted, keeps: .last) }
        evaluation?.isInterrupted = true
    }

    /// What is due after an event, so many updates being made.
    package mutating func handle(_ event: Event, at step: Int) -> Action {
        switch event {
        case .begun:
            if ending == nil, standing.isPlannedEvaluationDue, limits.hasValidation { return begin(.planned) }
            return boundary(step)
        case .lastKept: return boundary(step)
        case .commandsTaken: return afterCommands(step)
        case .trained(let isFinite, let isRuined):
            standing.stepsAllowed = max(0, standing.stepsAllowed - 1)
            if !isFinite || isRuined && goesBackByItself, answers(.notFinite) {
                return goBack(then: .update, at: step)
            }
            return afterUpdate(step)
        case .wentBack(let isDone):
            if !isDone || afterGoingBack == .end { endNotFinite() }
            switch afterGoingBack {
            case .update: return afterUpdate(step)
            case .asked, .end: return boundary(step)
            case .planned: return afterEpoch(step)
            }
        case .waited: return evaluation == nil ? boundary(step) : goOnEvaluating()
        case .evaluationBegun: return .evaluateBatch
        case .batchEvaluated(let isLast):
            evaluation?.isComplete = isLast
            return goOnEvaluating()
        case .concluded(let hasBest, let isFinite): return afterEvaluation(step, hasBest: hasBest, isFinite: isFinite)
        case .closed(let hasBest):
            standing.isEvaluationAsked = false
            guard ending?.reason == .stopped, ending?.keeps == .best, !hasBest, limits.hasValidation else {
                return finish(hasBest: hasBest)
            }
            // Stopped keeping the best before any evaluation: evaluates now, whatever was paused.
            let ending = ending
            standing = Standing()
            standing.ending = ending
            return begin(.final)
        }
    }

    private mutating func boundary(_ step: Int) -> Action {
        if ending != nil { return .close }
        // A run that is paused does not end by itself, and an evaluation that was promised is made.
        if step < limits.totalSteps || isEvaluationAsked || isStandingStill { return .takeCommands }
        ending = Ending(reason: .completed, keeps: limits.keepsBest ? .best : .last)
        return .close
    }

    private mutating func afterCommands(_ step: Int) -> Action {
        if ending != nil { return .close }
        if isEvaluationAsked {
            standing.isEvaluationAsked = false
            return begin(.asked)
        }
        if isLeftAlone {
            isLeftAlone = false
            if !limits.canSteer, let trouble = pauseReason, trouble != .asked {
                standing.pauseReason = nil
                standing.stepsAllowed = 0
                return answers(trouble) ? goBack(then: .asked, at: step) : boundary(step)
            }
        }
        if isStandingStill, let reason = pauseReason { return .standStill(reason) }
        return step < limits.totalSteps ? .train : boundary(step)
    }

    private mutating func afterUpdate(_ step: Int) -> Action {
        guard limits.plansEvaluation(at: step) else { return afterEpoch(step) }
        // Also where the run ends here: one that goes on has it still to make.
        standing.isPlannedEvaluationDue = true
        return ending == nil ? begin(.planned) : boundary(step)
    }

    private mutating func afterEvaluation(_ step: Int, hasBest: Bool, isFinite: Bool) -> Action {
        guard let purpose = evaluation?.purpose else { preconditionFailure("no evaluation is under way") }
        evaluation = nil
        if purpose == .planned { standing.isPlannedEvaluationDue = false }
        if purpose == .final { return finish(hasBest: hasBest) }
        if !isFinite, answers(.validationNotFinite) {
            return goBack(then: purpose == .asked ? .asked : .planned, at: step)
        }
        if isFinite { standing.knowsBadValidation = false }
        return purpose == .asked ? boundary(step) : afterEpoch(step)
    }

    /// Whether finite losses that have run away are answered too: whoever steers sees them, and other plans say nothing of them.
    var goesBackByItself: Bool {
        if case .rewind = limits.onNotFinite { !limits.canSteer } else { false }
    }

    /// Does what follows from numbers that are not finite; whether that is to go back.
    private mutating func answers(_ trouble: PauseReason) -> Bool {
        guard ending == nil else { return false }
        guard !limits.canSteer else {
            // Who went on with such evaluations is not asked after each of them.
            if trouble == .notFinite || !standing.knowsBadValidation { pause(trouble) }
            if trouble == .validationNotFinite { standing.knowsBadValidation = true }
            return false
        }
        switch limits.onNotFinite {
        case .skip(let most) where standing.leftOut < most.count: standing.leftOut += 1
        case .rewind where standing.rewinds < Self.mostRewinds:
            standing.rewinds += 1
            return true
        case .stop, .skip, .rewind: endNotFinite()
        }
        return false
    }

    private mutating func goBack(then next: AfterGoingBack, at step: Int) -> Action {
        afterGoingBack = step < limits.totalSteps ? next : .end
        return .goBack
    }

    private mutating func endNotFinite() {
        if ending == nil { ending = Ending(reason: .notFinite, keeps: .best) }
    }

    private mutating func afterEpoch(_ step: Int) -> Action {
        let endsEpoch = limits.epochs.begins(at: step)
        return endsEpoch && ending == nil && step < limits.totalSteps ? .keepLast : boundary(step)
    }

    private mutating func begin(_ purpose: Evaluation.Purpose) -> Action {
        evaluation = Evaluation(purpose: purpose, ignoresPause: pauseReason != nil)
        return .beginEvaluation
    }

    private mutating func goOnEvaluating() -> Action {
        guard let evaluation else { preconditionFailure("no evaluation is under way") }
        let isFinal = evaluation.purpose == .final
        if isFinal ? evaluation.isInterrupted : ending != nil {
            // Promised to somebody: a run that goes on in another process makes it.
            if evaluation.purpose == .asked { standing.isEvaluationAsked = true }
            self.evaluation = nil
            return isFinal ? finish(hasBest: false) : .close
        }
        if !evaluation.ignoresPause, isStandingStill, let reason = pauseReason { return .standStill(reason) }
        guard evaluation.isComplete else { return .evaluateBatch }
        self.evaluation?.isConcluded = true
        return .conclude(isPlanned: evaluation.purpose == .planned)
    }

    private mutating func pause(_ reason: PauseReason) {
        standing.pauseReason = reason
        standing.stepsAllowed = 0
    }

    private func finish(hasBest: Bool) -> Action {
        guard let ending else { preconditionFailure("a run finishes only when its end was decided") }
        return .finish(ending.reason, hasBest ? ending.keeps : .last)
    }
}
