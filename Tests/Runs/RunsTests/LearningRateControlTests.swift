import Runs
import Testing

@Suite struct LearningRateControlTests {
    private let schedule = Schedule(kind: Schedule.Exponential(factor: 0.5), base: 8, total: 10)

    @Test("As planned, the rate is the schedule's")
    func planned() {
        #expect(LearningRateControl.planned.rate(at: 2, schedule: schedule) == 2)
    }

    @Test("Following multiplies the schedule")
    func following() {
        #expect(LearningRateControl.following(multiplier: 3).rate(at: 2, schedule: schedule) == 6)
    }

    @Test("A held rate ignores the schedule")
    func held() {
        #expect(LearningRateControl.held(0.01).rate(at: 2, schedule: schedule) == 0.01)
    }

    @Test("Scaling keeps the mode and adds up")
    func scaling() {
        #expect(LearningRateControl.planned.scaled(by: 0.5).scaled(by: 0.5) == .following(multiplier: 0.25))
        #expect(LearningRateControl.held(0.5).scaled(by: 4) == .held(2))
    }

    @Test("Only a held rate is held")
    func isHeld() {
        #expect(LearningRateControl.held(1).isHeld)
        #expect(!LearningRateControl.following(multiplier: 2).isHeld)
    }
}
