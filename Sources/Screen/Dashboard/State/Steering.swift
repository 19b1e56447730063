import History
import Runs

/// What the person asks of the run: keys that collect or wait a moment before they become commands, and what stands against
/// them.
package struct Steering: Sendable {
    /// Rate presses that wait to become one command.
    package var stagedRate: StagedRate?
    /// What other steering keys asked for and what waits a moment before it is sent.
    package var heldCommands: [HeldCommand] = []
    /// A pause (true) or resume (false) that was sent and has no receipt yet.
    package var awaitedPause: Bool?
    /// A confirmed quit or a detaching: it waits as steering keys do.
    package var leaving: Leaving?
    /// Keeps stray input from steering.
    package var inputGuard = InputGuard()
    /// Where the person was before each of the last printable keys, at most four; see `InputGuard`.
    package var recentPlaces: [Whereabouts] = []
    /// The last press of the key that pauses and resumes.
    private var pausePress = PausePress()
    /// Steering keys do nothing and say so.
    package var isReadOnly: Bool

    /// How the dashboard is to close, and when.
    package struct Leaving: Hashable, Sendable {
        /// How it closes.
        package let exit: DashboardState.Exit
        /// When, unless a burst of typing drops it.
        package let dueAt: Double
    }

    /// Nothing waits.
    package init(isReadOnly: Bool = false) { self.isReadOnly = isReadOnly }

    /// How long rate presses collect after the last one, in seconds.
    package static let collecting = 0.5

    // MARK: What stands against it

    /// Why nothing may change the run now; nil where it may.
    func refusal(_ phase: RunPhase, at now: Double) -> String? {
        if isReadOnly { return "read only: this run cannot be steered from here" }
        if phase.isFinished { return "the run has ended" }
        if !inputGuard.allowsSteering(at: now) { return "ignored, it came right after Esc, a resize or a focus change" }
        return nil
    }

    /// Takes a printable key pressed outside a prompt.
    /// - Parameter here: where the person is before the key.
    /// - Returns: whether the key was meant for this window and, where it was the fourth of a burst, the place to go back to.
    mutating func take(
        _ character: Character, from here: @autoclosure () -> Whereabouts, at now: Double
    ) -> (isMeant: Bool, goesBack: Whereabouts?) {
        switch inputGuard.take(character, now: now) {
        case .fine:
            recentPlaces.append(here())
            if recentPlaces.count >= InputGuard.burstLength { recentPlaces.removeFirst() }
            return (true, nil)
        case .burst:
            dropWaiting()
            defer { recentPlaces = [] }
            return (false, recentPlaces.first)
        case .typing: return (false, nil)
        }
    }

    // MARK: What waits

    /// Whether anything waits to be sent.
    var isWaiting: Bool { stagedRate != nil || !heldCommands.isEmpty || leaving != nil }

    /// The rate after the presses collected so far, nil where none wait.
    package func stagedLearningRate(from status: RunStatus) -> Double? {
        stagedRate.map { status.learningRate * $0.factor }
    }

    /// What the next press of the key that pauses does: whether the run stands still once everything asked for has happened.
    package func willBePaused(_ phase: RunPhase) -> Bool {
        for held in heldCommands.reversed() {
            if held.command == .pause { return true }
            if held.command == .resume { return false }
        }
        return awaitedPause ?? phase.isPaused
    }

    /// Takes a key that asks something of the run without a sheet.
    /// - Parameter keys: how it calls other keys.
    /// - Returns: what is to be said about it.
    mutating func take(_ command: KeyCommand, _ run: RunHistory, keys: KeyTable, at now: Double) -> Remark? {
        switch command {
        case .togglePause: return togglePause(run.status.phase, at: now)
        case .singleStep: return stepOnce(run.status.phase, keys: keys, at: now)
        case .rateUp: return stage(factor: 2, at: now)
        case .rateDown: return stage(factor: 0.5, at: now)
        case .followSchedule:
            stagedRate = nil
            return hold(.followSchedule, at: now)
        case .undo:
            let waiting = heldCommands.count { $0.command == .undo }
            guard run.status.progress.undoable > waiting else { return Remark("no change by hand is left to undo") }
            return hold(.undo, at: now)
        case .evaluate: return run.refusal(of: .evaluate).map { Remark($0) } ?? hold(.evaluate, at: now)
        case .checkpoint: return run.refusal(of: .checkpoint).map { Remark($0) } ?? hold(.checkpoint, at: now)
        default: return nil
        }
    }

    private mutating func togglePause(_ phase: RunPhase, at now: Double) -> Remark? {
        if pausePress.repeats(at: now) {
            // The key is held down, and has been since the press before the last one.
            switch pausePress.takeUndoing() {
            case .added(let command): heldCommands.removeAll { $0.command == command }
            case .removed(let commands): heldCommands += commands
            case nil: return nil
            }
            return heldCommands.last.map { Remark(EventWords.asked($0.command), for: 1) } ?? Remark("", for: 0)
        }
        guard let waiting = heldCommands.lastIndex(where: { $0.command == .pause || $0.command == .resume }) else {
            let command: RunCommand = willBePaused(phase) ? .resume : .pause
            pausePress.act(.added(command), at: now)
            return hold(command, at: now)
        }
        // The steps asked for after a pause that does not come make no sense.
        pausePress.act(.removed(Array(heldCommands[waiting...])), at: now)
        heldCommands.removeSubrange(waiting...)
        return Remark("dropped")
    }

    private mutating func stepOnce(_ phase: RunPhase, keys: KeyTable, at now: Double) -> Remark {
        guard willBePaused(phase) else {
            let pause = keys.name(of: .togglePause).map { " (\($0))" } ?? ""
            return Remark("pause first\(pause): \(keys.name(of: .singleStep) ?? "this") makes one step while paused")
        }
        guard case .step(let count)? = heldCommands.last?.command else { return hold(.step(1), at: now) }
        heldCommands.removeLast()
        return hold(.step(count + 1), at: now)
    }

    /// Keeps a command until a burst of typing would have dropped it.
    mutating func hold(_ command: RunCommand, at now: Double) -> Remark {
        // Who undoes twice means two changes.
        if command != .undo { heldCommands.removeAll { $0.command == command } }
        heldCommands.append(HeldCommand(command: command, dueAt: now + InputGuard.hold))
        return Remark(EventWords.asked(command), for: 1)
    }

    /// Collects a rate press, at most ×8 or ÷8 at a time.
    private mutating func stage(factor: Double, at now: Double) -> Remark? {
        let wanted = (stagedRate?.factor ?? 1) * factor
        let allowed = min(max(wanted, 1.0 / 8), 8)
        stagedRate = allowed == 1 ? nil : StagedRate(factor: allowed, dueAt: now + Self.collecting)
        return allowed != wanted ? Remark("at most ×8 or ÷8 at a time") : nil
    }

    /// Forgets everything that waits to be sent.
    mutating func dropWaiting() {
        stagedRate = nil
        heldCommands = []
        leaving = nil
    }

    // MARK: Sending

    /// The effect that sends a command, remembering what it will make of the phase.
    mutating func send(_ command: RunCommand) -> Effect {
        if command == .pause { awaitedPause = true }
        if command == .resume { awaitedPause = false }
        return .send(command)
    }

    /// The collected rate presses as one command.
    mutating func sendStagedRate() -> [Effect] {
        guard let staged = stagedRate else { return [] }
        stagedRate = nil
        return staged.factor == 1 ? [] : [send(.scaleLearningRate(staged.factor))]
    }

    /// Sends what has waited long enough for a burst of typing to drop it.
    /// - Parameter isOver: nothing can be sent any more.
    /// - Returns: what is sent and, where a confirmed quit is due, how the dashboard closes.
    mutating func sendDue(at now: Double, isOver: Bool) -> (effects: [Effect], exit: DashboardState.Exit?) {
        guard isWaiting else { return ([], nil) }
        if isOver {
            defer { dropWaiting() }
            // The run came to its end while the quit was waiting.
            return ([], leaving == nil ? nil : .done)
        }
        guard inputGuard.allowsSteering(at: now) else { return ([], nil) }
        let due = heldCommands.filter { $0.dueAt <= now }
        heldCommands.removeAll { $0.dueAt <= now }
        var effects = due.map { send($0.command) }
        if let staged = stagedRate, staged.dueAt <= now { effects += sendStagedRate() }
        guard let leaving, leaving.dueAt <= now else { return (effects, nil) }
        dropWaiting()
        return (effects, leaving.exit)
    }

    // MARK: Answers

    /// Forgets a pause that has come, or that cannot come any more.
    mutating func follow(_ phase: RunPhase) {
        if awaitedPause == phase.isPaused || phase.isFinished { awaitedPause = nil }
    }

    /// Forgets a pause that has its receipt.
    mutating func take(_ receipt: Receipt) {
        if receipt.command == .pause || receipt.command == .resume { awaitedPause = nil }
    }
}

/// Where the person was before a key: what a burst of typing for another window is taken back to.
package struct Whereabouts: Hashable, Sendable {
    let view: ViewPlace
    let overlay: Overlay?
    let isFrozen: Bool
}
