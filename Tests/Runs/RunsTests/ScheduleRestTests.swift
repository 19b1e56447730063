import Runs
import Testing

/// The rest of a schedule, replaced: values that follow from the formulas by hand.
@Suite struct ScheduleRestTests {
    /// 0.1 down to 0 in a line over 100 steps.
    private let line = Schedule(kind: Schedule.Polynomial(to: 0, power: 1), base: 0.1, total: 100)

    private func replaced(
        _ schedule: Schedule, at step: Int, _ change: ScheduleChange, _ control: LearningRateControl = .planned
    ) -> Schedule {
        schedule.replacingRest(from: step, by: change, control: control, stepsPerEpoch: 10)
    }

    private func expect(
        _ schedule: Schedule, _ values: [Int: Double], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for (step, rate) in values {
            #expect(abs(schedule.rate(at: step) - rate) < 1e-12, "step \(step)", sourceLocation: sourceLocation)
        }
    }

    @Test
    func `what was before stays as it was`() {
        let changed = replaced(line, at: 40, ScheduleChange(kind: Schedule.Constant(), rate: 0.5))
        for step in 0..<40 { #expect(changed.rate(at: step) == line.rate(at: step)) }
        expect(changed, [40: 0.5, 99: 0.5, 1_000: 0.5])
        #expect(changed.original == line)
    }

    @Test
    func `a shape begins with the rate of the next update and ends with the run`() {
        expect(
            replaced(line, at: 50, ScheduleChange(kind: Schedule.Linear(to: 0.01))), [50: 0.05, 75: 0.03, 99: 0.0108])
        expect(replaced(line, at: 50, ScheduleChange(kind: Schedule.Cosine(to: 0))), [50: 0.05, 75: 0.025])
    }

    @Test
    func `a shape with a length holds its last rate after it`() {
        let steps = ScheduleChange(kind: Schedule.Linear(to: 0.01), rate: 0.05, length: .steps(20))
        expect(replaced(line, at: 50, steps), [50: 0.05, 60: 0.03, 70: 0.01, 90: 0.01])
        let epochs = ScheduleChange(kind: Schedule.Linear(to: 0.01), rate: 0.05, length: .epochs(2))
        #expect(replaced(line, at: 50, epochs).rate(at: 60) == replaced(line, at: 50, steps).rate(at: 60))
    }

    @Test
    func `a warm restart rises to its rate and goes down again`() {
        let change = ScheduleChange(kind: Schedule.Linear(to: 0), rate: 0.1, warmup: .steps(10))
        expect(replaced(line, at: 50, change), [50: 0.01, 54: 0.05, 59: 0.1, 60: 0.1, 80: 0.05])
    }

    @Test
    func `the shape as it is goes on, scaled, with the multiplier of before and above the floor`() {
        expect(replaced(line, at: 50, ScheduleChange(scale: 0.5)), [49: 0.051, 50: 0.025, 75: 0.0125])
        expect(
            replaced(line, at: 50, ScheduleChange(scale: 0.5), .following(multiplier: 4)), [50: 0.1, 75: 0.05])
        // A held rate is let go.
        expect(replaced(line, at: 50, ScheduleChange(), .held(0.9)), [50: 0.05])
        expect(replaced(line, at: 50, ScheduleChange(rate: 0.2)), [50: 0.2, 75: 0.1])
        expect(replaced(line, at: 50, ScheduleChange(floor: 0.02)), [50: 0.05, 79: 0.021, 90: 0.02])
    }

    @Test
    func `a shape scales the rate in force, held or multiplied`() {
        let half = ScheduleChange(kind: Schedule.Constant(), scale: 0.5)
        expect(replaced(line, at: 50, half, .held(0.8)), [50: 0.4])
        expect(replaced(line, at: 50, half, .following(multiplier: 3)), [50: 0.075])
    }

    @Test
    func `of several rests the latest counts, and one that goes on goes on with the one before`() {
        var schedule = replaced(line, at: 20, ScheduleChange(kind: Schedule.Constant(), rate: 0.4))
        schedule = replaced(schedule, at: 60, ScheduleChange(scale: 0.25))
        schedule = replaced(schedule, at: 80, ScheduleChange(scale: 0.5))
        expect(schedule, [19: 0.081, 20: 0.4, 59: 0.4, 60: 0.1, 79: 0.1, 80: 0.05])
        let twice = replaced(
            replaced(line, at: 20, ScheduleChange(kind: Schedule.Constant(), rate: 1)), at: 20,
            ScheduleChange(
                kind: Schedule.Constant(), rate: 2))
        expect(twice, [20: 2])
        #expect(schedule.original == line)
        #expect(schedule.with(schedule.rests) == schedule)
    }

    @Test
    func `stairs count from the change on`() {
        let change = ScheduleChange(kind: Schedule.Step(every: .epochs(1), factor: 0.5), rate: 0.8)
        expect(replaced(line, at: 33, change), [33: 0.8, 42: 0.8, 43: 0.4, 53: 0.2])
    }
}
