import Cells
import Charts
import Runs

extension DashboardState {
    /// Takes a key: first those that are valid everywhere, then the overlay's, then the screen's.
    mutating func press(_ pressed: InputEvent.Key) -> [Effect] {
        let key = overlay.shown?.takesText == true ? pressed : person.keys.known(pressed)
        if key == .escape { steering.inputGuard.hush(now: clock.now) }
        let command = person.keys.command(for: key, on: view.screen)
        switch command {
        case .interrupt:
            interrupt()
            return []
        case .suspend:
            say(Remark(steering.isReadOnly ? "suspended until fg" : "suspended: training stands still until fg"))
            return [.suspend]
        case .redraw: return [.redraw]
        default: break
        }
        if case .character(let character) = key, overlay.shown?.takesText != true,
            !isOneOfTheUsers(character)
        {
            return []
        }
        // A key that is held down does not answer the sheet that it opened.
        if case .character = key, overlay.shown?.isQuestion == true, steering.inputGuard.isRepeated { return [] }
        if overlay.shown != nil { return perform(overlay.press(key, in: situation)) }
        if command == .race, run.live.hasRaceToShow {
            overlay.open(.race(RaceSheet(watchedFrom: clock.now, wasPaused: false)), at: clock.now)
            return []
        }
        if command == nil, case .character(let character) = pressed, character.isLetter {
            say(notices.unknown(character, help: person.keys.name(of: .help)))
        }
        return command.map { perform($0) } ?? []
    }

    /// Whether a printable key was meant for this window; drops what a burst began, and says so.
    private mutating func isOneOfTheUsers(_ character: Character) -> Bool {
        let here = Whereabouts(view: view, overlay: overlay.shown, isFrozen: run.isFrozen)
        let verdict = steering.take(character, from: here, at: clock.now)
        if verdict.isMeant { return true }
        if let place = verdict.goesBack { go(back: place) }
        say(.trouble("looks like typing for another window: nothing was changed"))
        return false
    }

    /// Goes back to a place. Sheets that ask about the run are closed: nobody was answering them.
    private mutating func go(back place: Whereabouts) {
        if place.isFrozen != run.isFrozen { freeze() }
        if place.view.charts.smoothing != view.charts.smoothing { smooth(with: place.view.charts.smoothing) }
        view = place.view
        view.keep(inside: run.history, rows: storyRows.count)
        if case .help? = place.overlay { overlay.shown = place.overlay } else { overlay.shown = nil }
    }

    private mutating func perform(_ command: KeyCommand) -> [Effect] {
        switch command {
        case .quit: quit()
        case .detach: detach()
        case .lookCloser where steering.stagedRate != nil:
            guard let reason = situation.refusal else { return steering.sendStagedRate() }
            say(.trouble(reason))
        case .back where steering.isWaiting:
            steering.dropWaiting()
            say(Remark("dropped"))
        case .palette: overlay.open(.palette(TextField()), at: clock.now)
        case .search: overlay.open(.search(TextField()), at: clock.now)
        case .help: overlay.open(.help(scroll: 0), at: clock.now)
        case .themes: say(overlay.openThemes(in: situation))
        case .tags: say(overlay.openTags(in: situation))
        case .export: overlay.openExport(.data(view.focus), in: situation)
        case .copy: return [.copy(view.focus)]
        case .mouse: return takeMouse(!person.hasMouse)
        case .note: say(overlay.openNote(in: situation))
        case .findings:
            guard !run.live.findings.isEmpty else { return sayNothingFound() }
            overlay.open(.findings(FindingsSheet(openedAt: clock.now)), at: clock.now)
        case .acknowledge, .snooze:
            guard let finding = heard.rest(of: run.live, at: clock.now).first else { return sayNothingFound() }
            let isSnooze = command == .snooze
            if isSnooze { heard.putOff(finding, at: clock.now) } else { heard.acknowledge(finding) }
            say(Remark("\(finding.kind.words): \(isSnooze ? "again in ten minutes" : "heard")", for: 2))
        default: if command.steers { steer(command) } else { look(command) }
        }
        return []
    }

    private mutating func sayNothingFound() -> [Effect] {
        say(Remark("nothing is wrong, as far as can be seen", for: 2))
        return []
    }

    /// Takes the mouse, or lets the terminal have it.
    private mutating func takeMouse(_ isOurs: Bool) -> [Effect] {
        person.hasMouse = isOurs
        let back = person.keys.name(of: .mouse).map { ": \($0) takes it back" } ?? ""
        say(Remark(isOurs ? "the mouse is the dashboard's" : "the terminal has its mouse" + back))
        return [.mouse(isOurs)]
    }

