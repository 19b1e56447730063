import Cells
import Charts
import Runs

extension DashboardState {
    /// Takes one action and says what the outside has to do. Time comes in with the actions: the same state and action always
    /// give the same state and effects.
    package mutating func reduce(_ action: Action) -> [Effect] {
        switch action {
        case .clock(let now):
            clock.advance(to: now)
            return sendDue()
        case .frame(let now, let timeOfDay, let changes):
            clock.advance(to: now)
            clock.timeOfDay = timeOfDay
            let effects = changes.map { absorb($0) } ?? []
            return effects + sendDue()
        case .resized(let size):
            window.size = size
            steering.inputGuard.hush(now: clock.now)
        case .printed(let bytes, let stream):
            let count = story.hear(bytes, stream, during: run.live, timeOfDay: clock.timeOfDay)
            if view.story.scroll > 0, !run.isFrozen { view.story.scroll += count }
            story.follow(run.history)
        case .measured(let cost): self.cost = cost
        case .exported(let request, let answer): say(overlay.take(answer, to: request))
        case .copied(let rows, let problem):
            say(
                problem.map { .trouble($0) }
                    ?? Remark("\(Figure.count(rows)) \(rows == 1 ? "row" : "rows") sent to the clipboard"))
        case .saved(let request, let answer): return take(answer, to: request)
        case .detached(let answer): take(answer)
        case .themed(let name, let problem):
            if let problem { say(.trouble(problem)) } else { person.themeName = name }
        case .interrupted: exit = .interrupted
        case .input(let event): return exit == nil ? take(event) : []
        }
        return []
    }

    private mutating func take(_ event: InputEvent) -> [Effect] {
        switch event {
        case .key(let key): return press(key)
        case .mouse(let mouse): point(mouse)
        case .paste(let text): say(overlay.paste(text))
        // What cannot be told may have been a focus report too.
        case .focus, .ignored: steering.inputGuard.hush(now: clock.now)
        }
        return []
    }

    /// Takes the answer to a save: leaves once the weights are there, ends a run that is alive once they can go there, or asks again.
    private mutating func take(_ answer: SaveAnswer, to request: SaveRequest) -> [Effect] {
        keeping.pending = nil
        let wasWriting = keeping.isWriting
        keeping.isWriting = answer == .writing
        switch answer {
        case .writing:
            overlay.close()
            say(Remark("writing the weights to \(request.path)", for: 3_600))
        case .written(let path):
            keeping.saved = path
            exit = .done
        case .possible:
            keeping.pending = SaveRequest(path: request.path, mayReplace: true)
            overlay.close()
            steering.dropWaiting()
            say(Remark("stopping: then the weights go to \(request.path)", for: 8))
            return [steering.send(.stop(keep: .last))]
        case .exists, .failed:
            if case .form(.save) = overlay.shown {
            } else {
                overlay.open(.form(.save(Form.SaveForm(field: TextField(request.path)))), at: clock.now)
            }
            overlay.take(answer, to: request)
            if wasWriting { say(.trouble("the weights are not written")) }
        }
        return []
    }

    /// Leaves once the run can go on without this terminal; else it stays, and says why.
    private mutating func take(_ answer: DetachAnswer) {
        switch answer {
        case .waiting: say(Remark("leaving as soon as a checkpoint is on the disk", for: 3_600))
        case .ready: if exit == nil { exit = run.phase.isFinished ? .done : .detached }
        case .refused(let reason): say(Remark("the run stays here: \(reason)", isTrouble: true, for: 8))
        }
    }

    /// Shows a short word, where there is one.
    mutating func say(_ remark: Remark?) {
        if let remark { notices.say(remark, at: clock.now) }
    }

    private mutating func sendDue() -> [Effect] {
        let isOver = exit != nil || steering.isReadOnly || run.phase.isFinished
        let due = steering.sendDue(at: clock.now, isOver: isOver)
        if due.exit == .detached { return due.effects + [.detach] }
        if exit == nil { exit = due.exit }
        return due.effects
    }

    /// Takes what happened in the run.
    private mutating func absorb(_ changes: RunChanges) -> [Effect] {
        let known = run.live.events.count
        let isNews = run.isFollowing
        let phase = run.phase
        run.take(changes, at: clock)
        if !run.isFrozen {
            if view.log.scroll > 0 { view.log.scroll += changes.events.count }
            if view.story.scroll > 0 { view.story.scroll += changes.events.count }
        }
        story.follow(run.history)
        steering.follow(run.phase)
        overlay.follow(run.live, after: phase)
        if run.phase == .racing, phase != .racing, overlay.shown == nil {
            overlay.open(.race(RaceSheet(watchedFrom: clock.now, wasPaused: phase.isPaused)), at: clock.now)
        }
        if run.phase == .paused(.notFinite), phase != run.phase, overlay.shown == nil, !steering.isReadOnly {
            overlay.open(.notFinite(openedAt: clock.now), at: clock.now)
        }
        view.keep(inside: run.history, rows: storyRows.count)
        if !run.isFrozen, view.charts.follows { view.charts.followEnd(on: shownSteps) }
        var effects: [Effect] = []
        if run.phase.isFinished, !phase.isFinished, let pending = keeping.pending { effects = [.save(pending)] }
        guard isNews else { return effects }
        for event in run.live.events.dropFirst(known) {
            if case .receipt(let receipt) = event.content { steering.take(receipt) }
        }
        return effects + (notices.tell(run.live, from: known, at: clock.now, bell: person.bell) ? [.bell] : [])
    }
}
