import Cells
import Dashboard
import Runs
import Testing

/// What a host is asked to do, in what order, and what the state makes of its answers.
@Suite struct DashboardHostTests {
    /// A host that writes down what it is asked to do.
    private struct Notebook: LiveDashboardHost {
        var lines: [String] = []
        var themeProblem: String?
        var answer = ExportAnswer.written(path: "/here/numbers.csv", rows: 3)
        var printed: [String] = []
        let cpuSeconds = 0.0

        mutating func send(_ command: RunCommand) { lines.append("send \(command)") }
        mutating func redraw() { lines.append("redraw") }
        mutating func suspend(showing state: DashboardState) {
            lines.append("suspend: \(state.notices.message?.text ?? "")")
        }
        mutating func ring() { lines.append("ring") }
        mutating func show(theme name: String) -> String? {
            lines.append("theme \(name)")
            return themeProblem
        }
        mutating func export(_ request: ExportRequest, of state: DashboardState) -> ExportAnswer {
            lines.append("export \(request.path)")
            return answer
        }
        mutating func copy(_ panel: PanelID, of state: DashboardState) -> (rows: Int, problem: String?) {
            lines.append("copy \(panel)")
            return (3, nil)
        }
        mutating func takeMouse(_ isOurs: Bool) { lines.append("mouse \(isOurs)") }
        var saveAnswer = SaveAnswer.written(path: "/here/weights")
        mutating func save(_ request: SaveRequest, isOver: Bool) -> SaveAnswer {
            lines.append("save \(request.path) \(isOver)")
            return saveAnswer
        }
        mutating func outputIsEmpty() -> Bool { true }
        mutating func news(since cursor: RunCursor) -> DashboardLoop.News {
            defer { printed = [] }
            return DashboardLoop.News(changes: nil, printed: printed.map { (Array($0.utf8), .standardOutput) })
        }
        mutating func draw(_ state: DashboardState) { lines.append("draw \(state.story.output.lines.count)") }
        mutating func name(window title: String) { lines.append("title \(title)") }
    }

    /// Each text pressed key by key a second after the one before, with a round after it.
    private func play(_ keys: [InputEvent.Key], in host: inout Notebook) -> DashboardLoop {
        var loop = DashboardLoop(Desk().state, at: 100)
        for (index, key) in keys.enumerated() {
            loop.run(.input(.key(key)), at: 101 + Double(index), in: &host)
        }
        return loop
    }

    @Test
    func `a round draws what was printed, and names the window`() {
        var host = Notebook(printed: ["one\n", "two\n"])
        var loop = DashboardLoop(Desk().state, at: 100)
        loop.run(.woke, at: 100, in: &host)
        #expect(host.lines == ["draw 2", "title 13 % test – sitter"])
    }

    @Test
    func `the screen says that training stands still before it does`() {
        var host = Notebook()
        _ = play([.control("z")], in: &host)
        #expect(host.lines == ["suspend: suspended: training stands still until fg"])
    }

    @Test(arguments: [nil, "it is gone"])
    func `a theme that cannot be shown is told of, and is not the one that is shown`(problem: String?) {
        var host = Notebook(themeProblem: problem)
        var state = Desk().state
        state.person.themeName = "dusk"
        host.perform([.theme("night")], for: &state)
        #expect(host.lines == ["theme night"])
        #expect(state.person.themeName == (problem == nil ? "night" : "dusk"))
        #expect(state.notices.message?.text == problem)
    }

    @Test
    func `an export is answered where it was asked for`() {
        var host = Notebook(answer: .exists)
        let asked = play([.character("E"), .enter], in: &host)
        #expect(host.lines == ["export loss-step-500.csv"])
        guard case .form(.export(let form))? = asked.state.overlay.shown else {
            Issue.record("the prompt is closed")
            return
        }
        #expect(form.mayReplace == "loss-step-500.csv")
        host = Notebook()
        #expect(play([.character("E"), .enter], in: &host).state.overlay.shown == nil)
    }

    @Test
    func `Y copies the panel in focus and says how many rows, M lets the mouse go and takes it back`() {
        var host = Notebook()
        let copied = play([.tab, .character("Y")], in: &host)
        #expect(host.lines == ["copy accuracy"] && copied.state.notices.message?.text == "3 rows sent to the clipboard")
        host = Notebook()
        let held = play([.character("M"), .character("M")], in: &host)
        #expect(host.lines == ["mouse false", "mouse true"] && held.state.person.hasMouse)
    }

    @Test
    func `effects are performed in their order`() {
        var host = Notebook()
        var state = Desk().state
        host.perform([.send(.pause), .bell, .redraw], for: &state)
        #expect(host.lines == ["send pause", "ring", "redraw"])
    }
}
