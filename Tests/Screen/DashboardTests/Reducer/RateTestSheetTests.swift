import Cells
import Dashboard
import History
import Runs
import Testing

@Suite("A rate finder by hand")
struct RateTestSheetTests {
    /// A desk whose test has come to its end, or not.
    private static func desk(
        phase: RunPhase = .training, isOver: Bool = true, descends: Bool = true
    ) -> Desk {
        var desk = Desk(phase: phase)
        desk.type("L")
        desk.wait(1)
        desk.press(.enter)
        var result = RateTestResult(position: Position(step: 500), peak: 0.04)
        for place in 0..<60 {
            let rate = 1e-4 * Double(1 << (place / 4))
            result.curve.append(rate: rate, loss: descends ? 2 / (1 + rate * 100) + rate * rate / 100 : 2)
        }
        if descends { result.append(.init(rate: 0.02, loss: 0.1, steps: 40)) }
        if isOver { result.end() }
        var status = desk.state.run.live.status
        status.rateTest = result
        status.phase = isOver ? .paused(.asked) : .findingRate
        desk.frame(changes: desk.changes(status: status))
        desk.wait(1)
        return desk
    }

    private static let asked = RunCommand.findLearningRate(RateTest())

    @Test func `Enter begins, and then takes what is suggested`() {
        var desk = Self.desk()
        #expect(desk.sent == [Self.asked])
        desk.press(.enter)
        desk.wait(1)
        #expect(desk.sent == [Self.asked, .scaleLearningRate(0.5), .resume] && desk.state.overlay.shown == nil)
    }

    @Test func `arrows choose among the suggestions`() throws {
        var desk = Self.desk()
        let suggestions = try #require(desk.state.run.live.status.rateTest).suggestions
        for _ in 0..<9 { desk.press(.down) }
        desk.press(.up)
        desk.press(.enter)
        desk.wait(1)
        #expect(desk.sent.dropFirst().first == .scaleLearningRate(suggestions[suggestions.count - 2].rate / 0.04))
    }

    @Test func `Esc goes on as before, and ends a test that is under way`() {
        for isOver in [true, false] {
            var desk = Self.desk(isOver: isOver)
            desk.press(.escape)
            desk.wait(1)
            #expect(desk.sent == [Self.asked, .resume] && desk.state.overlay.shown == nil)
        }
    }

    @Test func `a run that stood still stays so`() {
        var desk = Self.desk(phase: .paused(.asked))
        desk.press(.enter)
        desk.wait(1)
        #expect(desk.sent == [Self.asked, .scaleLearningRate(0.5)])
    }

    @Test func `where no rate is suggested Enter takes none`() {
        var desk = Self.desk(descends: false)
        desk.press(.enter)
        desk.wait(1)
        #expect(desk.sent == [Self.asked])
        guard case .rateTest(let sheet)? = desk.state.overlay.shown else {
            Issue.record("the sheet has closed")
            return
        }
        #expect(sheet.selected(of: desk.state.run.live) == nil)
    }

    @Test func `the palette opens it too`() {
        var desk = Desk()
        desk.type(":")
        desk.wait(1)
        desk.type("findrate")
        desk.press(.enter)
        desk.wait(1)
        guard case .rateTest? = desk.state.overlay.shown else {
            Issue.record("no sheet has opened")
            return
        }
    }
}
