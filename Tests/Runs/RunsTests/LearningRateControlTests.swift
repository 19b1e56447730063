import Runs
import Testing

@Suite struct LearningRateControlTests {
    private let schedule = Schedule(kind: Schedule.Exponential(factor: 0.5), base: 8, total: 10)

    @Test
    func `as planned, the rate is the schedule's`() {
        #expect(LearningRateControl.planned.rate(at: 2, schedule: schedule) == 2)
    }

    @Test
    func `following multiplies the schedule`() {
        #expect(LearningRateControl.following(multiplier: 3).rate(at: 2, schedule: schedule) == 6)
    }

    @Test
    func `rescaled, the schedule says the rate where it said another one`() {
        let control = LearningRateControl.rescaled(rate: 0.3, planned: 2)
        #expect(control.rate(at: 2, schedule: schedule) == 0.3)
        #expect(control.rate(at: 1, schedule: schedule) == 0.6)
        #expect(control.multiplier == 0.15)
    }

    @Test
    func `a held rate ignores the schedule`() {
        #expect(LearningRateControl.held(0.01).rate(at: 2, schedule: schedule) == 0.01)
    }

    @Test
    func `scaling keeps the mode and adds up`() {
        #expect(LearningRateControl.planned.scaled(by: 0.5).scaled(by: 0.5) == .following(multiplier: 0.25))
        #expect(LearningRateControl.held(0.5).scaled(by: 4) == .held(2))
        #expect(
            LearningRateControl.rescaled(rate: 0.5, planned: 3).scaled(by: 4) == .rescaled(rate: 2, planned: 3))
    }

    @Test
    func `only a held rate is held`() {
        #expect(LearningRateControl.held(1).isHeld)
        #expect(!LearningRateControl.following(multiplier: 2).isHeld)
    }
}
