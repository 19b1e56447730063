import PlanFixtures
import Runs
import Testing
import Training

/// Replacing the rest of the schedule, by a script and by hand.
@Suite struct ScheduleSteeringTests {
    private static let change = ScheduleChange(kind: Schedule.Linear(to: 0), rate: 0.2, length: .steps(20))

    @Test
    func `it acts before its update, with one receipt of the rates before and after`() throws {
        let run = try Run.finish(Config.blobs, script: [(20, .setSchedule(Self.change))])
        #expect(run.rates[..<20].allSatisfy { $0 == 0.1 })
        for step in 20..<60 {
            #expect(abs(run.rates[step] - 0.2 * max(0, 1 - Double(step - 20) / 20)) < 1e-12, "step \(step)")
        }
        #expect(
            run.receipts == [
                Receipt(
                    position: Position(step: 20), author: .script, command: .setSchedule(Self.change),
                    outcome: .accepted(old: 0.1, new: 0.2))
            ])
    }

    @Test
    func `it lets go of a held rate and of a multiplier, and is the plan from then on`() throws {
        let run = try Run.finish(
            Config.blobs,
            script: [
                (5, .setLearningRate(0.01)), (10, .setSchedule(ScheduleChange(kind: Schedule.Constant(), scale: 2))),
                (15, .scaleLearningRate(3)), (20, .followSchedule), (25, .scaleLearningRate(2)),
                (30, .setSchedule(ScheduleChange(scale: 5))), (35, .followSchedule),
            ])
        func expect(_ steps: Range<Int>, _ rate: Double) {
            for step in steps { #expect(abs(run.rates[step] - rate) < 1e-12, "step \(step)") }
        }
        expect(5..<10, 0.01)
        expect(10..<15, 0.02)
        expect(15..<20, 0.06)
        expect(20..<25, 0.02)
        expect(25..<30, 0.04)
        // The multiplier of 2 has become part of the plan.
        expect(30..<60, 0.2)
    }

    @Test
    func `the same change gives the same bits, by a script or by hand before the first step`() throws {
        let command = RunCommand.setSchedule(Self.change)
        let runs = try [
            Run.finish(Config.pictures, script: [(0, command)]), Run.finish(Config.pictures, script: [(0, command)]),
            Run.finish(Config.pictures, mail: [command]),
        ]
        #expect(runs[0].finalBits == runs[1].finalBits && runs[0].finalBits == runs[2].finalBits)
        #expect(runs[0].finalBits != (try Run.finish(Config.pictures)).finalBits)
    }

    @Test
    func `progress tells the rests, so that readers know the new plan`() throws {
        let run = try Run.finish(Config.blobs, script: [(20, .setSchedule(Self.change))])
        let last = run.reports.compactMap { if case .progress(let progress) = $0 { progress } else { nil } }.last
        #expect(last?.rests.map(\.start) == [20])
    }

    @Test
    func `what makes no sense is refused with its reason and changes nothing`() throws {
        let bad = ScheduleChange(kind: Schedule.Linear(to: 0), rate: -1)
        let run = try Run.finish(
            Config.blobs, script: [(20, .setSchedule(bad)), (60, .setSchedule(Self.change))])
        #expect(run.rates == (try Run.finish(Config.blobs)).rates)
        #expect(
            run.receipts.map(\.outcome) == [
                .refused("the first rate must be a number above 0 and at most 1e6, not -1"),
                .refused("the run ended before step 60"),
            ])
    }
}
