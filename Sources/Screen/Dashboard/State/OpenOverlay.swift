import Cells
import History
import Runs

/// The sheet, prompt or overlay that is open, if any, and since when.
package struct OpenOverlay: Hashable, Sendable {
    /// What takes the keys, if anything does.
    package var shown: Overlay?
    /// When it was opened: what decides in it is ignored at first.
    package var openedAt: Double = -.infinity
    /// What is wrong with the palette's text, said under the field.
    package var paletteError: String?
    /// When Ctrl-C asked whether to quit: again within 2 s interrupts.
    package var interruptedAt: Double?

    /// Nothing open.
    package init() {}

    /// The editor of the rest of the schedule, nil while it is closed.
    package var scheduleSheet: ScheduleSheet? { if case .schedule(let sheet)? = shown { sheet } else { nil } }

    /// What the editor would do, nil while it is closed.
    package func scheduleDraft(of run: RunHistory) -> ScheduleDraft? {
        scheduleSheet.map { ScheduleDraft($0, status: run.status, description: run.description) }
    }

    /// What the rate sheet's or the palette's text would do to the rate, nil while neither has one that would.
    package func rateDraft(of run: RunHistory) -> RateDraft? {
        switch shown {
        case .rate(let sheet): RateDraft(sheet, status: run.status, description: run.description)
        case .palette(let field): PaletteOrder.rateDraft(field.text, of: run)
        default: nil
        }
    }

    /// What the palette's text would make of a number beside the rate, nil while it is about none.
    package func numberDraft(of run: RunHistory) -> String? {
        if case .palette(let field) = shown { PaletteOrder.numberDraft(field.text, of: run) } else { nil }
    }

    /// Opens an overlay, which takes the keys from now on.
    mutating func open(_ overlay: Overlay, at now: Double) {
        shown = overlay
        openedAt = now
        paletteError = nil
    }

    /// Closes what is open.
    mutating func close() {
        shown = nil
        paletteError = nil
        interruptedAt = nil
    }

    /// Closes what asks about a run that has just ended or gone on.
    mutating func follow(_ run: RunHistory, after before: RunPhase) {
        let phase = run.status.phase
        if case .notFinite? = shown, phase != .paused(.notFinite) { close() }
        // Somebody else has chosen.
        if case .race(let sheet)? = shown, sheet.isOver(in: run) { close() }
        guard phase.isFinished, !before.isFinished else { return }
        switch shown {
        case .rate, .schedule, .stop, .notFinite, .quit, .rewind, .race, .rateTest, .check:
            shown = nil
            interruptedAt = nil
        case .help, .palette, .search, .form, .findings, nil: break
        }
    }

    /// Takes a key while something is open.
    /// - Returns: what it comes to outside the overlay.
    mutating func press(_ key: InputEvent.Key, in situation: Situation) -> OverlayAnswer {
        guard let shown else { return .nothing }
        if key == .escape {
            defer { close() }
            let dropping = shown.dropping
            if !dropping.isEmpty { return .hold(dropping) }
            return .dropped(theme: themeBefore(situation.person))
        }
        switch shown {
        case .help(let scroll): pressInHelp(key, scroll: scroll, situation)
        case .palette(let field): return pressInPalette(key, field, situation)
        case .search(let field): return pressInSearch(key, field)
        case .rate(var sheet):
            if let command = sheet.press(key, in: situation) { return finish(.send(command)) }
            self.shown = .rate(sheet)
        case .schedule(var sheet):
            if let change = sheet.press(key, in: situation) { return finish(.send(.setSchedule(change))) }
            self.shown = .schedule(sheet)
        case .form(let form): return press(key, in: form, situation)
        case .rewind(var sheet):
            if let movement = RewindSheet.movement(of: key) { return .along(movement) }
            if let command = sheet.press(key, in: situation) { return finish(.send(command)) }
            self.shown = .rewind(sheet)
        case .race(var sheet):
            let answer = sheet.press(key, in: situation)
            self.shown = .race(sheet)
            if case .hold = answer { close() }
            return answer
        case .rateTest(var sheet):
            let answer = sheet.press(key, in: situation)
            self.shown = .rateTest(sheet)
            if case .hold = answer { close() }
            return answer
        case .check(var sheet):
            let answer = sheet.press(key, in: situation)
            self.shown = .check(sheet)
            if case .hold = answer { close() }
            return answer
        case .findings(var sheet):
            let answer = sheet.press(key, in: situation)
            self.shown = .findings(sheet)
            if case .hold = answer { close() }
            return answer
        case .stop(let openedAt): return pressInStop(key, openedAt: openedAt, situation)
        case .notFinite(let openedAt): return pressInNotFinite(key, openedAt: openedAt, situation)
        case .quit(let openedAt): return pressInQuit(key, openedAt: openedAt, situation)
        }
        return .nothing
    }

    private mutating func finish(_ answer: OverlayAnswer) -> OverlayAnswer {
        close()
        return answer
    }

    private mutating func pressInHelp(_ key: InputEvent.Key, scroll: Int, _ situation: Situation) {
        switch situation.person.keys.command(for: key, on: situation.view.screen) {
        case .help, .quit, .lookCloser: close()
        case .up: scrollHelp(by: -1, in: situation)
        case .down: scrollHelp(by: 1, in: situation)
        case .pageUp: scrollHelp(by: -10, in: situation)
        case .pageDown: scrollHelp(by: 10, in: situation)
        case .top: shown = .help(scroll: 0)
        case .bottom, .fit: shown = .help(scroll: situation.helpPage.lastScroll)
        default: break
        }
    }

    /// Scrolls the help, where it is open, down by so many rows.
    mutating func scrollHelp(by rows: Int, in situation: Situation) {
        guard case .help(let scroll)? = shown else { return }
        shown = .help(scroll: rows < 0 ? max(0, scroll + rows) : min(situation.helpPage.lastScroll, scroll + rows))
    }

    private mutating func pressInSearch(_ key: InputEvent.Key, _ field: TextField) -> OverlayAnswer {
        var field = field
        if key == .enter { return finish(.search(field.text)) }
        if field.edit(key) { shown = .search(field) }
        return .nothing
    }

    private mutating func pressInStop(
        _ key: InputEvent.Key, openedAt: Double, _ situation: Situation
    ) -> OverlayAnswer {
        let kept: KeptWeights
        switch key {
        case .enter:
            if situation.now - openedAt >= InputGuard.sheet { close() }
            return .nothing
        case .character("b"): kept = .best
        case .character("l"): kept = .last
        default: return .nothing
        }
        if let reason = situation.sheetRefusal(openedAt: openedAt) { return .say(.trouble(reason)) }
        return finish(.stop(keep: kept))
    }

    private mutating func pressInNotFinite(
        _ key: InputEvent.Key, openedAt: Double, _ situation: Situation
    ) -> OverlayAnswer {
        if key == .enter {
            if situation.now - openedAt >= InputGuard.sheet { close() }
            return .nothing
        }
        guard case .character(let character) = key, let choice = NotFiniteChoice(character) else { return .nothing }
        if let reason = situation.sheetRefusal(openedAt: openedAt) { return .say(.trouble(reason)) }
        let run = situation.run.live
        guard choice.isOffered(to: run) else { return .nothing }
        guard choice != .stop else {
            open(.stop(openedAt: situation.now), at: situation.now)
            return .nothing
        }
        return finish(.hold(choice.commands(for: run)))
    }

    private mutating func pressInQuit(
        _ key: InputEvent.Key, openedAt: Double, _ situation: Situation
    ) -> OverlayAnswer {
        switch key {
        case .enter, .character("n"):
            if situation.now - openedAt >= InputGuard.sheet { close() }
        case .character("y"):
            if let reason = situation.leavingRefusal(openedAt: openedAt) { return .say(.trouble(reason)) }
            return finish(.quit)
        case .character("d") where !situation.run.phase.isFinished && situation.run.live.canGoOnAlone:
            if let reason = situation.leavingRefusal(openedAt: openedAt) { return .say(.trouble(reason)) }
            return finish(.detach)
        case .character("w") where situation.keeping.isOffered:
            if let reason = situation.leavingRefusal(openedAt: openedAt) { return .say(.trouble(reason)) }
            openSave(in: situation)
        default: break
        }
        return .nothing
    }

    private mutating func pressInPalette(
        _ key: InputEvent.Key, _ field: TextField, _ situation: Situation
    ) -> OverlayAnswer {
        var field = field
        switch key {
        case .enter:
            do throws(PaletteError) {
                guard let order = try PaletteOrder(field.text, openedAt: openedAt, in: situation) else {
                    return finish(.nothing)
                }
                return .perform(order)
            } catch {
                paletteError = error.reason
                return .nothing
            }
        case .tab: field = TextField(PaletteCommand.completion(of: field.text, in: situation))
        default: guard field.edit(key) else { return .nothing }
        }
        paletteError = nil
        shown = .palette(field)
        return .nothing
    }

    /// Fills the prompt that is open; pasted text does nothing else.
    /// - Returns: what is to be said where there is none.
    mutating func paste(_ text: String) -> Remark? {
        switch shown {
        case .palette(var field):
            field.paste(text)
            paletteError = nil
            shown = .palette(field)
        case .search(var field):
            field.paste(text)
            shown = .search(field)
        case .rate(var sheet):
            sheet.field.paste(text)
            sheet.error = nil
            shown = .rate(sheet)
        case .form(var form):
            guard form.paste(text) else { return Remark("pasted text does nothing here", for: 2) }
            shown = .form(form)
        case .schedule(var sheet):
            sheet.type(text)
            shown = .schedule(sheet)
        case .rewind(var sheet):
            sheet.field.paste(text)
            sheet.error = nil
            shown = .rewind(sheet)
        case .race(var sheet) where !sheet.isStarted:
            sheet.field.paste(text)
            shown = .race(sheet)
        case .help, .race, .rateTest, .check, .findings, .stop, .notFinite, .quit, nil:
            return Remark("pasted text does nothing here", for: 2)
        }
        return nil
    }
}
