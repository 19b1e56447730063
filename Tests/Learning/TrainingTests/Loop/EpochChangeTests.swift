import PlanFixtures
import Runs
import Testing
import Training

/// A run that gets longer or shorter while it goes.
@Suite struct EpochChangeTests {
    @Test func `the plan is fitted to the new length`() throws {
        let run = try Run.finish(Config.blobs, "schedule=linear", script: [(30, .setEpochs(8))])
        #expect(run.steps.count == 120 && run.end.reason == .completed)
        #expect(run.evaluations.map(\.position.step) == Array(stride(from: 15, through: 120, by: 15)))
        for step in [29, 30, 119] {
            let expected = 0.1 * (1 - Double(step) / (step < 30 ? 60 : 120))
            #expect(abs(run.rates[step] - expected) < 1e-12, "step \(step)")
        }
    }

    @Test func `a rate that is held stays, and what stands in place of the rest keeps its length`() throws {
        let held = try Run.finish(
            Config.blobs, "schedule=linear", script: [(20, .setLearningRate(0.01)), (30, .setEpochs(8))])
        #expect(held.rates[20...].allSatisfy { $0 == 0.01 } && held.rates.count == 120)
        let change = ScheduleChange(kind: Schedule.Linear(to: 0.02), rate: 0.1)
        let replaced = try Run.finish(Config.blobs, script: [(20, .setSchedule(change)), (30, .setEpochs(6))])
        let plain = try Run.finish(Config.blobs, script: [(20, .setSchedule(change))])
        #expect(replaced.rates.prefix(60) == plain.rates[...] && replaced.rates.count == 90)
        #expect(replaced.rates[60...].allSatisfy { abs($0 - 0.02) < 1e-12 })
    }

    @Test func `a shorter run ends in time`() throws {
        let run = try Run.finish(Config.blobs, script: [(16, .setEpochs(2)), (40, .evaluate)])
        #expect(run.steps.count == 30 && run.end.reason == .completed)
        #expect(run.receipts.last?.outcome == .refused("the run ended before step 40"))
    }

    /// Screens draw as far as the run is to go.
    @Test func `progress tells the new length and its schedule`() throws {
        let run = try Run.finish(
            Config.blobs, "schedule=linear", script: [(16, .setEpochs(2)), (16, .setGradientClipping(0.5))])
        let plans = run.reports.compactMap { report -> PlanInForce? in
            if case .progress(let progress) = report { progress.plan } else { nil }
        }
        #expect(plans.first?.totalSteps == 60 && plans.first?.gradientBounds.norm == nil)
        #expect(plans.last?.totalSteps == 30 && plans.last?.gradientBounds.norm == 0.5)
        #expect(plans.last.map { abs($0.schedule.rate(at: 15) - 0.05) < 1e-12 } == true)
    }
}
