import Cells
import CursesTerminal
import Dashboard
import Foundation
import Machine
import Runs
import Screens
import Themes

/// What a dashboard lives in: the terminal, the run, and the disk. Belongs to the dashboard's thread.
struct TerminalHost: LiveDashboardHost {
    let terminal: Terminal
    let feed: any RunFeed
    let control: any RunControl
    let glyphs: GlyphSet
    /// What the process prints meanwhile.
    let capture: OutputCapture?
    /// Whether a person is there at all, who could read a file.
    let hasPerson: Bool
    private let saving: WeightsFile?
    private let leaving: LeaveTaking?
    private let inputs: InputFiles
    private var palette: Palette

    init(_ session: DashboardSession, on terminal: Terminal) {
        self.terminal = terminal
        feed = session.feed
        control = session.control
        glyphs = session.glyphs
        capture = session.capture
        hasPerson = session.habits.hasPerson
        saving = session.save
        leaving = session.leaving
        inputs = session.inputs
        palette = Palette(theme: session.theme, depth: terminal.capabilities.colors)
    }

    func send(_ command: RunCommand) { control.send(command, from: .person) }

    func redraw() { terminal.redraw() }

    func suspend(showing state: DashboardState) {
        draw(state)
        terminal.suspend()
    }

    func ring() { terminal.bell() }

    mutating func show(theme name: String) -> String? {
        do {
            palette = Palette(theme: try InstalledThemes.named(name), depth: palette.depth)
            return nil
        } catch {
            return OneLine.of("\(error)")
        }
    }

    func export(_ request: ExportRequest, of state: DashboardState) -> ExportAnswer {
        guard hasPerson else { return .failed("nobody is here to read it") }
        var plain = state
        plain.overlay = OpenOverlay()
        return ExportFile.write(request, of: state, screen: frame(plain), sparing: inputs)
    }

    func copy(_ panel: PanelID, of state: DashboardState) -> (rows: Int, problem: String?) {
        let table = PanelTable(panel, of: state)
        let text = table.text
        guard text.utf8.count <= Terminal.longestCopy else {
            return (
                table.rows.count, "\(table.rows.count) rows are too many for a clipboard: E writes them into a file"
            )
        }
        return (table.rows.count, terminal.copy(text) ? nil : "this terminal has no clipboard: E writes a file")
    }

    func takeMouse(_ isOurs: Bool) { terminal.setMouse(isOurs) }

    func save(_ request: SaveRequest, isOver: Bool) -> SaveAnswer {
        saving?.save(request, isOver: isOver) ?? .failed("the weights of this run cannot be saved from here")
    }

    func choose(_ tag: String, as use: TagUse) { (feed as? any TagChoosing)?.choose(tag, as: use) }

    func detach() -> DetachAnswer { leaving?.begin() ?? .ready }

    func outputIsEmpty() -> Bool { terminal.outputQueueIsEmpty }

    func news(since cursor: RunCursor) -> DashboardLoop.News {
        let printed = (capture?.take() ?? []).map { (bytes: $0.bytes, stream: $0.stream) }
        let spent = cpuSeconds
        var news = DashboardLoop.News(
            changes: feed.changes(since: cursor), printed: printed, timeOfDay: Self.timeOfDay, cpuSeconds: spent,
            bytesSent: terminal.bytesSent)
        news.saved = saving?.takeAnswer()
        news.detached = leaving?.takeAnswer()
        return news
    }

    var cpuSeconds: Double { ProcessorClock.secondsOfThread }

    func draw(_ state: DashboardState) { terminal.draw(frame(state)) }

    func name(window title: String) { terminal.setTitle(title) }

    private func frame(_ state: DashboardState) -> CellBuffer {
        DashboardView.draw(state, size: terminal.size, palette: palette, glyphs: glyphs)
    }

    /// Seconds since midnight, local time.
    private static var timeOfDay: Double {
        var now = time(nil)
        var parts = tm()
        localtime_r(&now, &parts)
        return Double(parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec)
    }
}
