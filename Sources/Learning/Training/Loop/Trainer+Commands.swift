import Plans
import Runs

extension Trainer {
    /// Acts on everything due at this boundary: the script's commands for it first, then what came into the mailbox.
    ///
    /// What stands behind an `evaluate` waits until that is done, so that nothing accepted is left undone.
    func takeCommands() {
        while !state.lifecycle.isEnding, !state.lifecycle.isEvaluationAsked,
            let entry = mailbox.nextScripted(before: step)
        {
            apply(entry.command, author: entry.author)
        }
        takeMail()
    }

    /// Acts on what has come in alone; also between the batches of an evaluation.
    func takeMail() {
        while !state.lifecycle.isEvaluationAsked, let entry = mailbox.nextArrived() {
            apply(entry.command, author: entry.author)
        }
        if mailbox.isInterrupted { state.lifecycle.interrupt() }
    }

    /// Receipts for the scripted commands that no step came for.
    func refuseTheScript() {
        for entry in mailbox.takeScripted() {
            answer(entry.command, entry.author, .refused("the run ended before step \(entry.step ?? step)"))
        }
    }

    /// Does what a command asks for, or refuses, and gives the receipt.
    private func apply(_ command: RunCommand, author: Author) {
        if let reason = refusal(of: command, author: author) { return answer(command, author, .refused(reason)) }
        if case .note(let text) = command { return reports.append(.note(author, text, state.position)) }
        let oldRate = nextRate
        let changesRate = changeRate(command)
        state.lifecycle.accept(command, from: author)
        answer(command, author, changesRate ? .accepted(old: oldRate, new: nextRate) : .accepted(old: nil, new: nil))
        // An evaluation under way goes on; its phase is set again when it does.
        if phase != .evaluating { setPhase(askedPhase) }
        reportProgress()
    }

    /// Does what a command asks of the rate; whether it asks for that.
    private func changeRate(_ command: RunCommand) -> Bool {
        switch command {
        case .setLearningRate(let rate): state.control = .held(rate)
        case .scaleLearningRate(let factor): state.control = state.control.scaled(by: factor)
        case .followSchedule: state.control = .planned
        case .setSchedule(let change):
            state.rests =
                schedule.replacingRest(from: step, by: change, control: state.control, stepsPerEpoch: stepsPerEpoch)
                .rests
            state.control = .planned
        default: return false
        }
        return true
    }

    private func refusal(of command: RunCommand, author: Author) -> String? {
        if state.lifecycle.isEnding { return "the run is ending" }
        if command == .evaluate, state.lifecycle.isEvaluating { return "an evaluation is already under way" }
        // Commands act on what is asked for, not on what the phase shows while an evaluation runs.
        let rules = CommandRules(
            phase: askedPhase, control: state.control, learningRate: nextRate,
            hasValidation: state.lifecycle.limits.hasValidation,
            canResume: state.lifecycle.limits.canSteer || (author == .script && mailbox.scriptEndsPause(at: step)),
            stepsLeft: totalSteps - step, stepsPerEpoch: stepsPerEpoch)
        return rules.refusal(of: command, from: author)
    }

    private func answer(_ command: RunCommand, _ author: Author, _ outcome: Receipt.Outcome) {
        reports.append(
            .receipt(Receipt(position: state.position, author: author, command: command, outcome: outcome)))
    }
}
