import Dashboard
import History
import Runs
import Testing

@Suite("What a loss that is not finite offers")
struct NotFiniteTests {
    /// A run that has just paused because of one, with sound weights of step 480 or without.
    static func desk(hasSnapshot: Bool = true, best: Int? = nil, isReadOnly: Bool = false) -> Desk {
        var desk = Desk(hasValidation: best != nil)
        desk.state.steering.isReadOnly = isReadOnly
        var status = desk.state.run.live.status
        status.phase = .paused(.notFinite)
        status.progress.snapshot = hasSnapshot ? SnapshotPoint(step: 480, loss: 0.01) : nil
        status.best = best.map {
            EvaluationReport(position: Position(step: $0), epoch: 0, loss: 1, accuracy: nil, isBest: true)
        }
        desk.frame(changes: desk.changes(status: status))
        desk.wait(1)
        return desk
    }

    @Test(
        arguments: [
            ("r", [RunCommand.restore(Restoration(scale: 1.0 / 3)), .resume]), ("g", [.resume]), ("x", []),
        ])
    func `the sheet opens by itself and sends what was chosen`(key: String, sent: [RunCommand]) {
        var desk = Self.desk()
        #expect(desk.state.overlay.shown == .notFinite(openedAt: desk.state.overlay.openedAt))
        desk.type(key)
        desk.wait(1)
        #expect(desk.sent == sent)
        #expect((desk.state.overlay.shown == nil) == !sent.isEmpty)
    }

    /// The same run where moments are kept from a step on.
    private static func desk(earliest: Int?, hasSnapshot: Bool = true) -> Desk {
        var desk = desk(hasSnapshot: hasSnapshot)
        var status = desk.state.run.live.status
        status.progress.moments = MomentsKept(count: 3, bytes: 30, limit: 100, earliest: earliest)
        desk.frame(changes: desk.changes(status: status))
        return desk
    }

    @Test(arguments: [(0, true, 480), (0, false, 450), (490, true, 490)])
    func `where moments are kept it offers to go back in time, to before the trouble`(
        earliest: Int, hasSnapshot: Bool, step: Int
    ) {
        var desk = Self.desk(earliest: earliest, hasSnapshot: hasSnapshot)
        #expect(KeyMap.footer(for: desk.state).steering.contains { $0.key == "b" })
        desk.type("b")
        desk.wait(1)
        #expect(desk.sent == [.rewind(Rewind(to: step, scale: 1.0 / 3)), .resume])
    }

    @Test(arguments: [nil, 500] as [Int?])
    func `where there is no moment before the trouble it does not`(earliest: Int?) {
        var desk = Self.desk(earliest: earliest)
        #expect(!NotFiniteChoice.rewind.isOffered(to: desk.state.run.live))
        desk.type("b")
        desk.wait(1)
        #expect(desk.sent == [])
    }

    @Test
    func `stopping asks which weights to keep`() {
        var desk = Self.desk()
        desk.type("s")
        guard case .stop? = desk.state.overlay.shown else {
            Issue.record("no stop sheet")
            return
        }
    }

    @Test
    func `the best weights are gone back to where they are newer than the snapshot`() {
        var desk = Self.desk(best: 490)
        desk.type("r")
        desk.wait(1)
        #expect(desk.sent == [.restore(Restoration(from: .best, scale: 1.0 / 3)), .resume])
        desk = Self.desk(best: 300)
        desk.type("r")
        desk.wait(1)
        #expect(desk.sent == [.restore(Restoration(from: .snapshot, scale: 1.0 / 3)), .resume])
    }

    @Test
    func `without sound weights there is nothing to go back to`() {
        var desk = Self.desk(hasSnapshot: false)
        #expect(NotFiniteChoice.allCases.filter { $0.isOffered(to: desk.state.run.live) } == [.goOn, .stop])
        #expect(KeyMap.footer(for: desk.state).steering.map(\.key) == ["g", "s", "Esc"])
        #expect(KeyMap.footer(for: Self.desk().state).steering.map(\.key) == ["r", "g", "s", "Esc"])
        desk.type("r")
        desk.wait(1)
        #expect(desk.sent == [])
    }

    @Test
    func `after Esc the run stays paused, and space asks again`() {
        var desk = Self.desk()
        desk.press(.escape)
        desk.wait(1)
        #expect(desk.state.overlay.shown == nil && desk.sent == [])
        desk.type(" ")
        #expect(desk.state.overlay.shown != nil)
        desk.wait(1)
        #expect(desk.sent == [])
    }

    @Test
    func `it closes when the run goes on, does not open over another sheet, nor where nobody may steer`() {
        var desk = Self.desk()
        desk.enter(.training)
        #expect(desk.state.overlay.shown == nil)
        desk.type("?")
        desk.enter(.paused(.notFinite))
        #expect(desk.state.overlay.shown == .help(scroll: 0))
        #expect(Self.desk(isReadOnly: true).state.overlay.shown == nil)
    }

    @Test
    func `its first 400 ms decide nothing`() {
        var desk = Desk()
        desk.enter(.paused(.notFinite))
        desk.type("g")
        desk.wait(1)
        #expect(desk.sent == [] && desk.state.overlay.shown != nil)
    }

    @Test
    func `an evaluation that is not finite asks nothing and space goes on`() {
        var desk = Desk()
        desk.enter(.paused(.validationNotFinite))
        #expect(desk.state.overlay.shown == nil)
        desk.wait(1)
        desk.type(" ")
        desk.wait(1)
        #expect(desk.sent == [.resume])
    }
}
