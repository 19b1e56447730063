import Cells
import CursesTerminal
import Dashboard
import Foundation
import History
import Machine
import Runs
import Screens
import Themes
import Training

/// The thread that owns the terminal: keys in, frames out, commands to the run. It never makes the training wait.
struct DashboardSession {
    /// Seconds between frames while somebody is at the keys, unless the settings say something else.
    static let frameInterval = 0.1
    /// Seconds between frames while nobody is: figures change four times a second at most, and half of the frames cost half.
    private static let idleInterval = 0.2
    /// How long after a key somebody counts as being there, in seconds.
    private static let attention = 3.0
    /// The longest a frame waits after a key.
    private static let keyInterval = 0.02
    /// How long frames follow each other that quickly for a receipt that does not come, in seconds.
    private static let patience = 3.0

    let description: RunDescription
    let feed: any RunFeed
    let control: any RunControl
    let theme: Theme
    let glyphs: GlyphSet
    /// Where it opens; nil for where the person was last.
    let screen: Screen?
    let habits: Habits
    /// What the process prints meanwhile.
    let capture: OutputCapture?
    /// Other runs, drawn behind this one.
    let references: [ReferenceRun]

    init(
        description: RunDescription, feed: any RunFeed, control: any RunControl, theme: Theme = .sitterDark,
        glyphs: GlyphSet, screen: Screen? = nil, habits: Habits = Habits(), capture: OutputCapture? = nil,
        references: [ReferenceRun] = []
    ) {
        self.description = description
        self.feed = feed
        self.control = control
        self.theme = theme
        self.glyphs = glyphs
        self.screen = screen
        self.habits = habits
        self.capture = capture
        self.references = references
    }

    /// Shows the run until the person leaves, a signal comes or the terminal is gone.
    ///
    /// - Parameter isWanted: asked before each frame; false ends the show.
    func watch(on terminal: Terminal, while isWanted: () -> Bool = { true }) -> DashboardState.Exit {
        var state = DashboardState(
            history: RunHistory(description: description), references: references,
            person: habits.person(theme: theme), isReadOnly: habits.isReadOnly, remembered: habits.view,
            screen: screen, size: terminal.size)
        var palette = Palette(theme: theme, depth: terminal.capabilities.colors)
        defer { if habits.hasPerson { habits.memory.save(state.remembered) } }
        var cursor = RunCursor()
        var nextFrame = MonotonicClock.seconds
        var lastInput = -Double.infinity
        var lastNews = -Double.infinity
        var lastTitle = ""
        var drawn = StillPicture()
        var awaited = AwaitedReceipts()
        var meter = CostMeter()
        while state.exit == nil, isWanted() {
            let wait = max(0, nextFrame - MonotonicClock.seconds)
            let events = terminal.nextEvents(timeout: Int((wait * 1000).rounded(.up)))
            if Interruption.count > 0 || events.contains(.endOfInput) { return .interrupted }
            let now = MonotonicClock.seconds
            if !events.isEmpty {
                awaited.add(perform(state.reduce(.clock(now: now)), terminal, &state, &palette), at: now)
                for event in events { awaited.add(handle(event, &state, terminal, &palette), at: now) }
                lastInput = now
                nextFrame = min(nextFrame, now + Self.keyInterval)
            }
            guard now >= nextFrame, state.exit == nil else { continue }
            // A slow line is given time to empty: keys stay responsive, what they do is known, and the newest frame wins.
            let isReady = terminal.outputQueueIsEmpty
            guard isReady || now - lastNews >= Self.idleInterval else {
                awaited.add(perform(state.reduce(.clock(now: now)), terminal, &state, &palette), at: now)
                nextFrame = now + Self.keyInterval
                continue
            }
            lastNews = now
            let printed = capture?.take() ?? []
            for piece in printed { _ = state.reduce(.printed(piece.bytes, piece.stream)) }
            if let cost = meter.cost(at: now, bytesSent: terminal.bytesSent) { _ = state.reduce(.measured(cost)) }
            meter.beginFrame()
            defer { meter.endFrame() }
            let changes = feed.changes(since: cursor)
            if let changes {
                cursor = changes.cursor
                awaited.take(changes.events)
            }
            let effects = state.reduce(.frame(now: now, timeOfDay: Self.timeOfDay, changes: changes))
            awaited.add(perform(effects, terminal, &state, &palette), at: now)
            guard isReady else {
                nextFrame = now + Self.keyInterval
                continue
            }
            let isAttended = now - lastInput < Self.attention
            let isWaiting = awaited.isWaiting(at: now, for: Self.patience)
            nextFrame =
                now
                + (isWaiting || changes?.steps.hasMore == true
                    ? Self.keyInterval
                    : isAttended ? habits.frameInterval : max(habits.frameInterval, Self.idleInterval))
            let isAsked = isAttended || isWaiting || !printed.isEmpty || !effects.isEmpty
            guard drawn.isOutdated(by: changes, live: state.run.live.status, isAsked: isAsked, at: now) else {
                continue
            }
            draw(&state, terminal, palette)
            let title = Self.title(state.run.live)
            if habits.settings.title, title != lastTitle {
                terminal.setTitle(title)
                lastTitle = title
            }
        }
        return state.exit ?? .done
    }

