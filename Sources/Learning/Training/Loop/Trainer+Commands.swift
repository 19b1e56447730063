import Plans
import Runs

extension Trainer {
    /// Acts on everything due at this boundary: the script's commands for it first, then what came into the mailbox.
    ///
    /// What stands behind an `evaluate` waits until that is done, so that nothing accepted is left undone.
    func takeCommands() {
        while endReason == nil, !evaluationIsAsked, let command = script.next(before: step) {
            apply(command, author: .script)
        }
        takeMail()
    }

    /// Acts on the mailbox alone; also between the batches of an evaluation.
    func takeMail() {
        inbox += mailbox.take()
        while !evaluationIsAsked, !inbox.isEmpty {
            let entry = inbox.removeFirst()
            apply(entry.command, author: entry.author)
        }
        if mailbox.isInterrupted, endReason == nil { endReason = .interrupted }
    }

    /// Does what a command asks for, or refuses, and gives the receipt.
    func apply(_ command: RunCommand, author: Author) {
        if let reason = refusal(of: command, author: author) {
            reports.append(
                .receipt(
                    Receipt(position: state.position, author: author, command: command, outcome: .refused(reason))))
            return
        }
        if case .note(let text) = command {
            reports.append(.note(author, text, state.position))
            return
        }
        let oldRate = nextRate
        var changesRate = false
        switch command {
        case .setLearningRate(let rate):
            state.control = .held(rate)
            changesRate = true
        case .scaleLearningRate(let factor):
            state.control = state.control.scaled(by: factor)
            changesRate = true
        case .followSchedule:
            state.control = .planned
            changesRate = true
        case .setSchedule(let change):
            state.rests =
                schedule.replacingRest(from: step, by: change, control: state.control, stepsPerEpoch: stepsPerEpoch)
                .rests
            state.control = .planned
            changesRate = true
        case .pause:
            pauseReason = .asked
            stepsAllowed = 0
        case .resume:
            pauseReason = nil
            stepsAllowed = 0
        case .step(let count): stepsAllowed += count
        case .evaluate: evaluationIsAsked = true
        case .note: break
        case .stop(let keep):
            keptAtEnd = keep
            if case .policy(EarlyStoppingPolicy.name) = author {
                endReason = .earlyStopping
            } else {
                endReason = .stopped
            }
        }
        reports.append(
            .receipt(
                Receipt(
                    position: state.position, author: author, command: command,
                    outcome: changesRate ? .accepted(old: oldRate, new: nextRate) : .accepted(old: nil, new: nil))))
        // An evaluation under way goes on; its phase is set again when it does.
        if phase != .evaluating { setPhase(pauseReason.map(RunPhase.paused) ?? .training) }
        reportProgress()
    }

    private func refusal(of command: RunCommand, author: Author) -> String? {
        if endReason != nil || isEnding { return "the run is ending" }
        if command == .evaluate, isEvaluating { return "an evaluation is already under way" }
        // Commands act on what is asked for, not on what the phase shows while an evaluation runs.
        let asked = pauseReason.map(RunPhase.paused) ?? .training
        let rules = CommandRules(
            phase: asked, control: state.control, learningRate: nextRate,
            hasValidation: material.validation != nil,
            canResume: options.canSteer || (author == .script && script.endsPause(at: step)),
            stepsLeft: totalSteps - step, stepsPerEpoch: stepsPerEpoch)
        return rules.refusal(of: command, from: author)
    }
}
