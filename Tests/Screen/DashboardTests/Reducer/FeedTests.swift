import Dashboard
import Runs
import Screens
import Testing

@Suite("What comes from the run")
struct FeedTests {
    static func receipt(
        _ command: RunCommand, _ outcome: Receipt.Outcome = .accepted(old: nil, new: nil), author: Author = .person
    ) -> RunEvent.Content {
        .receipt(Receipt(position: Position(step: 500), author: author, command: command, outcome: outcome))
    }

    @Test
    func `a receipt becomes a message and is bright for 1.5 s`() {
        var desk = Desk()
        desk.hear(Self.receipt(.scaleLearningRate(0.5), .accepted(old: 0.0659, new: 0.0329)))
        #expect(desk.said == "rate 0.0659 → 0.0329")
        #expect(desk.state.notices.isReceiptBright(at: desk.state.clock.now))
        desk.wait(1.4)
        #expect(desk.state.notices.isReceiptBright(at: desk.state.clock.now))
        desk.wait(0.2)
        #expect(!desk.state.notices.isReceiptBright(at: desk.state.clock.now))
        desk.wait(10)
        #expect(desk.state.notices.current(at: desk.state.clock.now) == nil)
    }

    @Test
    func `a refusal is trouble and is not hidden by what comes with it`() {
        var desk = Desk()
        desk.hear(Self.receipt(.pause, .refused("nobody can resume")), Self.receipt(.evaluate))
        #expect(desk.said == "pause refused: nobody can resume")
        #expect(desk.state.notices.current(at: desk.state.clock.now)?.isTrouble == true)
    }

    @Test
    func `what a rule did is said with its name`() {
        var desk = Desk()
        desk.hear(Self.receipt(.scaleLearningRate(0.1), .accepted(old: 0.1, new: 0.01), author: .policy("plateau")))
        #expect(desk.said == "rule: rate 0.100 → 0.0100")
    }

    @Test
    func `the story before the dashboard came is no news`() {
        var state = Desk().state
        state.run.isFollowing = false
        state.notices.message = nil
        let desk = Desk()
        let event = RunEvent(position: Position(step: 1), content: Self.receipt(.pause), seconds: 0)
        _ = state.reduce(.frame(now: 100, timeOfDay: 0, changes: desk.changes(events: [event])))
        #expect(state.notices.receiptAt == nil)
        #expect(state.notices.message == nil)
        #expect(state.run.history.events.count == 1)
    }

    @Test
    func `a loss that is not finite rings once`() {
        var desk = Desk()
        desk.hear(.notFinite(loss: .nan, gradientNorm: 1), .notFinite(loss: .nan, gradientNorm: 1))
        #expect(desk.effects == [.bell])
        #expect(desk.said == "loss NaN, update skipped")
    }

    @Test
    func `paused for more than 5 minutes is told, counted by the clock while the feed is silent`() {
        var desk = Desk()
        desk.enter(.paused(.asked), secondsInPhase: 0)
        desk.wait(299)
        #expect(!desk.state.run.isPausedLong(at: desk.state.clock.now))
        desk.wait(2)
        #expect(desk.state.run.isPausedLong(at: desk.state.clock.now))
        desk.enter(.training)
        #expect(!desk.state.run.isPausedLong(at: desk.state.clock.now))
    }

    @Test
    func `a frozen view stands still while the run goes on, and then shows everything`() {
        var desk = Desk()
        desk.type("v")
        let since = desk.state.clock.now
        desk.hear(.note(.run, "meanwhile"))
        desk.enter(.paused(.asked))
        #expect(desk.state.run.frozenSince == since)
        #expect(desk.state.run.history.events.isEmpty)
        #expect(desk.state.run.history.status.phase == .training)
        #expect(desk.state.run.phase == .paused(.asked))
        #expect(KeyMap.footer(for: desk.state).steering.first?.label == "resume")
        desk.wait(1)
        desk.type("v")
        #expect(desk.state.run.frozenSince == nil)
        #expect(desk.state.run.liveHistory == nil)
        #expect(desk.state.run.history.events.count == 1)
        #expect(desk.state.run.history.status.phase == .paused(.asked))
    }

    @Test
    func `selections stay inside when the layers become fewer`() {
        var desk = Desk()
        desk.type("2G", every: 0.5)
        desk.press(.enter)
        var changes = desk.changes()
        changes.description.layers.removeLast(2)
        desk.frame(changes: changes)
        #expect(desk.state.view.layers.selected == 0)
        #expect(desk.state.view.layers.opened == nil)
    }
}
