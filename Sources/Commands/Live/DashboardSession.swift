import Cells
import CursesTerminal
import Dashboard
import Foundation
import Runs
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

    init(
        description: RunDescription, feed: any RunFeed, control: any RunControl, theme: Theme = .sitterDark,
        glyphs: GlyphSet, screen: Screen? = nil, habits: Habits = Habits(), capture: OutputCapture? = nil
    ) {
        self.description = description
        self.feed = feed
        self.control = control
        self.theme = theme
        self.glyphs = glyphs
        self.screen = screen
        self.habits = habits
        self.capture = capture
    }

    /// Shows the run until the person leaves, a signal comes or the terminal is gone.
    ///
    /// - Parameter isWanted: asked before each frame; false ends the show.
    func watch(on terminal: Terminal, while isWanted: () -> Bool = { true }) -> DashboardState.Exit {
        var state = DashboardState(history: RunHistory(description: description))
        habits.prepare(&state, theme: theme)
        if let screen { state.show(screen) }
        var palette = Palette(theme: theme, depth: ColorDepth(terminal.capabilities.colors))
        defer { if habits.hasPerson { habits.memory.save(state.remembered) } }
        var cursor = RunCursor()
        var nextFrame = MonotonicClock.seconds
        var lastInput = -Double.infinity
        var lastTitle = ""
        var meter = CostMeter()
        Self.layOut(&state, size: terminal.size)
        while state.exit == nil, isWanted() {
            let wait = max(0, nextFrame - MonotonicClock.seconds)
            let events = terminal.nextEvents(timeout: Int((wait * 1000).rounded(.up)))
            if Interruption.count > 0 || events.contains(.endOfInput) { return .interrupted }
            let now = MonotonicClock.seconds
            if !events.isEmpty {
                perform(state.reduce(.clock(now: now)), terminal, &state, &palette)
                for event in events { handle(event, &state, terminal, &palette) }
                lastInput = now
                nextFrame = min(nextFrame, now + Self.keyInterval)
            }
            guard now >= nextFrame, state.exit == nil else { continue }
            // A slow line is given time to empty: keys stay responsive, and the newest frame wins.
            guard terminal.outputQueueIsEmpty else {
                perform(state.reduce(.clock(now: now)), terminal, &state, &palette)
                nextFrame = now + Self.keyInterval
                continue
            }
            nextFrame =
                now
                + (now - lastInput < Self.attention
                    ? habits.frameInterval : max(habits.frameInterval, Self.idleInterval))
            for piece in capture?.take() ?? [] { _ = state.reduce(.printed(piece.bytes, piece.stream)) }
            if let cost = meter.cost(at: now) { _ = state.reduce(.measured(cost)) }
            meter.beginFrame()
            let changes = feed.changes(since: cursor)
            if let changes { cursor = changes.cursor }
            perform(
                state.reduce(.frame(now: now, timeOfDay: Self.timeOfDay, changes: changes)), terminal, &state, &palette)
            draw(&state, terminal, palette)
            let title = Self.title(state.live)
            if habits.settings.title, title != lastTitle {
                terminal.setTitle(title)
                lastTitle = title
            }
            meter.endFrame()
        }
        return state.exit ?? .done
    }

    private func handle(
        _ event: TerminalEvent, _ state: inout DashboardState, _ terminal: Terminal, _ palette: inout Palette
    ) {
        switch event {
        case .resized(let size):
            perform(state.reduce(.resized(size)), terminal, &state, &palette)
            Self.layOut(&state, size: size)
        case .endOfInput: break
        case .input(let input): perform(state.reduce(.input(input)), terminal, &state, &palette)
        }
    }

    private func perform(
        _ effects: [Effect], _ terminal: Terminal, _ state: inout DashboardState, _ palette: inout Palette
    ) {
        for effect in effects {
            switch effect {
            case .send(let command): control.send(command, from: .person)
            case .redraw: terminal.redraw()
            case .suspend:
                // The screen says that training stands still before it does.
                draw(&state, terminal, palette)
                terminal.suspend()
            case .bell: terminal.bell()
            case .theme(let name):
                do {
                    let chosen = try ThemeFile.named(name)
                    palette = Palette(theme: chosen, depth: palette.depth)
                    state.answer(theme: name, problem: nil)
                } catch {
                    state.answer(theme: name, problem: OneLine.of("\(error)"))
                }
            case .export(let request) where !habits.hasPerson:
                state.answer(request, with: .failed("nobody is here to read it"))
            case .export(let request):
                var plain = state
                plain.overlay = nil
                let screen = DashboardView.draw(plain, size: terminal.size, palette: palette, glyphs: glyphs)
                state.answer(request, with: ExportFile.write(request, of: state, screen: screen))
            }
        }
    }

    private func draw(_ state: inout DashboardState, _ terminal: Terminal, _ palette: Palette) {
        Self.layOut(&state, size: terminal.size)
        terminal.draw(DashboardView.draw(state, size: terminal.size, palette: palette, glyphs: glyphs))
    }

    /// Tells the state where everything is, for the mouse and for what scrolls.
    static func layOut(_ state: inout DashboardState, size: Size) {
        state.size = size
        let layout = ScreenLayout(size: size, state: state)
        state.panelRects = layout.panelRects
        state.plotRect = layout.stepPlot
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
