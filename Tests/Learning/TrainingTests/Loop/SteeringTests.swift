import PlanFixtures
import Runs
import Testing
import Training

/// Commands of a script: when they act, what they change, and the receipts they get.
@Suite struct SteeringTests {
    private func receipt(_ step: Int, _ command: RunCommand, old: Double? = nil, new: Double? = nil) -> Receipt {
        Receipt(
            position: Position(step: step), author: .script, command: command, outcome: .accepted(old: old, new: new))
    }

    private func refusal(_ step: Int, _ command: RunCommand, _ reason: String) -> Receipt {
        Receipt(position: Position(step: step), author: .script, command: command, outcome: .refused(reason))
    }

    @Test func `a command for a step acts before its update`() throws {
        let run = try Run.finish(Config.blobs, script: [(10, .setLearningRate(0.01))])
        #expect(run.rates[9] == 0.1 && run.rates[10] == 0.01 && run.rates[59] == 0.01)
        #expect(run.receipts == [receipt(10, .setLearningRate(0.01), old: 0.1, new: 0.01)])
    }

    @Test func `the receipt comes before the report of its step`() throws {
        let run = try Run.finish(Config.blobs, script: [(10, .setLearningRate(0.01))])
        let place = run.reports.firstIndex { if case .receipt = $0 { true } else { false } }
        let step10 = run.reports.firstIndex { if case .step(let step) = $0 { step.step == 10 } else { false } }
        let step9 = run.reports.firstIndex { if case .step(let step) = $0 { step.step == 9 } else { false } }
        #expect(try #require(step9) < #require(place) && #require(place) < #require(step10))
    }

    @Test func `a command changes nothing before its step`() throws {
        let (plain, steered) = (
            try Run.finish(Config.blobs), try Run.finish(Config.blobs, script: [(30, .setLearningRate(0.5))])
        )
        #expect(plain.steps[...30].map(\.loss) == steered.steps[...30].map(\.loss))
        #expect(plain.steps[31].loss != steered.steps[31].loss)
    }

