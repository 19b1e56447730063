import Cells
import Dashboard
import History
import Runs
import Testing

@Suite("The pre-flight card")
struct CheckSheetTests {
    private static func desk(phase: RunPhase = .training, isOver: Bool) -> Desk {
        var desk = Desk(phase: phase)
        desk.type("C")
        desk.wait(1)
        desk.press(.enter)
        var result = CheckResult()
        result.append(CheckItem(.structure, .green, "nothing odd"))
        result.current = .inputs
        if isOver { result.end() }
        var status = desk.state.run.live.status
        status.check = result
        status.phase = isOver ? .paused(.asked) : .checking
        desk.frame(changes: desk.changes(status: status))
        desk.wait(1)
        return desk
    }

    @Test(arguments: [InputEvent.Key.enter, .escape]) func `a card that is read goes away, and the run goes on`(
        key: InputEvent.Key
    ) {
        var desk = Self.desk(isOver: true)
        #expect(desk.sent == [.check])
        desk.press(key)
        desk.wait(1)
        #expect(desk.sent == [.check, .resume] && desk.state.overlay.shown == nil)
    }

    @Test func `while it is climbed Enter does nothing and Esc ends it`() {
        var desk = Self.desk(isOver: false)
        desk.press(.enter)
        desk.wait(1)
        #expect(desk.sent == [.check])
        desk.press(.escape)
        desk.wait(1)
        #expect(desk.sent == [.check, .resume])
    }

    @Test func `a run that stood still stays so`() {
        var desk = Self.desk(phase: .paused(.asked), isOver: true)
        desk.press(.enter)
        desk.wait(1)
        #expect(desk.sent == [.check] && desk.state.overlay.shown == nil)
    }
}
