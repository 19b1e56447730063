import PlanFixtures
import Runs
import Testing
import Training

/// Commands of a person while the run goes, stands still, or has not begun.
@Suite struct MailboxSteeringTests {
    @Test func `what is sent beforehand acts before the first step`() throws {
        let run = try Run.finish(Config.blobs, mail: [.setLearningRate(0.02), .evaluate])
        #expect(run.rates[0] == 0.02)
        #expect(run.evaluations[0].position == Position(step: 0))
        #expect(run.receipts.map(\.author) == [.person, .person])
        guard
            case .evaluation = run.reports.first(where: { report in
                switch report {
                case .evaluation, .step: true
                default: false
                }
            })
        else { return #expect(Bool(false), "the evaluation comes before any step") }
    }

    @Test func `a paused run acts at once`() throws {
        let run = try LiveRun(Config.blobs, script: [(5, .pause)])
        #expect(run.waitForPause())
        run.send(.setLearningRate(0.02))
        #expect(
            run.wait { if case .receipt(let receipt) = $0 { receipt.command == .setLearningRate(0.02) } else { false } }
        )
        #expect(run.wait { if case .progress(let progress) = $0 { progress.learningRate == 0.02 } else { false } })
        run.send(.step(2))
        #expect(run.wait { if case .step(let step) = $0 { step.step == 6 } else { false } })
        run.send(.resume)
        let record = try #require(run.finish())
        #expect(record.steps.count == 60 && record.rates[5] == 0.02)
        #expect(record.receipts.map(\.position.step) == [5, 5, 5, 7])
    }

    @Test func `a paused run evaluates and stays paused`() throws {
        let run = try LiveRun(Config.blobs, script: [(5, .pause)])
        #expect(run.waitForPause())
        run.send(.evaluate)
        #expect(run.wait { if case .evaluation(let report) = $0 { report.position.step == 5 } else { false } })
        #expect(run.waitForPause())
        run.send(.stop(keep: .last))
        let record = try #require(run.finish())
        #expect(record.steps.count == 5)
        #expect(
            record.phases == [
                .training, .paused(.asked), .evaluating, .paused(.asked), .finished(.stopped),
            ])
    }

    @Test func `an evaluation changes nothing`() throws {
        let run = try Run.finish(Config.pictures, mail: [.evaluate])
        #expect(run.finalBits == (try Run.finish(Config.pictures).finalBits))
    }

    @Test func `an interrupt ends a pause`() throws {
        let run = try LiveRun(Config.blobs, script: [(5, .pause)])
        #expect(run.waitForPause())
        run.mailbox.interrupt()
        let record = try #require(run.finish())
        #expect(record.end.reason == .interrupted && record.end.kept == .last && record.steps.count == 5)
    }

    @Test func `an interrupt finishes the step`() throws {
        let run = try LiveRun(Config.blobs, "epochs=100000")
        #expect(run.wait { if case .step = $0 { true } else { false } })
        run.mailbox.interrupt()
        let record = try #require(run.finish())
        #expect(record.end.reason == .interrupted)
        #expect(record.end.position.step == record.steps.count)
    }

    @Test func `a run paused after its last step waits`() throws {
        let run = try LiveRun(Config.blobs, script: [(58, .pause), (58, .step(2))])
        #expect(run.wait { if case .evaluation(let report) = $0 { report.position.step == 60 } else { false } })
        run.send(.evaluate, .resume)
        let record = try #require(run.finish())
        #expect(record.end.reason == .completed && record.steps.count == 60)
        #expect(record.evaluations.suffix(2).map(\.position.step) == [60, 60])
    }

    @Test func `a stop in the middle of an evaluation is obeyed`() throws {
        // 2,400 held out in batches of 256: the mailbox is looked at between them.
        let run = try LiveRun(
            Config.blobs, "data.blobs.count=3000", "validation.fraction=0.8", "epochs=1000000",
            "model=[{ linear: 512 }, 'relu', { linear: 512 }, 'relu', { linear: 3 }]")
        #expect(run.wait { if case .phase(.evaluating, _) = $0 { true } else { false } })
        run.send(.stop(keep: .last))
        let record = try #require(run.finish())
        #expect(record.end.reason == .stopped && record.end.kept == .last)
        #expect(record.receipts.count == 1)
    }

    @Test func `everything sent gets a receipt`() throws {
        let run = try LiveRun(Config.blobs, "epochs=200")
        for count in 0..<300 { run.send(count % 2 == 0 ? .scaleLearningRate(0.999) : .evaluate) }
        run.send(.stop(keep: .last))
        let record = try #require(run.finish())
        #expect(record.receipts.count == 301)
    }
}
