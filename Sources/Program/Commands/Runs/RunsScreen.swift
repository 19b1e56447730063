import Cells
import CursesTerminal
import Files
import Machine
import RunStore
import Screens
import Themes

/// The runs of a folder as a screen: Enter opens one in the dashboard with the marked ones behind it, and comes back.
struct RunsScreen {
    private let folder: String
    private let conditions: [RunCondition]
    private var key: RunKey
    private let options: ScreenOptions
    private var runs: [RunRecord] = []

    /// What `s` goes through.
    private static let orders = ["time", "accuracy", "loss", "steps", "state", "name"]

    init(_ folder: String, where conditions: [RunCondition], sortedBy key: RunKey?, _ options: ScreenOptions) throws {
        (self.folder, self.conditions, self.options) = (folder, conditions, options)
        self.key = try key ?? RunKey(Self.orders[0])
        try read()
    }

    /// Shows the list until somebody leaves; the exit code.
    mutating func show(_ screen: ScreenChoice) throws -> Int32 {
        var list = RunList(heads: RunsTable.heads, rows: rows)
        Interruption.watch()
        while true {
            let terminal = try Terminal(capabilities: screen.capabilities)
            let answer = wait(on: terminal, &list, screen)
            terminal.close()
            guard case .open(let path, let behind) = answer else {
                return Interruption.signal.map { 128 + $0 } ?? ExitCode.done
            }
            if let code = try open(path, behind: behind) { return code }
            try read()
            list.take(rows)
        }
    }

    /// Takes keys until one leads out of the list.
    private mutating func wait(
        on terminal: Terminal, _ list: inout RunList, _ screen: ScreenChoice
    ) -> RunList.Answer {
        let palette = Palette(theme: screen.theme, depth: terminal.capabilities.colors)
        while Interruption.count == 0 {
            let view = RunListView(
                list, sortedBy: key.name, difference: difference(list), palette: palette, glyphs: screen.glyphs)
            terminal.draw(view.draw(size: terminal.size))
            for event in terminal.nextEvents(timeout: 200) {
                switch event {
                case .input(.key(.control("c"))), .endOfInput: return .leave
                case .input(.key(.control("z"))): terminal.suspend()
                case .input(.key(let key)):
                    switch list.press(key) {
                    case .nothing: break
                    case .sort:
                        sortOn()
                        list.take(rows)
                    case .reread:
                        try? read()
                        list.take(rows)
                    case .leave: return .leave
                    case .open(let path, let behind): return .open(path, behind: behind)
                    }
                case .input, .resized: break
                }
            }
        }
        return .leave
    }

    /// A living run is attached to, so that it can be steered; others are read from their files. Nil where the list goes on.
    private func open(_ path: String, behind: [String]) throws -> Int32? {
        let isAlive = runs.first { $0.path == path }.map { [.running, .paused].contains($0.state) } ?? false
        do {
            let code =
                isAlive && !options.isReadOnly
                ? try AttachCommand.attach(path, comparing: behind, options)
                : try WatchCommand.watch([path] + behind, RecordedTags(), options)
            return Interruption.signal == nil ? nil : code
        } catch {
            throw error
        }
    }

    private mutating func read() throws {
        runs = try RunRecord.all(in: folder).filter { run in conditions.allSatisfy { $0.holds(for: run) } }
        runs = key.sorted(runs)
    }

    private mutating func sortOn() {
        let place = Self.orders.firstIndex(of: key.name) ?? -1
        guard let next = try? RunKey(Self.orders[(place + 1) % Self.orders.count]) else { return }
        key = next
        runs = key.sorted(runs)
    }

    private var rows: [RunList.Row] { RunsTable(runs).rows }

    /// How the chosen run's config differs from that of the run marked last.
    private func difference(_ list: RunList) -> [String] {
        guard let other = list.marked.last(where: { $0 != list.chosen }),
            let first = runs.first(where: { $0.path == other }),
            let second = runs.first(where: { $0.path == list.chosen })
        else { return [] }
        return ConfigDifference(first, second).text.split(separator: "\n").map(String.init)
    }
}
