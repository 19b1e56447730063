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
        var status = desk.state.run.live.status
        status.race = result(isOver: isOver)
        status.phase = isOver ? .paused(.asked) : .racing
        desk.frame(changes: desk.changes(status: status))
        desk.wait(1)
        return desk
    }

    private static func result(isOver: Bool) -> RaceResult {
        var result = RaceResult(position: Position(step: 500), race: Race(steps: 2))
        for (rate, losses) in [(0.004, [1, 0.9]), (0.012, [1, 0.5]), (0.04, [1, 0.7]), (0.12, [1, Double.nan])] {
            result.begin(rate: rate)
            result.take(losses)
        }
        if isOver { result.end() }
        return result
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

    /// A desk at which nobody asked for the race that is under way or over.
    private static func other(isOver: Bool, isReadOnly: Bool = false, before: RunPhase = .training) -> Desk {
        var desk = Desk(phase: before)
        desk.state.steering.isReadOnly = isReadOnly
        var status = desk.state.run.live.status
        status.phase = .racing
        status.race = result(isOver: false)
        desk.frame(changes: desk.changes(status: status))
        if isOver {
            status.phase = .paused(.asked)
            status.race = result(isOver: true)
            desk.frame(changes: desk.changes(status: status))
        }
        desk.wait(1)
        return desk
    }

    @Test(arguments: [false, true])
    func `other viewers see the race as it goes, and its end`(isReadOnly: Bool) {
        for isOver in [false, true] {
            let desk = Self.other(isOver: isOver, isReadOnly: isReadOnly)
            guard case .race(let sheet)? = desk.state.overlay.shown else {
                Issue.record("no sheet has opened")
                return
            }
            #expect(sheet.result(of: desk.state.run.live)?.isOver == isOver)
        }
    }

    @Test func `who only sees a race closes it without ending it, and finds it again`() {
        for isOver in [false, true] {
            var desk = Self.other(isOver: isOver)
            desk.press(.escape)
            desk.wait(1)
            #expect(desk.sent == [] && desk.state.overlay.shown == nil)
            desk.type("F")
            guard case .race(let sheet)? = desk.state.overlay.shown else {
                Issue.record("the key has not shown it")
                return
            }
            #expect(sheet.isWatched && desk.sent == [])
        }
    }

    @Test func `anybody may choose, but for who only watches`() {
        var desk = Self.other(isOver: true)
        desk.press(.enter)
        desk.wait(1)
        #expect(desk.sent == [.scaleLearningRate(0.3), .resume])
        desk = Self.other(isOver: true, before: .paused(.asked))
        desk.press(.enter)
        desk.wait(1)
        #expect(desk.sent == [.scaleLearningRate(0.3)])
        desk = Self.other(isOver: true, isReadOnly: true)
        desk.press(.enter)
        desk.wait(1)
        #expect(desk.sent == [] && desk.said.hasPrefix("read only"))
    }

    @Test func `it closes everywhere once the run has gone on, and opens over nothing else`() {
        for desk in [Self.other(isOver: true), Self.desk()] {
            var desk = desk
            desk.enter(.training)
            #expect(desk.state.overlay.shown == nil)
        }
        var desk = Desk()
        desk.type("?")
        desk.enter(.racing)
        #expect(desk.state.overlay.shown == .help(scroll: 0))
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