    @Test func `commands for one step act in the order of the file`() throws {
        let run = try Run.finish(
            Config.blobs,
            script: [(20, .scaleLearningRate(0.5)), (5, .setLearningRate(0.2)), (5, .scaleLearningRate(2))])
        #expect(
            run.receipts == [
                receipt(5, .setLearningRate(0.2), old: 0.1, new: 0.2),
                receipt(5, .scaleLearningRate(2), old: 0.2, new: 0.4),
                receipt(20, .scaleLearningRate(0.5), old: 0.4, new: 0.2),
            ])
    }

    @Test func `setting holds and scaling keeps the mode`() throws {
        // 60 steps of a line from 0.1 down to 0.
        let plan = (0..<60).map { 0.1 * (1 - Double($0) / 60) }
        let run = try Run.finish(
            Config.blobs, "schedule=linear",
            script: [
                (10, .scaleLearningRate(0.5)), (20, .setLearningRate(0.03)), (30, .scaleLearningRate(2)),
                (40, .followSchedule),
            ])
        for step in 0..<60 {
            let expected =
                switch step {
                case ..<10: plan[step]
                case ..<20: plan[step] / 2
                case ..<30: 0.03
                case ..<40: 0.06
                default: plan[step]
                }
            #expect(abs(run.rates[step] - expected) < 1e-12, "step \(step)")
        }
    }

    @Test(arguments: [
        (RunCommand.setLearningRate(0), "the rate must be a number above 0 and at most 1e6, not 0"),
        (.setLearningRate(-1), "the rate must be a number above 0 and at most 1e6, not -1"),
        (.setLearningRate(.nan), "the rate must be a number above 0 and at most 1e6, not NaN"),
        (.setLearningRate(2e6), "the rate must be a number above 0 and at most 1e6, not 2000000"),
        (.scaleLearningRate(0), "the factor must be a number above 0, not 0"),
        (.scaleLearningRate(1e9), "the rate would be 100000000; it must be above 0 and at most 1e6"),
        (.resume, "training is not paused"),
        (.step(1), "single steps are made only while paused"),
        (.pause, "nothing could ever resume this run"),
    ])
    func `what cannot be done is refused with its reason`(command: RunCommand, reason: String) throws {
        let run = try Run.finish(
            Config.pictures, "schedule=constant", "optimizer.sgd.learningRate=0.1",
            script: [(2, command)])
        // NaN is not even equal to itself.
        #expect(run.receipts.map { "\($0)" } == ["\(refusal(2, command, reason))"])
        #expect(run.rates.allSatisfy { $0 == 0.1 } && run.steps.count == 8)
    }

    @Test func `evaluating without a validation set is refused`() throws {
        let text = "{ data: { blobs: 60 }, model: [{ linear: 3 }], epochs: 1, threads: 1 }"
        let run = try Run.finish(text, script: [(1, .evaluate)])
        #expect(run.receipts == [refusal(1, .evaluate, "there is no validation set")])
    }

    @Test func `a pause goes on when its resume comes`() throws {
        let run = try Run.finish(Config.blobs, script: [(7, .pause), (7, .step(3)), (10, .resume)])
        #expect(run.receipts == [receipt(7, .pause), receipt(7, .step(3)), receipt(10, .resume)])
        #expect(run.end.reason == .completed && run.steps.count == 60)
        #expect(run.finalBits == (try Run.finish(Config.blobs).finalBits), "pausing changes nothing else")
    }

    @Test(arguments: [
        [], [(8, RunCommand.resume)], [(7, .step(3)), (11, .resume)], [(7, .setLearningRate(0.1))],
        // Refused for its number, so that nothing leads to the resume.
        [(7, .step(5_000_000)), (9, .resume)], [(7, .step(0)), (8, .resume)],
    ])
    func `a pause that nothing ends is refused`(rest: [(Int, RunCommand)]) throws {
        let run = try Run.finish(Config.blobs, script: [(7, .pause)] + rest)
        #expect(run.receipts.first == refusal(7, .pause, "nothing could ever resume this run"))
        #expect(run.end.reason == .completed && run.steps.count == 60)
    }

    @Test func `a stop ends a pause too`() throws {
        let run = try Run.finish(Config.blobs, script: [(7, .pause), (7, .step(2)), (9, .stop(keep: .last))])
        #expect(run.steps.count == 9 && run.end.reason == .stopped && run.end.kept == .last)
    }

    @Test func `pausing twice is refused`() throws {
        let run = try Run.finish(Config.blobs, script: [(7, .pause), (7, .pause), (7, .resume), (7, .resume)])
        #expect(
            run.receipts == [
                receipt(7, .pause), refusal(7, .pause, "already paused"), receipt(7, .resume),
                refusal(7, .resume, "training is not paused"),
            ])
    }

    @Test func `an evaluation is made before what follows`() throws {
        let run = try Run.finish(Config.blobs, script: [(7, .evaluate), (7, .stop(keep: .last))])
        #expect(run.receipts == [receipt(7, .evaluate), receipt(7, .stop(keep: .last))])
        #expect(run.evaluations.map(\.position.step) == [7] && run.steps.count == 7)
    }

    @Test func `what no step comes for is refused at the end`() throws {
        let run = try Run.finish(
            Config.blobs, script: [(30, .stop(keep: .last)), (30, .evaluate), (40, .setLearningRate(0.1))])
        #expect(
            run.receipts == [
                receipt(30, .stop(keep: .last)), refusal(30, .evaluate, "the run ended before step 30"),
                refusal(30, .setLearningRate(0.1), "the run ended before step 40"),
            ])
        guard case .end = run.reports.last else { return #expect(Bool(false), "the end comes last") }
    }

    @Test func `every command gets one receipt`() throws {
        let script: [(Int, RunCommand)] = (0..<70).map { step in
            (step, [.scaleLearningRate(0.9), .evaluate, .resume, .pause, .followSchedule][step % 5])
        }
        let run = try Run.finish(Config.blobs, script: script)
        #expect(run.receipts.map(\.command) == script.map(\.1))
    }
}
