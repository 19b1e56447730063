import Runs
import Testing

/// What is said before the first step of a schedule that may not be meant.
@Suite struct ScheduleConcernTests {
    private func concerns(_ kind: any ScheduleShape, base: Double = 0.05, warmup: Int = 0, total: Int = 400) -> [String]
    {
        let resolved = kind.resolved(base: base, stepsPerEpoch: 20)
        return Schedule(kind: resolved, base: base, warmup: warmup, total: total).concerns(stepsPerEpoch: 20)
            .map(\.sentence)
    }

    @Test func `a warm-up that is longer than the run never reaches the rate`() {
        #expect(
            concerns(Schedule.Cosine(), warmup: 1_980) == [
                "schedule: the warm-up takes 1,980 steps and the run has 400: the rate ends at 0.0101 and never reaches 0.05; "
                    + "shorten the warm-up"
            ])
        #expect(concerns(Schedule.Constant(), warmup: 401).count == 1)
        #expect(concerns(Schedule.Exponential(factor: 0.9), warmup: 10_000).count == 1, "one line, not two")
        #expect(concerns(Schedule.Cosine(), warmup: 400).isEmpty)
    }

    @Test func `a rate that is gone long before the end is said`() {
        #expect(
            concerns(Schedule.Exponential(factor: 0.9)) == [
                "schedule: the rate falls from 0.05 to 2.77e-20, below a millionth from step 132 of 400 on, where nothing is "
                    + "learned any more"
            ])
        #expect(concerns(Schedule.Step(every: .steps(10))).count == 1)
        #expect(concerns(Schedule.Exponential(factor: 0.99)).isEmpty)
        #expect(concerns(Schedule.Exponential(factor: 1.01)).isEmpty, "it grows")
        for shape in [Schedule.Cosine(), Schedule.Linear(), Schedule.OneCycle()] as [any ScheduleShape] {
            #expect(concerns(shape).isEmpty, "it ends where it was told to")
        }
    }

    @Test func `stairs beyond the end are said`() {
        #expect(
            concerns(Schedule.MultiStep(at: [.epochs(30)])) == [
                "schedule: no stair comes: the run ends at step 400 (20 epochs), and a stair is at step 600"
            ])
        #expect(
            concerns(Schedule.MultiStep(at: [.steps(100), .epochs(25), .steps(399)])) == [
                "schedule: 1 of 3 stairs never come: the run ends at step 400 (20 epochs), and a stair is at step 500"
            ])
        #expect(concerns(Schedule.MultiStep(at: [.steps(399)])).isEmpty)
        #expect(concerns(Schedule.MultiStep(at: [.steps(380)]), warmup: 50).count == 1, "counted from the warm-up on")
        #expect(
            concerns(Schedule.Step(every: .epochs(30))) == [
                "schedule: a stair is 600 steps long and the run 400: the rate stays as it is to the end"
            ])
    }

    @Test func `a period that is longer than the run is said`() {
        #expect(concerns(Schedule.CosineRestarts(period: .epochs(40))).count == 1)
        #expect(concerns(Schedule.CosineRestarts(period: .epochs(10))).isEmpty)
    }

    @Test func `usual schedules are silent`() {
        for shape in Schedule.shapes
        where shape.word != "exponential" && shape.word != "step" && shape.word != "cosineRestarts" {
            #expect(concerns(shape.init(), warmup: 20).isEmpty, "\(shape.word)")
        }
    }
}
