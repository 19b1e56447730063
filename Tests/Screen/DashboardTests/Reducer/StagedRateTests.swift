import Dashboard
import Runs
import Testing

@Suite("Staged rates")
struct StagedRateTests {
    @Test(
        arguments: [
            ("}", 2.0), (">", 2), ("}}", 4), ("}}}", 8), ("{", 0.5), ("<", 0.5), ("{{", 0.25), ("{{{", 0.125),
            ("}>{", 2),
        ])
    func `presses collect for half a second and become one command`(keys: String, factor: Double) {
        var desk = Desk()
        desk.type(keys, every: 0.3)
        #expect(desk.state.steering.stagedRate?.factor == factor)
        #expect(desk.state.steering.stagedLearningRate(from: desk.state.run.live.status) == 0.04 * factor)
        desk.wait(0.49)
        #expect(desk.sent == [])
        desk.wait(0.02)
        #expect(desk.sent == [.scaleLearningRate(factor)])
        #expect(desk.state.steering.stagedRate == nil)
    }

    @Test(arguments: [("}}}}}", 8.0), ("{{{{{", 0.125)])
    func `at most ×8 or ÷8 at a time`(keys: String, factor: Double) {
        var desk = Desk()
        desk.type(keys, every: 0.3)
        #expect(desk.said.contains("at most"))
        desk.wait(1)
        #expect(desk.sent == [.scaleLearningRate(factor)])
    }

    @Test
    func `up and down again is nothing to send`() {
        var desk = Desk()
        desk.type("}{", every: 0.2)
        #expect(desk.state.steering.stagedRate == nil)
        desk.wait(1)
        #expect(desk.sent == [])
    }

    @Test
    func `Enter applies at once`() {
        var desk = Desk()
        desk.type("}}")
        desk.press(.enter)
        #expect(desk.sent == [.scaleLearningRate(4)])
        #expect(desk.state.view.enlarged == nil)
        desk.wait(1)
        #expect(desk.sent.count == 1)
    }

    @Test(arguments: [false, true])
    func `esc drops, with or without a sheet over it`(isSheetOpen: Bool) {
        var desk = Desk()
        desk.type("}")
        if isSheetOpen { desk.type("?") }
        desk.press(.escape)
        #expect(desk.state.steering.stagedRate == nil)
        #expect(desk.state.overlay.shown == nil)
        desk.wait(1)
        #expect(desk.sent == [])
    }

    @Test
    func `p drops the presses: back to the plan is what was meant last`() {
        var desk = Desk()
        desk.type("}p", every: 0.1)
        desk.wait(1)
        #expect(desk.sent == [.followSchedule])
    }
}
