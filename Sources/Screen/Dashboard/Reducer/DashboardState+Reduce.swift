import Cells
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

    /// Shows a short word, where there is one.
    mutating func say(_ remark: Remark?) {
        if let remark { notices.say(remark, at: clock.now) }
    }

    private mutating func sendDue() -> [Effect] {
        let isOver = exit != nil || steering.isReadOnly || run.phase.isFinished
        let due = steering.sendDue(at: clock.now, isOver: isOver)
        if exit == nil { exit = due.exit }
        return due.effects
    }

    /// Takes what happened in the run.
    private mutating func absorb(_ changes: RunChanges) -> [Effect] {
        let known = run.live.events.count
        let isNews = run.isFollowing
        run.take(changes, at: clock)
        if !run.isFrozen {
            if view.log.scroll > 0 { view.log.scroll += changes.events.count }
            if view.story.scroll > 0 { view.story.scroll += changes.events.count }
        }
        story.follow(run.history)
        steering.follow(run.phase)
        overlay.follow(run.phase)
        view.keep(inside: run.history, rows: storyRows.count)
        if !run.isFrozen, view.charts.follows { view.charts.followEnd(on: shownSteps) }
        guard isNews else { return [] }
        for event in run.live.events.dropFirst(known) {
            if case .receipt(let receipt) = event.content { steering.take(receipt) }
        }
        return notices.tell(run.live, from: known, at: clock.now, bell: person.bell) ? [.bell] : []
    }
}