    /// - Returns: how many commands it sent.
    private func handle(
        _ event: TerminalEvent, _ state: inout DashboardState, _ terminal: Terminal, _ palette: inout Palette
    ) -> Int {
        switch event {
        case .resized(let size):
            return perform(state.reduce(.resized(size)), terminal, &state, &palette)
        case .endOfInput: return 0
        case .input(let input): return perform(state.reduce(.input(input)), terminal, &state, &palette)
        }
    }

    /// - Returns: how many commands it sent.
    private func perform(
        _ effects: [Effect], _ terminal: Terminal, _ state: inout DashboardState, _ palette: inout Palette
    ) -> Int {
        var sent = 0
        for effect in effects {
            switch effect {
            case .send(let command):
                control.send(command, from: .person)
                sent += 1
            case .redraw: terminal.redraw()
            case .suspend:
                // The screen says that training stands still before it does.
                draw(&state, terminal, palette)
                terminal.suspend()
            case .bell: terminal.bell()
            case .theme(let name):
                do {
                    let chosen = try InstalledThemes.named(name)
                    palette = Palette(theme: chosen, depth: palette.depth)
                    _ = state.reduce(.themed(name, problem: nil))
                } catch {
                    _ = state.reduce(.themed(name, problem: OneLine.of("\(error)")))
                }
            case .export(let request) where !habits.hasPerson:
                _ = state.reduce(.exported(request, .failed("nobody is here to read it")))
            case .export(let request):
                var plain = state
                plain.overlay = OpenOverlay()
                let screen = DashboardView.draw(plain, size: terminal.size, palette: palette, glyphs: glyphs)
                let answer = ExportFile.write(request, of: state, screen: screen)
                _ = state.reduce(.exported(request, answer))
            }
        }
        return sent
    }

    private func draw(_ state: inout DashboardState, _ terminal: Terminal, _ palette: Palette) {
        state.window.size = terminal.size
        terminal.draw(DashboardView.draw(state, size: terminal.size, palette: palette, glyphs: glyphs))
    }

    /// Seconds since midnight, local time.
    private static var timeOfDay: Double {
        var now = time(nil)
        var parts = tm()
        localtime_r(&now, &parts)
        return Double(parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec)
    }

    /// The window's title: how far the run is, so that a tab tells.
    private static func title(_ history: RunHistory) -> String {
        let total = max(1, history.description.totalSteps)
        return "\(history.status.position.step * 100 / total) % \(history.description.name) – sitter"
    }
}
