import PlanFixtures
import Runs
import TestSupport
import Testing
import Training

/// Batches that get larger or smaller while a run goes.
@Suite struct BatchSizeTests {
    /// Sizes and moments drawn from a seed, some of them refused.
    private static func script(_ seed: UInt64) -> [(Int, RunCommand)] {
        var random = SplitMix64(seed: seed)
        let steps = (0..<5).map { _ in Int.random(in: 0..<45, using: &random) }.sorted()
        return steps.map { ($0, .setBatchSize(Int.random(in: 1...120, using: &random))) }
    }

    /// The course that the receipts of a run tell.
    private static func course(_ run: RunRecord, examples: Int, batchSize: Int) -> EpochCourse {
        var course = EpochCourse(examples: examples, batchSize: batchSize)
        for receipt in run.receipts where receipt.isAccepted {
            if case .setBatchSize(let size) = receipt.command { course.change(to: size, from: receipt.position.step) }
        }
        return course
    }

    @Test(arguments: 0..<8 as Range<UInt64>) func `epochs stay whole passes, and as many as planned`(seed: UInt64)
        throws
    {
        // At a rate of nothing the weights stand still, so that the batches of an epoch add up to the same sum.
        let run = try Run.finish(
            Config.blobs, "optimizer={ sgd: 1e-30 }", "schedule=linear", script: Self.script(seed))
        let course = Self.course(run, examples: 240, batchSize: 16)
        #expect(course.stretches.count > 1)
        #expect(run.steps.map(\.epoch) == run.steps.map { course.epoch(of: $0.step) })
        #expect(run.steps.count == course.firstStep(ofEpoch: 4) && run.end.reason == .completed)
        #expect(run.evaluations.map(\.position.step) == (1...4).map(course.firstStep(ofEpoch:)))
        #expect(run.evaluations.map(\.epoch) == [0, 1, 2, 3])
        var sums = [0.0, 0, 0, 0]
        for step in run.steps {
            let place = course.place(of: step.step)
            sums[place.epoch] += step.loss * Double(place.examples.count)
        }
        for sum in sums { #expect(abs(sum - sums[0]) < 1e-5 * sums[0]) }
    }

    @Test(arguments: 0..<4 as Range<UInt64>) func `the plan is fitted to the steps that the epochs take`(
        seed: UInt64
    ) throws {
        let run = try Run.finish(Config.blobs, "schedule=linear", script: Self.script(seed))
        let (last, total) = (try #require(run.steps.last), Double(run.steps.count))
        #expect(abs(last.learningRate - 0.1 * (1 - Double(last.step) / total)) < 1e-12)
    }

    @Test(arguments: 0..<4 as Range<UInt64>) func `threads and a break in the middle change no bit`(seed: UInt64) throws
    {
        var plan = BrokenRun.Plan(Config.pictures, "epochs=8", script: Self.script(seed))
        let step = 20
        let whole = try BrokenRun.whole(plan, from: step)
        plan.changes.append("threads=2")
        let resumed = try BrokenRun.goOn(plan, from: BrokenRun.begin(plan, until: step))
        #expect(resumed == whole)
    }

    @Test func `a schedule's rest in epochs counts those of the new size`() throws {
        let change = ScheduleChange(kind: Schedule.Linear(to: 0), rate: 0.1, length: .epochs(1))
        let run = try Run.finish(Config.blobs, script: [(15, .setBatchSize(24)), (15, .setSchedule(change))])
        // 15 steps of 16, then 10 an epoch.
        #expect(run.steps.count == 15 + 3 * 10)
        #expect(abs(run.rates[20] - 0.05) < 1e-12 && run.rates[25] < 1e-12)
    }

    @Test func `progress tells how long epochs are now`() throws {
        let run = try Run.finish(Config.blobs, script: [(20, .setBatchSize(120))])
        let plans = run.reports.compactMap { report -> PlanInForce? in
            if case .progress(let progress) = report { progress.plan } else { nil }
        }
        #expect(plans.first?.totalSteps == 60 && plans.first?.course?.stepsPerEpoch == 15)
        // 160 examples of the second epoch were left.
        #expect(plans.last?.totalSteps == 20 + 2 + 2 * 2 && plans.last?.course?.stepsPerEpoch == 2)
    }

    /// As a rerun does that compares at each checkpoint on the way.
    @Test func `steps made again in pieces know the lengths that they have come to`() throws {
        let changes: [(Int, RunCommand)] = [(7, .setBatchSize(40)), (9, .setEpochs(3)), (15, .setBatchSize(10))]
        let run = try HeldRun(Config.blobs, "schedule=linear")
        for (step, command) in changes {
            run.train(until: step)
            run.send(command)
        }
        run.train(until: 25)
        let again = try HeldRun(Config.blobs, "schedule=linear")
        let (state, trail) = (again.trainer.state, run.trainer.state.course.trail)
        for piece in [(0..<2, 12), (2..<3, 25)] {
            var replay = Replay(again.material, state: state, deeds: Array(trail[piece.0]), isPast: true)
            replay.advance(to: piece.1)
            replay.finish()
        }
        #expect(state.lifecycle.limits.totalSteps == run.trainer.state.lifecycle.limits.totalSteps)
        #expect(again.bits(of: "0") == run.bits(of: "0") && again.bits(of: "2") == run.bits(of: "2"))
    }

    /// What layers keep with them is the network's, whatever room it works in.
    @Test func `a network that got larger room for its batches keeps what it counted and what was changed by hand`()
        throws
    {
        let run = try HeldRun(Config.pictures, "epochs=4")
        run.send(.setDropout(DropoutChange(p: 0.6)), .freeze("0"))
        run.train(until: 3)
        run.send(.setBatchSize(240))
        run.train(until: 5)
        #expect(run.material.network.maximumBatch == 240)
        #expect(run.trainer.state.network.statistics.batchesTracked["1.num_batches_tracked"] == 5)
        #expect(run.material.network.dropout.map(\.probability) == [0.6])
    }
}
