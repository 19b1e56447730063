import Runs
import Testing

@Suite struct TimeLeftEstimatorTests {
    @Test
    func `before any step there is no estimate`() {
        #expect(TimeLeftEstimator().secondsLeft(steps: 10, evaluations: 0) == nil)
        #expect(TimeLeftEstimator().secondsLeft(steps: 0, evaluations: 1) == nil)
    }

    @Test
    func `nothing left takes no time`() {
        #expect(TimeLeftEstimator().secondsLeft(steps: 0, evaluations: 0) == 0)
    }

    @Test
    func `steps and evaluations that remain are multiplied by their durations`() throws {
        var estimator = TimeLeftEstimator()
        for _ in 0..<5 { estimator.addStep(seconds: 0.25) }
        estimator.addEvaluation(seconds: 3)
        #expect(estimator.secondsLeft(steps: 100, evaluations: 2) == 31)
    }

    @Test
    func `an evaluation not yet measured is worth some steps`() {
        var estimator = TimeLeftEstimator(evaluationInSteps: 10)
        estimator.addStep(seconds: 0.5)
        #expect(estimator.secondsLeft(steps: 4, evaluations: 3) == 17)
    }

    @Test
    func `the slow first step counts only while there is no other`() {
        var estimator = TimeLeftEstimator()
        estimator.addStep(seconds: 8)
        #expect(estimator.secondsLeft(steps: 2, evaluations: 0) == 16)
        estimator.addStep(seconds: 1)
        #expect(estimator.secondsLeft(steps: 2, evaluations: 0) == 2)
    }

    @Test
    func `one long step among many moves the estimate by at most four steps of a whole span`() throws {
        var estimator = TimeLeftEstimator()
        for _ in 0..<400 { estimator.addStep(seconds: 1) }
        estimator.addStep(seconds: 1000)
        let left = try #require(estimator.secondsLeft(steps: 1000, evaluations: 0))
        #expect(left > 1000 && left <= 1020)
    }

    @Test
    func `a lasting change of speed comes through`() throws {
        var estimator = TimeLeftEstimator()
        for _ in 0..<400 { estimator.addStep(seconds: 1) }
        for _ in 0..<2000 { estimator.addStep(seconds: 20) }
        let left = try #require(estimator.secondsLeft(steps: 1, evaluations: 0))
        #expect(abs(left - 20) < 0.01)
    }

    @Test
    func `regular dear steps, such as those that measure, are in the mean`() throws {
        var estimator = TimeLeftEstimator()
        for step in 0...400 { estimator.addStep(seconds: step % 10 == 0 ? 2 : 1) }
        let left = try #require(estimator.secondsLeft(steps: 100, evaluations: 0))
        #expect(abs(left - 110) < 1)
    }

    @Test
    func `durations that are no durations are ignored`() {
        var estimator = TimeLeftEstimator()
        for seconds: Double in [1, 1, -.infinity, .nan, .infinity, -1] { estimator.addStep(seconds: seconds) }
        #expect(estimator.secondsLeft(steps: 3, evaluations: 0) == 3)
    }
}
