import Cells
import Dashboard
import History
import Runs
import Testing

@Suite("A race by hand")
struct RaceSheetTests {
    /// A desk whose race over two steps has come to its end, or not.
    private static func desk(phase: RunPhase = .training, isOver: Bool = true) -> Desk {
        var desk = Desk(phase: phase)
        desk.type("F")
        desk.wait(1)
        for _ in 0..<2 { desk.press(.backspace) }
        desk.type("2")
        desk.press(.enter)
        var result = RaceResult(position: Position(step: 500), race: Race(steps: 2))
        for (rate, losses) in [(0.004, [1, 0.9]), (0.012, [1, 0.5]), (0.04, [1, 0.7]), (0.12, [1, Double.nan])] {
            result.begin(rate: rate)
            result.take(losses)
        }
        if isOver { result.end() }
        var status = desk.state.run.live.status
        status.race = result
        status.phase = isOver ? .paused(.asked) : .racing
        desk.frame(changes: desk.changes(status: status))
        desk.wait(1)
        return desk
    }

    private static let asked = RunCommand.race(Race(steps: 2))

    @Test func `the sheet asks how many steps, and proposes the best`() {
        let desk = Self.desk()
        #expect(desk.sent == [Self.asked])
        guard case .race(let sheet)? = desk.state.overlay.shown else {
            Issue.record("the sheet has closed")
            return
        }
        #expect(sheet.selected(of: desk.state.run.live) == 1)
    }

    @Test(
        arguments: [([], 0.3), ([.up], 0.1), ([.down, .down], 3), ([.down, .down, .down, .up], 1)]
            as [([InputEvent.Key], Double)])
    func `Enter goes on as the chosen copy`(keys: [InputEvent.Key], scale: Double) {
        var desk = Self.desk()
        keys.forEach { desk.press($0) }
        desk.press(.enter)
        desk.wait(1)
        #expect(desk.sent == [Self.asked] + (scale == 1 ? [] : [.scaleLearningRate(scale)]) + [.resume])
        #expect(desk.state.overlay.shown == nil)
    }

    @Test func `Esc goes on as before, and ends a race that is under way`() {
        for isOver in [true, false] {
            var desk = Self.desk(isOver: isOver)
            desk.press(.escape)
            desk.wait(1)
            #expect(desk.sent == [Self.asked, .resume])
        }
    }

    @Test func `a run that stood still stays so`() {
        var desk = Self.desk(phase: .paused(.asked))
        desk.press(.enter)
        desk.wait(1)
        #expect(desk.sent == [Self.asked, .scaleLearningRate(0.3)])
    }

    @Test func `what is no number of steps is said`() {
        var desk = Desk()
        desk.type("F")
        desk.wait(1)
        desk.type("x")
        desk.press(.enter)
        guard case .race(let sheet)? = desk.state.overlay.shown else {
            Issue.record("the sheet has closed")
            return
        }
        #expect(sheet.error == "type how many steps, 1 to 100,000" && desk.sent == [])
    }
}
