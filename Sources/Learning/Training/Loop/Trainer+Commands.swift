import Machine
import Plans
import Runs

extension Trainer {
    /// Acts on everything due at this boundary: the script's commands for it first, then what came into the mailbox.
    ///
    /// What stands behind an `evaluate` waits until that is done, so that nothing accepted is left undone.
    func takeCommands() {
        let hadSomebody = state.lifecycle.limits.canSteer
        state.lifecycle.limits.canSteer = mailbox.isAttended
        if hadSomebody, !mailbox.isAttended { state.lifecycle.leaveAlone() }
        while !state.lifecycle.isEnding, !state.lifecycle.isEvaluationAsked,
            let entry = mailbox.nextScripted(at: state.position)
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
        if mailbox.isInterrupted {
            state.lifecycle.interrupt()
            mailbox.beginSaving()
        }
    }

    /// Receipts for the scripted commands that no step came for.
    func refuseTheScript() {
        for entry in mailbox.takeScripted() {
            let branch = entry.branch.flatMap { $0 == state.position.branch ? nil : " of branch \($0)" } ?? ""
            answer(entry.command, entry.author, .refused("the run ended before step \(entry.step ?? step)\(branch)"))
        }
    }

    /// Goes back to the latest sound weights at a third of the rate; whether there are any.
    func goBack() -> Bool {
        if state.snapshot.memory.ranAway != nil {
            reports.append(.note(.run, "the loss has run away: the weights are ruined", state.position))
        }
        return apply(
            .restore(Restoration(from: .snapshot, scale: 1.0 / 3)), author: .run,
            isAtOnce: state.lifecycle.goesBackAfterUpdate)
    }

    /// Does again what the run did by itself right after the update before; a replay's.
    func takeDeedsAtOnce() {
        while let entry = mailbox.nextAtOnce(at: state.position) {
            apply(entry.command, author: entry.author, isAtOnce: true)
        }
    }

    /// Does what a command asks for, or refuses, and gives the receipt; whether it was done.
    ///
    /// - Parameter isAtOnce: whether it is done right after an update, ahead of an evaluation.
    @discardableResult
    func apply(_ command: RunCommand, author: Author, isAtOnce: Bool = false) -> Bool {
        if let reason = refusal(of: command, author: author) {
            answer(command, author, .refused(reason))
            return false
        }
        if case .note(let text) = command {
            reports.append(.note(author, text, state.position))
            return true
        }
        if case .rewind(let rewind) = command { return goBack(in: rewind, author: author) }
        if case .findLearningRate(let test) = command {
            hold(test, author: author)
            return true
        }
        if command == .check {
            holdCheck(author: author)
            return true
        }
        if case .race(let race) = command {
            hold(race, author: author)
            return true
        }
        let oldRate = nextRate
        let changesRate = state.rate.take(
            command, from: author, at: step, schedule: plannedSchedule, stepsPerEpoch: stepsPerEpoch)
        // What a look said of the update that is due was at the old rate.
        if measuredStep == step, nextRate != oldRate { measuredStep = -1 }
        let restored = restore(command, byItself: author == .run)
        if command.changesNumbers {
            state.course.note(.init(command: command, author: author, step: step, isAtOnce: isAtOnce))
        }
        let tuned = tune(command)
        state.lifecycle.accept(command, from: author)
        answer(
            command, author,
            tuned ?? (changesRate ? .accepted(old: oldRate, new: nextRate) : .accepted(old: nil, new: nil)),
            restored: restored)
        if command == .checkpoint { keeping.ask() }
        if case .save(let path) = command { keeping.save(state, to: path, mailbox.waiting, reports: reports) }
        // An evaluation under way goes on; its phase is set again when it does.
        if phase != .evaluating { setPhase(askedPhase) }
        reportProgress()
        return true
    }

    /// Goes back to the weights that a command asks for, if it does; the updates that they have seen.
    private func restore(_ command: RunCommand, byItself: Bool) -> Int? {
        guard case .restore(let restoration) = command else { return nil }
        measuredStep = -1
        state.snapshot.forgetRunningAway(byItself: byItself)
        switch restoration.from {
        case .snapshot:
            state.network.copy(from: state.snapshot.network)
            state.optimizer.copy(from: state.snapshot.optimizer)
            return state.snapshot.memory.point?.step
        case .best:
            if let best = state.best.network { state.network.copy(from: best) }
            state.optimizer.reset()
            return state.best.report?.position.step
        }
    }

    private func refusal(of command: RunCommand, author: Author) -> String? {
        if state.lifecycle.isEnding { return "the run is ending" }
        if command == .evaluate, state.lifecycle.isEvaluating { return "an evaluation is already under way" }
        if case .save(let path) = command, FileStatus.exists(path) { return "\(path): there is a file already" }
        if command.needsStandstill, state.lifecycle.isWithinEvaluation {
            return "an evaluation of the weights is under way"
        }
        // Commands act on what is asked for, not on what the phase shows while an evaluation runs.
        var rules = CommandRules(
            phase: askedPhase, control: state.rate.control, learningRate: nextRate,
            hasValidation: state.lifecycle.limits.hasValidation,
            canResume: state.lifecycle.limits.canSteer || (author == .person && options.isReachable)
                || (author == .script && mailbox.scriptEndsPause(at: step)),
            stepsLeft: totalSteps - step, stepsPerEpoch: stepsPerEpoch)
        rules.step = step
        rules.course = state.epochs
        rules.plannedRate = schedule.rate(at: step)
        rules.canUndo = !state.rate.undoable.isEmpty
        rules.snapshot = state.snapshot.memory.point
        rules.keepsCheckpoints = keeping.keepsCheckpoints
        rules.hasBest = state.best.report != nil
        rules.earliestMoment = keeping.momentsKept?.earliest
        return rules.refusal(of: command, from: author) ?? tuningRefusal(of: command)
    }

    func answer(
        _ command: RunCommand, _ author: Author, _ outcome: Receipt.Outcome, restored: Int? = nil
    ) {
        let receipt = Receipt(
            position: state.position, author: author, command: command, outcome: outcome, restored: restored)
        checkup?.take(receipt)
        reports.append(.receipt(receipt))
    }
}
