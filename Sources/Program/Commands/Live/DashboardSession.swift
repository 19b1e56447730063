import Cells
import CursesTerminal
import Dashboard
import History
import Machine
import Runs
import Screens
import Themes

/// The thread that owns the terminal: keys in, frames out, commands to the run. It never makes the training wait.
package struct DashboardSession {
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
    /// Writes the weights of a run that is over, or looks whether they can go there; nil where they need not be saved.
    let save: WeightsFile?
    /// Sees to it that the run can be left going; nil where it lives elsewhere.
    let leaving: LeaveTaking?
    /// What exports and the remembered view may not replace.
    let inputs: InputFiles

    /// Everything that a show needs but its terminal.
    package init(
        description: RunDescription, feed: any RunFeed, control: any RunControl, theme: Theme = .sitterDark,
        glyphs: GlyphSet, screen: Screen? = nil, habits: Habits = Habits(), capture: OutputCapture? = nil,
        references: [ReferenceRun] = [], save: WeightsFile? = nil, leaving: LeaveTaking? = nil,
        sparing inputs: InputFiles = InputFiles()
    ) {
        self.inputs = inputs
        self.save = save
        self.leaving = leaving
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
    package func watch(on terminal: Terminal, while isWanted: () -> Bool = { true }) -> DashboardState.Exit {
        var state = DashboardState(
            history: RunHistory(description: description), references: references,
            person: habits.person(theme: theme), isReadOnly: habits.isReadOnly, remembered: habits.view,
            screen: screen, size: terminal.size)
        state.keeping.canSave = save != nil
        if !state.person.hasMouse { terminal.setMouse(false) }
        var host = TerminalHost(self, on: terminal)
        var loop = DashboardLoop(state, pace: habits.pace, at: MonotonicClock.seconds)
        defer { if habits.hasPerson { habits.memory.save(loop.state.remembered, sparing: inputs) } }
        while loop.exit == nil, isWanted() {
            let wait = max(0, loop.nextFrame - MonotonicClock.seconds)
            let events = terminal.nextEvents(timeout: Int((wait * 1000).rounded(.up)))
            let isOver = Interruption.count > 0 || events.contains(.endOfInput)
            let now = MonotonicClock.seconds
            for event in isOver ? [.interrupted] : events.compactMap(Self.event) + [.woke] {
                loop.run(event, at: now, in: &host)
            }
        }
        return loop.exit ?? .done
    }

    private static func event(_ event: TerminalEvent) -> DashboardLoop.Event? {
        switch event {
        case .input(let input): .input(input)
        case .resized(let size): .resized(size)
        case .endOfInput: nil
        }
    }
}
