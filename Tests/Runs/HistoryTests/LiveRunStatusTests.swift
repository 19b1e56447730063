import History
import Runs
import Testing

@Suite struct LiveRunStatusTests {
    private let run = LiveRun(Sample.description)

    @Test
    func `a step moves the position behind itself`() {
        run.record([.step(Sample.step(7))], at: 2)
        #expect(run.status.position == Position(step: 8))
        #expect(run.status.latestStep == Sample.step(7))
        #expect(run.status.samplesPerSecond == 1000)
    }

    @Test
    func `progress sets what only the trainer knows`() {
        run.record(
            [
                .progress(
                    RunProgress(
                        position: Position(step: 9), epoch: 3, control: .held(0.01), learningRate: 0.01,
                        samplesPerSecond: 5, statisticsShare: 0.02, secondsLeft: 90))
            ], at: 2)
        let status = run.status
        #expect(status.position == Position(step: 9))
        #expect(status.epoch == 3)
        #expect(status.control == .held(0.01))
        #expect(status.learningRate == 0.01)
        #expect(status.samplesPerSecond == 5)
        #expect(status.statisticsShare == 0.02)
        #expect(status.secondsLeft == 90)
    }

    @Test
    func `the description follows what the run keeps to`() {
        let schedule = Schedule(kind: Schedule.Linear(to: 0), base: 1, total: 30)
        var progress = RunProgress(position: Position(step: 9), epoch: 3, control: .planned, learningRate: 0.7)
        progress.plan = PlanInForce(totalSteps: 30, schedule: schedule, gradientBounds: GradientBounds(norm: 2))
        run.record([.progress(progress)], at: 2)
        let description = RunHistory(of: run).description
        #expect(description.lengths.totalSteps == 30 && description.schedule == schedule)
        #expect(description.gradientBounds.norm == 2 && run.status.progress.plan == nil)
    }

    @Test
    func `changes beside the rate are marks of their own`() throws {
        for outcome in [Receipt.Outcome.accepted(old: 0, new: 0.1), .refused("no")] {
            run.record(
                [
                    .receipt(
                        Receipt(
                            position: Position(step: 9), author: .person, command: .setWeightDecay(0.1),
                            outcome: outcome))
                ], at: 2)
        }
        let story = RunHistory(of: run).story
        #expect(story.tunings.map(\.command) == [.setWeightDecay(0.1)] && story.rateChanges.isEmpty)
    }

    @Test
    func `the best evaluation stays when a worse one follows`() {
        run.record([.evaluation(Sample.evaluation(1)), .evaluation(Sample.evaluation(2, isBest: false))], at: 2)
        #expect(run.status.best == Sample.evaluation(1))
        #expect(run.status.latestEvaluation == Sample.evaluation(2, isBest: false))
    }

    @Test
    func `the clock of a phase begins with the phase`() {
        run.record([.phase(.training, Position(step: 0))], at: 10)
        run.record([.step(Sample.step(0))], at: 14)
        #expect(run.status.phase == .training)
        #expect(run.status.secondsElapsed == 14)
        #expect(run.status.secondsInPhase == 4)
    }

    @Test
    func `while nothing happens, clocks are news once a second`() throws {
        run.record([.phase(.paused(.asked), Position(step: 3))], at: 10.2)
        let cursor = try #require(run.changes(since: RunCursor())).cursor
        run.record([], at: 10.9)
        #expect(run.changes(since: cursor) == nil)
        run.record([], at: 11.1)
        let status = try #require(run.changes(since: cursor)).status
        #expect(abs(status.secondsInPhase - 0.9) < 1e-9)
    }

    @Test
    func `after the end, clocks stand still`() throws {
        run.record([.end(Sample.end)], at: 10)
        let cursor = try #require(run.changes(since: RunCursor())).cursor
        run.record([], at: 20)
        #expect(run.changes(since: cursor) == nil)
    }

    @Test
    func `the end is a phase, a summary and an event, and leaves no time`() throws {
        run.record([.end(Sample.end)], at: 10)
        let changes = try #require(run.changes(since: RunCursor()))
        #expect(changes.status.phase == .finished(.earlyStopping))
        #expect(changes.status.end == Sample.end)
        #expect(changes.status.secondsLeft == 0)
        #expect(changes.events == [RunEvent(position: Position(step: 200), content: .ended(Sample.end), seconds: 10)])
    }

    @Test
    func `receipts, evaluations, skipped updates and notes are events; steps, progress and phases are not`() throws {
        let receipt = Sample.receipt(1, .pause)
        run.record(
            [
                .phase(.training, Position(step: 0)), .step(Sample.step(0)), .receipt(receipt),
                .evaluation(Sample.evaluation(2)), .notFinite(Position(step: 3), loss: .infinity, gradientNorm: 1),
                .note(.run, "resumed", Position(step: 4)),
            ], at: 5)
        let events = try #require(run.changes(since: RunCursor())).events
        #expect(
            events.map(\.content) == [
                .receipt(receipt), .evaluation(Sample.evaluation(2)), .notFinite(loss: .infinity, gradientNorm: 1),
                .note(.run, "resumed"),
            ])
        #expect(events.map(\.position.step) == [1, 2, 3, 4])
        #expect(events.allSatisfy { $0.seconds == 5 })
    }
}
