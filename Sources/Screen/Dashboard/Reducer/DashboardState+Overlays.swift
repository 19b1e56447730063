import Cells
import Runs

extension DashboardState {
    /// Takes a key while an overlay is open.
    mutating func press(_ key: InputEvent.Key, in overlay: Overlay) -> [Effect] {
        if key == .escape {
            // Esc drops whatever waits, wherever it is pressed.
            let effects = dropping(overlay)
            dropWaiting()
            close()
            return effects
        }
        switch overlay {
        case .help(let scroll): pressInHelp(key, scroll: scroll)
        case .palette(let field): return pressInPalette(key, field)
        case .search(let field): pressInSearch(key, field)
        case .rate(let sheet): return pressInRate(key, sheet)
        case .form(let form): return press(key, in: form)
        case .schedule(let sheet): return pressInSchedule(key, sheet)
        case .stop(let openedAt): pressInStop(key, openedAt: openedAt)
        case .quit(let openedAt): pressInQuit(key, openedAt: openedAt)
        }
        return []
    }

    mutating func close() {
        overlay = nil
        paletteError = nil
        interruptedAt = nil
    }

    /// Fills the prompt that is open; pasted text does nothing else.
    mutating func paste(_ text: String) {
        switch overlay {
        case .palette(var field):
            field.paste(text)
            paletteError = nil
            overlay = .palette(field)
        case .search(var field):
            field.paste(text)
            overlay = .search(field)
        case .rate(var sheet):
            sheet.field.paste(text)
            sheet.error = nil
            overlay = .rate(sheet)
        case .form(let form): paste(text, into: form)
        case .schedule(var sheet):
            sheet.type(text)
            overlay = .schedule(sheet)
        case .help, .stop, .quit, nil: say("pasted text does nothing here", for: 2)
        }
    }

    /// Whether a sheet is old enough for what decides in it, and nothing else stands against steering.
    ///
    /// Text is taken at once (dropping the first characters of `0.01` would leave `1`); what decides is not.
    func sheetRefusal(openedAt: Double) -> String? {
        if now - openedAt < InputGuard.sheet { return "ignored, it came right after the sheet opened" }
        return steeringRefusal
    }

    private mutating func pressInHelp(_ key: InputEvent.Key, scroll: Int) {
        let last = HelpPage(self, size: size).lastScroll
        switch keys.command(for: key, on: screen) {
        case .help, .quit, .lookCloser: close()
        case .up: overlay = .help(scroll: max(0, scroll - 1))
        case .down: overlay = .help(scroll: min(last, scroll + 1))
        case .pageUp: overlay = .help(scroll: max(0, scroll - 10))
        case .pageDown: overlay = .help(scroll: min(last, scroll + 10))
        case .top: overlay = .help(scroll: 0)
        case .bottom, .fit: overlay = .help(scroll: last)
        default: break
        }
    }

    private mutating func pressInSearch(_ key: InputEvent.Key, _ field: TextField) {
        var field = field
        if key == .enter {
            close()
            search(for: field.text)
        } else if field.edit(key) {
            overlay = .search(field)
        }
    }

    private mutating func pressInRate(_ key: InputEvent.Key, _ sheet: Overlay.RateSheet) -> [Effect] {
        var sheet = sheet
        switch key {
        case .tab, .backTab:
            sheet.holds.toggle()
            sheet.error = nil
        case .enter:
            let draft = RateDraft(sheet, status: live.status)
            if let reason = sheetRefusal(openedAt: sheet.openedAt) {
                sheet.error = reason
            } else if let command = draft.command {
                close()
                return [send(command)]
            } else {
                sheet.error = draft.error ?? "type 0.01, *0.5 or /3"
            }
        default:
            if sheet.field.edit(key) { sheet.error = nil }
        }
        overlay = .rate(sheet)
        return []
    }

    private mutating func pressInStop(_ key: InputEvent.Key, openedAt: Double) {
        let kept: KeptWeights
        switch key {
        case .enter:
            if now - openedAt >= InputGuard.sheet { close() }
            return
        case .character("b"): kept = .best
        case .character("l"): kept = .last
        default: return
        }
        if let reason = sheetRefusal(openedAt: openedAt) {
            say(reason, isTrouble: true)
            return
        }
        close()
        dropWaiting()
        hold(.stop(keep: kept))
    }

    private mutating func pressInQuit(_ key: InputEvent.Key, openedAt: Double) {
        switch key {
        case .enter, .character("n"):
            if now - openedAt >= InputGuard.sheet { close() }
        case .character("y"), .character("q"):
            if let reason = sheetRefusal(openedAt: openedAt) {
                say(reason, isTrouble: true)
            } else {
                close()
                dropWaiting()
                quitsAt = now + InputGuard.hold
                say("quitting: the run is interrupted, last is saved", for: 2)
            }
        default: break
        }
    }
}
