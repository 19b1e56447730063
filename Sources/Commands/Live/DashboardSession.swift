import Cells
import CursesTerminal
import Dashboard
import Foundation
import Runs
import Themes
import Training

/// The thread that owns the terminal: keys in, frames out, commands to the run. It never makes the training wait.
struct DashboardSession {
    /// Seconds between frames while somebody is at the keys.
    private static let frameInterval = 0.1
    /// Seconds between frames while nobody is: figures change four times a second at most, and half of the frames cost half.
    private static let idleInterval = 0.2
    /// How long after a key somebody counts as being there, in seconds.
    private static let attention = 3.0
    /// The longest a frame waits after a key.
    private static let keyInterval = 0.02

    let description: RunDescription
    let feed: any RunFeed
    let control: any RunControl
    let palette: Palette
    let glyphs: GlyphSet
    /// Where it opens.
    let screen: Screen
    /// Other runs, drawn behind this one.
    let references: [ReferenceRun]

    init(
        description: RunDescription, feed: any RunFeed, control: any RunControl, palette: Palette, glyphs: GlyphSet,
        screen: Screen = .overview, references: [ReferenceRun] = []
    ) {
        self.description = description
        self.feed = feed
        self.control = control
        self.palette = palette
        self.glyphs = glyphs
        self.screen = screen
        self.references = references
    }

    /// Shows the run until the person leaves, a signal comes or the terminal is gone.
    ///
    /// - Parameter isWanted: asked before each frame; false ends the show.
    func watch(on terminal: Terminal, while isWanted: () -> Bool = { true }) -> DashboardState.Exit {
        var state = DashboardState(history: RunHistory(description: description))
        state.show(screen)
        state.references = references
        var cursor = RunCursor()
        var nextFrame = MonotonicClock.seconds
        var lastInput = -Double.infinity
        var lastTitle = ""
        layOut(&state, size: terminal.size)
        while state.exit == nil, isWanted() {
            let wait = max(0, nextFrame - MonotonicClock.seconds)
            let events = terminal.nextEvents(timeout: Int((wait * 1000).rounded(.up)))
            if Interruption.count > 0 || events.contains(.endOfInput) { return .interrupted }
            let now = MonotonicClock.seconds
            if !events.isEmpty {
                perform(state.reduce(.clock(now: now)), terminal, &state)
                for event in events { handle(event, &state, terminal) }
                lastInput = now
                nextFrame = min(nextFrame, now + Self.keyInterval)
            }
            guard now >= nextFrame, state.exit == nil else { continue }
            // A slow line is given time to empty: keys stay responsive, and the newest frame wins.
            guard terminal.outputQueueIsEmpty else {
                perform(state.reduce(.clock(now: now)), terminal, &state)
                nextFrame = now + Self.keyInterval
                continue
            }
            nextFrame = now + (now - lastInput < Self.attention ? Self.frameInterval : Self.idleInterval)
            let changes = feed.changes(since: cursor)
            if let changes { cursor = changes.cursor }
            perform(state.reduce(.frame(now: now, timeOfDay: Self.timeOfDay, changes: changes)), terminal, &state)
            draw(&state, terminal)
            let title = Self.title(state.history)
            if title != lastTitle {
                terminal.setTitle(title)
                lastTitle = title
            }
        }
        return state.exit ?? .done
    }

    private func handle(_ event: TerminalEvent, _ state: inout DashboardState, _ terminal: Terminal) {
        switch event {
        case .resized(let size):
            perform(state.reduce(.resized(size)), terminal, &state)
            layOut(&state, size: size)
        case .endOfInput: break
        default:
            if let input = InputEvent(event) { perform(state.reduce(.input(input)), terminal, &state) }
        }
    }

    private func perform(_ effects: [Effect], _ terminal: Terminal, _ state: inout DashboardState) {
        for effect in effects {
            switch effect {
            case .send(let command): control.send(command, from: .person)
            case .redraw: terminal.redraw()
            case .suspend:
                // The screen says that training stands still before it does.
                draw(&state, terminal)
                terminal.suspend()
            case .bell: terminal.bell()
            }
        }
    }

    private func draw(_ state: inout DashboardState, _ terminal: Terminal) {
        layOut(&state, size: terminal.size)
        terminal.draw(DashboardView.draw(state, size: terminal.size, palette: palette, glyphs: glyphs))
    }

    /// Tells the state where everything is, for the mouse and for what scrolls.
    private func layOut(_ state: inout DashboardState, size: Size) {
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