    /// Asks before quitting while the run is alive here; leaves at once where it is over or goes on elsewhere.
    private mutating func quit() {
        if steering.isReadOnly || run.phase.isFinished && !keeping.isOffered {
            exit = .done
        } else {
            overlay.open(.quit(openedAt: clock.now), at: clock.now)
        }
    }

    /// Leaves the run going without this terminal, once a burst of typing would have dropped that.
    private mutating func detach() {
        if steering.isReadOnly {
            exit = .done
            return
        }
        if run.phase.isFinished { return say(.trouble("the run has ended: nothing would go on")) }
        guard let directory = run.live.description.origin.directory else {
            return say(.trouble("no run directory to go on in: begin with --save or --run DIR"))
        }
        steering.leaving = Steering.Leaving(exit: .detached, dueAt: clock.now + InputGuard.hold)
        say(Remark("leaving the run going: sitter attach \(directory)", for: 3))
    }

    /// Ctrl-C: the quit sheet; again within 2 s interrupts the run.
    private mutating func interrupt() {
        if !run.phase.isFinished, !steering.isReadOnly {
            if let earlier = overlay.interruptedAt, clock.now - earlier <= 2 {
                steering.dropWaiting()
                exit = .interrupted
                return
            }
            overlay.interruptedAt = clock.now
        } else if case .quit? = overlay.shown {
            exit = .done
            return
        }
        quit()
    }

    /// Takes a steering key. What it asks for waits a moment before it is sent; see `InputGuard`.
    private mutating func steer(_ command: KeyCommand) {
        if let reason = situation.refusal { return say(.trouble(reason)) }
        switch command {
        case .rateSheet:
            let holds = RateDraft.holds(run.live.status, description: run.live.description)
            overlay.open(.rate(Overlay.RateSheet(holds: holds, openedAt: clock.now)), at: clock.now)
        case .togglePause where run.phase == .paused(.notFinite) && !steering.isWaiting:
            overlay.open(.notFinite(openedAt: clock.now), at: clock.now)
        case .stopSheet: overlay.open(.stop(openedAt: clock.now), at: clock.now)
        case .editSchedule: editSchedule()
        case .rewind: openRewind()
        case .race:
            if let reason = run.live.refusal(of: .race(Race())) { return say(.trouble(reason)) }
            overlay.open(.race(RaceSheet(openedAt: clock.now)), at: clock.now)
        case .findRate:
            if let reason = run.live.refusal(of: .findLearningRate(RateTest())) { return say(.trouble(reason)) }
            overlay.open(.rateTest(RateTestSheet(openedAt: clock.now)), at: clock.now)
        case .check:
            if let reason = run.live.refusal(of: .check) { return say(.trouble(reason)) }
            overlay.open(.check(CheckSheet(openedAt: clock.now)), at: clock.now)
        default: say(steering.take(command, run.live, keys: person.keys, at: clock.now))
        }
    }

    /// Opens the editor of the rest of the schedule, on the screen that draws it.
    private mutating func editSchedule() {
        if let (screen, panel) = view.screens.editor {
            view.show(screen, of: run.history)
            view.focus = panel
        }
        overlay.open(.schedule(ScheduleSheet(openedAt: clock.now)), at: clock.now)
    }

    /// Opens the sheet that goes back in time, over charts in which the moment is seen, and proposes one.
    private mutating func openRewind() {
        let live = run.live
        if let reason = live.refusal(of: .rewind(Rewind(to: max(0, live.status.position.step - 1)))) {
            return say(.trouble(reason))
        }
        if run.isFrozen { freeze() }
        if !view.screen.hasSteps { view.show(.overview, of: run.history) }
        if view.charts.cursorStep == nil {
            let step = live.status.position.step
            let sound = live.status.phase == .paused(.notFinite) ? live.status.progress.snapshot?.step : nil
            view.charts.setCursor(Double(sound ?? step - max(1, step / 10)), on: shownSteps)
        }
        overlay.open(.rewind(RewindSheet(openedAt: clock.now)), at: clock.now)
    }

    /// Takes a key that changes what is seen and nothing else.
    private mutating func look(_ command: KeyCommand) {
        switch command {
        case .lookCloser where view.focus.enter == .editSchedule: steer(.editSchedule)
        case .smoothing: smooth(with: view.charts.nextSmoothing)
        case .back: view.goBack(ending: &story.search)
        case .nextMatch, .previousMatch:
            let ground = ground
            say(view.goToMatch(forward: command == .nextMatch, in: &story, on: ground))
        case .freeze: freeze()
        default: say(view.take(command, on: ground))
        }
    }

