import Dashboard
import History
import Runs
import Testing

@Suite("Undoing changes by hand")
struct UndoTests {
    /// A run whose rate was changed so many times.
    static func desk(changes: Int) -> Desk {
        var desk = Desk()
        var status = desk.state.run.live.status
        status.progress.undoable = changes
        desk.frame(changes: desk.changes(status: status))
        return desk
    }

    @Test
    func `u sends an undo once something was changed, and the footer shows it`() {
        var desk = Self.desk(changes: 1)
        #expect(KeyMap.footer(for: desk.state).steering.contains { $0.key == "u" && $0.label == "undo" })
        #expect(
            KeyMap.footer(for: desk.state).fitting(80).steering.contains { $0.key == "u" }, "it is among the first")
        desk.type("u")
        desk.wait(1)
        #expect(desk.sent == [.undo])
    }

    @Test
    func `before that it says that there is nothing`() {
        var desk = Desk()
        #expect(!KeyMap.footer(for: desk.state).steering.contains { $0.key == "u" })
        desk.type("u")
        #expect(desk.said.contains("no change by hand"))
        desk.wait(1)
        #expect(desk.sent == [])
    }

    @Test
    func `pressed twice it undoes two changes, and never more than there are`() {
        var desk = Self.desk(changes: 2)
        desk.type("uuu", every: 0.1)
        desk.wait(1)
        #expect(desk.sent == [.undo, .undo])
    }

    @Test
    func `its receipt says the rates`() {
        let receipt = Receipt(
            position: Position(step: 9), author: .person, command: .undo, outcome: .accepted(old: 0.02, new: 0.04))
        let words = EventWords(RunEvent(position: Position(step: 9), content: .receipt(receipt), seconds: 0))
        #expect(words.text == "undone, rate 0.0200 → 0.0400")
    }
}
