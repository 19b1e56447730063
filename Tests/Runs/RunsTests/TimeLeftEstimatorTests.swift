import Runs
import Testing

@Suite struct TimeLeftEstimatorTests {
    @Test("Before any step there is no estimate")
    func empty() {
        #expect(TimeLeftEstimator().secondsLeft(steps: 10, evaluations: 0) == nil)
        #expect(TimeLeftEstimator().secondsLeft(steps: 0, evaluations: 1) == nil)
    }

    @Test("Nothing left takes no time")
    func nothingLeft() {
        #expect(TimeLeftEstimator().secondsLeft(steps: 0, evaluations: 0) == 0)
    }

    @Test("Steps and evaluations that remain are multiplied by their durations")
    func steady() throws {
        var estimator = TimeLeftEstimator()
        for _ in 0..<5 { estimator.addStep(seconds: 0.25) }
        estimator.addEvaluation(seconds: 3)
        #expect(estimator.secondsLeft(steps: 100, evaluations: 2) == 31)
    }

    @Test("An evaluation not yet measured is worth some steps")
    func unmeasuredEvaluation() {
        var estimator = TimeLeftEstimator(evaluationInSteps: 10)
        estimator.addStep(seconds: 0.5)
        #expect(estimator.secondsLeft(steps: 4, evaluations: 3) == 17)
    }

    @Test("The slow first step counts only while there is no other")
    func firstStep() {
        var estimator = TimeLeftEstimator()
        estimator.addStep(seconds: 8)
        #expect(estimator.secondsLeft(steps: 2, evaluations: 0) == 16)
        estimator.addStep(seconds: 1)
        #expect(estimator.secondsLeft(steps: 2, evaluations: 0) == 2)
    }

    @Test("One long step among many moves the estimate by at most four steps of a whole span")
    func hiccup() throws {
        var estimator = TimeLeftEstimator()
        for _ in 0..<400 { estimator.addStep(seconds: 1) }
        estimator.addStep(seconds: 1000)
        let left = try #require(estimator.secondsLeft(steps: 1000, evaluations: 0))
        #expect(left > 1000 && left <= 1020)
    }

    @Test("A lasting change of speed comes through")
    func slower() throws {
        var estimator = TimeLeftEstimator()
        for _ in 0..<400 { estimator.addStep(seconds: 1) }
        for _ in 0..<2000 { estimator.addStep(seconds: 20) }
        let left = try #require(estimator.secondsLeft(steps: 1, evaluations: 0))
        #expect(abs(left - 20) < 0.01)
    }

    @Test("Regular dear steps, such as those that measure, are in the mean")
    func statisticsSteps() throws {
        var estimator = TimeLeftEstimator()
        for step in 0...400 { estimator.addStep(seconds: step % 10 == 0 ? 2 : 1) }
        let left = try #require(estimator.secondsLeft(steps: 100, evaluations: 0))
        #expect(abs(left - 110) < 1)
    }

    @Test("Durations that are no durations are ignored")
    func nonsense() {
        var estimator = TimeLeftEstimator()
        for seconds: Double in [1, 1, -.infinity, .nan, .infinity, -1] { estimator.addStep(seconds: seconds) }
        #expect(estimator.secondsLeft(steps: 3, evaluations: 0) == 3)
    }
}
