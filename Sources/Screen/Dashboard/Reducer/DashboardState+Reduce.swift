import Cells
import Runs

extension DashboardState {
    /// Takes one action and says what the outside has to do. Time comes in with the actions: the same state and action always
    /// give the same state and effects.
    package mutating func reduce(_ action: Action) -> [Effect] {
        switch action {
        case .clock(let now):
            advance(to: now)
            return sendDue()
        case .frame(let now, let timeOfDay, let changes):
            advance(to: now)
            self.timeOfDay = timeOfDay
            let effects = changes.map { absorb($0) } ?? []
            return effects + sendDue()
        case .resized(let size):
            self.size = size
            guardState.hush(now: now)
            return []
        case .printed(let bytes, let stream):
            hear(bytes, stream)
            return []
        case .measured(let cost):
            self.cost = cost
            return []
        case .input(let event):
            guard exit == nil else { return [] }
            return take(event)
        }
    }

    private mutating func take(_ event: InputEvent) -> [Effect] {
        switch event {
        case .key(let key): return press(key)
        case .mouse(let mouse): point(mouse)
        case .paste(let text): paste(text)
        // What cannot be told may have been a focus report too.
        case .focus, .ignored: guardState.hush(now: now)
        }
        return []
    }

    /// Shows a short word.
    mutating func say(_ text: String, isTrouble: Bool = false, for seconds: Double = 4) {
        message = Message(text: text, isTrouble: isTrouble, expires: now + seconds)
    }

    /// Clocks do not go back.
    private mutating func advance(to time: Double) { if time > now { now = time } }

    /// Sends what has waited long enough for a burst of typing to drop it.
    private mutating func sendDue() -> [Effect] {
        guard stagedRate != nil || !heldCommands.isEmpty || quitsAt != nil else { return [] }
        if exit != nil || isReadOnly || phase.isFinished {
            // The run came to its end while the quit was waiting.
            if quitsAt != nil, exit == nil { exit = .done }
            dropWaiting()
            return []
        }
        guard guardState.allowsSteering(at: now) else { return [] }
        let due = heldCommands.filter { $0.dueAt <= now }
        heldCommands.removeAll { $0.dueAt <= now }
        var effects = due.map { send($0.command) }
        if let staged = stagedRate, staged.dueAt <= now { effects += sendStagedRate() }
        if let quitsAt, quitsAt <= now {
            dropWaiting()
            exit = .quit
        }
        return effects
    }

    /// The collected rate presses as one command.
    mutating func sendStagedRate() -> [Effect] {
        guard let staged = stagedRate else { return [] }
        stagedRate = nil
        return staged.factor == 1 ? [] : [send(.scaleLearningRate(staged.factor))]
    }

    /// The effect that sends a command, remembering what it will make of the phase.
    mutating func send(_ command: RunCommand) -> Effect {
        if command == .pause { awaitedPause = true }
        if command == .resume { awaitedPause = false }
        return .send(command)
    }

    /// Forgets everything that waits to be sent.
    mutating func dropWaiting() {
        stagedRate = nil
        heldCommands = []
        quitsAt = nil
    }
}