    private mutating func search(for text: String) {
        let ground = ground
        say(view.search(for: text, in: &story, on: ground))
    }

    private mutating func smooth(with smoothing: Double) {
        view.charts.smoothing = smoothing
        run.smooth(with: view.charts.average)
        let share = Figure.plain(smoothing * 100)
        say(Remark(smoothing == 0 ? "smoothing off" : "smoothing over \(share) % of the steps so far", for: 2))
    }

    /// Freezes what is shown, or lets it go on with everything that happened meanwhile.
    private mutating func freeze() {
        if run.isFrozen {
            run.thaw()
            story.thaw()
            story.follow(run.history)
        } else {
            run.freeze(at: clock)
            story.freeze()
        }
    }

    // MARK: What overlays come to

    private mutating func perform(_ answer: OverlayAnswer) -> [Effect] {
        switch answer {
        case .nothing: break
        case .say(let remark): say(remark)
        case .dropped(let theme):
            steering.dropWaiting()
            return theme.map { [.theme($0)] } ?? []
        case .send(let command): return [steering.send(command)]
        case .along(let movement):
            if [.nextMark, .previousMark].contains(movement) {
                say(view.take(movement, on: ground))
            } else {
                view.moveAlongSteps(movement, on: shownSteps)
            }
        case .stop(let kept):
            steering.dropWaiting()
            say(steering.hold(.stop(keep: kept), at: clock.now))
        case .hold(let commands):
            steering.dropWaiting()
            for command in commands { say(steering.hold(command, at: clock.now)) }
        case .save(let request): return [.save(request)]
        case .quit where run.phase.isFinished: exit = .done
        case .quit:
            steering.dropWaiting()
            steering.leaving = Steering.Leaving(exit: .quit, dueAt: clock.now + InputGuard.hold)
            let isSaved = run.live.description.origin.directory != nil
            let weights = isSaved ? "last is saved" : "its weights are lost"
            say(Remark("quitting: the run is interrupted, \(weights)", for: 2))
        case .detach: detach()
        case .search(let text): search(for: text)
        case .perform(let order):
            let effects = perform(order)
            if case .palette = overlay.shown { overlay.close() }
            return effects
        case .export(let request): return [.export(request)]
        case .choose(let tag, let use):
            say(Remark("the \(use.words) is \(tag)", for: 3))
            return [.choose(tag: tag, use)]
        case .tryOn(let theme): return [.theme(theme)]
        case .keepTheme:
            person.keptTheme = person.themeName
            say(Remark("theme \(person.themeName)", for: 3))
        }
        return []
    }

    /// Does what the palette's text asks for.
    private mutating func perform(_ order: PaletteOrder) -> [Effect] {
        switch order {
        case .send(let command): return [steering.send(command)]
        case .editSchedule: editSchedule()
        case .sheet(let command): steer(command)
        case .look(let command): look(command)
        case .show(let screen): view.show(screen, of: run.history)
        case .zoom(let from, let to): view.charts.zoom(from: from, to: to, on: shownSteps)
        case .goto(let step): view.charts.setCursor(step, on: shownSteps)
        case .smooth(let share): smooth(with: share)
        case .glyphs(let glyphs): view.charts.glyphs = glyphs
        case .filter(let words):
            if view.hasLog, let layers = view.screens.layerList(on: view.screen) { view.focus = layers }
            search(for: words)
        case .find(let words):
            if let log = view.screens.log(on: view.screen) {
                view.focus = log
            } else {
                view.show(.log, of: run.history)
            }
            search(for: words)
        case .redraw: return [.redraw]
        case .help: overlay.open(.help(scroll: 0), at: clock.now)
        case .quit: quit()
        case .detach: detach()
        case .note: say(overlay.openNote(in: situation))
        case .themes: say(overlay.openThemes(in: situation))
        case .tags: say(overlay.openTags(in: situation))
        case .theme(let name):
            person.keptTheme = name
            return [.theme(name)]
        case .export(let content): overlay.openExport(content, in: situation)
        case .copy: return [.copy(view.focus)]
        case .mouse(let isOurs): return takeMouse(isOurs)
        case .logarithmicLoss(let isLogarithmic): view.charts.logarithmicLoss = isLogarithmic
        case .xAxis(let unit): view.charts.xAxis = unit
        case .choose(let panel): view.choose(panel)
        case .layersByTrouble(let isByTrouble): view.layers.byTrouble = isByTrouble
        case .histograms(let quantity): view.layers.quantity = quantity
        case .straightenRulings: person.splits = Splits()
        }
        return []
    }
}
