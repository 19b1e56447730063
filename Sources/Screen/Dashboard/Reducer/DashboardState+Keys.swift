import Cells
import Runs

extension DashboardState {
    /// Takes a key: first those that are valid everywhere, then the overlay's, then the screen's.
    mutating func press(_ key: InputEvent.Key) -> [Effect] {
        if key == .escape { guardState.hush(now: now) }
        let command = keys.command(for: key, on: screen)
        switch command {
        case .interrupt: return interrupt()
        case .suspend:
            say(isReadOnly ? "suspended until fg" : "suspended: training stands still until fg")
            return [.suspend]
        case .redraw: return [.redraw]
        default: break
        }
        if let overlay, isPrompt(overlay) { return press(key, in: overlay) }
        if case .character(let character) = key, !isOneOfTheUsers(character, moves: command?.moves ?? false) {
            return []
        }
        if let overlay { return press(key, in: overlay) }
        return command.map { perform($0) } ?? []
    }

    /// Whether a printable key was meant for this window; drops what a burst began, and says so.
    private mutating func isOneOfTheUsers(_ character: Character, moves: Bool) -> Bool {
        let here = place
        switch guardState.take(character, moves: moves, now: now) {
        case .fine:
            recentPlaces.append(here)
            if recentPlaces.count >= InputGuard.burstLength { recentPlaces.removeFirst() }
            return true
        case .burst:
            dropWaiting()
            if let before = recentPlaces.first { go(back: before) }
            recentPlaces = []
        case .typing: break
        }
        say("looks like typing for another window: nothing was changed", isTrouble: true)
        return false
    }

    private func isPrompt(_ overlay: Overlay) -> Bool {
        switch overlay {
        case .palette, .search, .rate, .schedule, .form: true
        case .help, .stop, .quit: false
        }
    }

    private mutating func perform(_ command: KeyCommand) -> [Effect] {
        switch command {
        case .quit: quit()
        case .lookCloser where stagedRate != nil: return applyStagedRate()
        case .back where stagedRate != nil || !heldCommands.isEmpty || quitsAt != nil:
            dropWaiting()
            say("dropped")
        case .palette: open(.palette(TextField()))
        case .search: open(.search(TextField()))
        case .help: open(.help(scroll: 0))
        case .themes: openThemes()
        case .export: openExport()
        case .note: openNote()
        default:
            if command.steers { steer(command) } else { view(command) }
        }
        return []
    }

    /// Opens an overlay, which takes the keys from now on.
    mutating func open(_ overlay: Overlay) {
        self.overlay = overlay
        overlayOpenedAt = now
        paletteError = nil
    }

    /// Asks before quitting while the run is alive here; leaves at once where it is over or goes on elsewhere.
    mutating func quit() {
        if phase.isFinished || isReadOnly {
            exit = .done
        } else {
            open(.quit(openedAt: now))
        }
    }

    /// Ctrl-C: the quit sheet; again within 2 s interrupts the run.
    private mutating func interrupt() -> [Effect] {
        if phase.isFinished || isReadOnly {
            exit = .done
        } else if let earlier = interruptedAt, now - earlier <= 2 {
            dropWaiting()
            exit = .interrupted
        } else {
            interruptedAt = now
            open(.quit(openedAt: now))
        }
        return []
    }

    /// Enter while rate presses are collected.
    private mutating func applyStagedRate() -> [Effect] {
        if let reason = steeringRefusal {
            say(reason, isTrouble: true)
            return []
        }
        return sendStagedRate()
    }
}
