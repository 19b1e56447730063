import Cells
import Dashboard
import History
import Runs
import Testing

@Suite("Going back in time by hand")
struct RewindSheetTests {
    /// A run of 500 steps that can go back to its beginning, or to nothing.
    static func desk(earliest: Int? = 0) -> Desk {
        var desk = Desk()
        var status = desk.state.run.live.status
        status.progress.moments = MomentsKept(count: 3, bytes: 30, limit: 100, earliest: earliest)
        desk.frame(changes: desk.changes(status: status, tail: steps))
        return desk
    }

    private static let steps = (0..<500).map { Desk.report($0) }

    @Test func `the cursor chooses the moment, and Enter goes back there`() {
        var desk = Self.desk()
        desk.type("r")
        #expect(desk.state.view.charts.cursorStep == 450, "a tenth back is proposed")
        desk.press(.left)
        let step = Int((desk.state.view.charts.cursorStep ?? 0).rounded())
        #expect(step < 450)
        desk.wait(1)
        desk.press(.enter)
        #expect(desk.sent == [.rewind(Rewind(to: step))])
        #expect(desk.state.overlay.shown == nil)
    }

    @Test(arguments: [
        ("0.01", Rewind(to: 450, rate: 0.01)), ("*0.5", Rewind(to: 450, scale: 0.5)),
        ("/4", Rewind(to: 450, scale: 0.25)),
    ])
    func `a rate may be typed`(text: String, rewind: Rewind) {
        var desk = Self.desk()
        desk.type("r")
        desk.wait(1)
        desk.type(text, every: 0.2)
        desk.press(.enter)
        #expect(desk.sent == [.rewind(rewind)])
    }

    @Test func `what is no rate is said and nothing sent`() {
        var desk = Self.desk()
        desk.type("r")
        desk.wait(1)
        desk.type("fast", every: 0.2)
        desk.press(.enter)
        guard case .rewind(let sheet)? = desk.state.overlay.shown else {
            Issue.record("the sheet has closed")
            return
        }
        #expect(sheet.error == "not a number: type 0.01, *0.5 or /3" && desk.sent == [])
    }

    @Test func `where nothing is kept the key says so`() {
        var desk = Self.desk(earliest: nil)
        desk.type("r")
        #expect(desk.state.overlay.shown == nil && desk.said.hasPrefix("no moment is kept"))
        #expect(!KeyMap.footer(for: desk.state).steering.contains { $0.key == "r" })
        #expect(KeyMap.footer(for: Self.desk().state).steering.contains { $0.key == "r" })
    }

    @Test func `a moment before the earliest is refused in the sheet`() {
        var desk = Self.desk(earliest: 470)
        desk.type("r")
        desk.wait(1)
        desk.press(.enter)
        guard case .rewind(let sheet)? = desk.state.overlay.shown else {
            Issue.record("the sheet has closed")
            return
        }
        #expect(sheet.error == "the earliest moment that is kept is step 470" && desk.sent == [])
    }

    @Test(arguments: [
        (Rewind(to: 200, scale: 0.5), 0.02), (Rewind(to: 200, rate: 0.01), 0.01), (Rewind(to: 200), 0.04),
    ])
    func `the list of changes tells the rate of then, not the one that was left`(rewind: Rewind, new: Double) {
        var desk = Self.desk()
        // The rate had become another one since.
        let receipt = Receipt(
            position: Position(step: 500), author: .person, command: .rewind(rewind),
            outcome: .accepted(old: 0.7, new: new), restored: 200)
        desk.frame(
            changes: desk.changes(
                tail: Self.steps,
                events: [RunEvent(position: Position(step: 500), content: .receipt(receipt), seconds: 10)]))
        var changes = desk.changes(tail: [Desk.report(200)])
        changes.steps.line = StepLine(number: 1, branch: 1, shared: 200)
        changes.cursor.line = 1
        desk.frame(changes: changes)
        let run = desk.state.run.live
        #expect(run.story.rateChanges.map(\.new) == [new])
        #expect(run.rate(before: run.story.rateChanges[0]) == 0.04)
    }

    @Test func `what was left is no part of the charts any more, and its line stays as the one that was left`() {
        var desk = Self.desk()
        let evaluations = [125, 250].map {
            EvaluationReport(position: Position(step: $0), epoch: 0, loss: 1, accuracy: 0.5, isBest: true)
        }
        let receipt = Receipt(
            position: Position(step: 500), author: .person, command: .rewind(Rewind(to: 200)),
            outcome: .accepted(old: 0.04, new: 0.04), restored: 200)
        let events = evaluations.map { RunEvent.Content.evaluation($0) } + [.receipt(receipt)]
        desk.frame(
            changes: desk.changes(
                tail: Self.steps,
                events: events.map { RunEvent(position: Position(step: 500), content: $0, seconds: 10) }))
        let run = desk.state.run.live
        #expect(run.evaluations.map(\.position.step) == [125])
        #expect(run.story.rateChanges.map(\.position) == [Position(branch: 1, step: 200)])
        #expect(
            run.story.rateChanges.first?.words == "you rewind, rate 0.0400",
            "the rate that was left is none of this line's")
        #expect(run.rate(before: run.story.rateChanges[0]) == 0.04)
        #expect(run.leftLine?.from == 200 && run.leftLine?.series.stepRange == 0...499)
        #expect(run.words(at: 2).text == "back in time to step 200")
    }
}
