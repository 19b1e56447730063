import Runs

extension DashboardState {
    /// Why nothing may change the run now; nil where it may.
    var steeringRefusal: String? {
        if isReadOnly { return "read only: this run cannot be steered from here" }
        if phase.isFinished { return "the run has ended" }
        if !guardState.allowsSteering(at: now) { return "ignored, it came right after Esc, a resize or a focus change" }
        return nil
    }

    /// Takes a steering key. What it asks for waits a moment before it is sent; see `InputGuard`.
    mutating func steer(_ command: KeyCommand) {
        if let reason = steeringRefusal {
            say(reason, isTrouble: true)
            return
        }
        switch command {
        case .togglePause: togglePause()
        case .singleStep: stepOnce()
        case .rateUp: stage(factor: 2)
        case .rateDown: stage(factor: 0.5)
        case .rateSheet: open(.rate(Overlay.RateSheet(openedAt: now)))
        case .editSchedule: editSchedule()
        case .stopSheet: open(.stop(openedAt: now))
        case .followSchedule:
            stagedRate = nil
            hold(.followSchedule)
        case .evaluate:
            guard live.description.hasValidation else {
                say("no validation set to evaluate on")
                return
            }
            hold(.evaluate)
        default: break
        }
    }

    private mutating func togglePause() {
        if let waiting = heldCommands.lastIndex(where: { $0.command == .pause || $0.command == .resume }) {
            // The steps asked for after a pause that does not come make no sense.
            heldCommands.removeSubrange(waiting...)
            say("dropped")
        } else {
            hold(willBePaused ? .resume : .pause)
        }
    }

    private mutating func stepOnce() {
        guard willBePaused else {
            say("pause first (space): . makes one step while paused")
            return
        }
        if case .step(let count)? = heldCommands.last?.command {
            heldCommands.removeLast()
            hold(.step(count + 1))
        } else {
            hold(.step(1))
        }
    }

    mutating func hold(_ command: RunCommand) {
        heldCommands.removeAll { $0.command == command }
        heldCommands.append(HeldCommand(command: command, dueAt: now + InputGuard.hold))
        say(EventWords.asked(command), for: 1)
    }

    /// Collects a rate press, at most ×8 or ÷8 at a time.
    private mutating func stage(factor: Double) {
        let wanted = (stagedRate?.factor ?? 1) * factor
        let allowed = min(max(wanted, 1.0 / 8), 8)
        if allowed != wanted { say("at most ×8 or ÷8 at a time") }
        stagedRate = allowed == 1 ? nil : StagedRate(factor: allowed, dueAt: now + Self.collecting)
    }

    /// How long rate presses collect after the last one, in seconds.
    package static let collecting = 0.5
}
