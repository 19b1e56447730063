import Plans
import Runs
import Testing
import Training

/// Early stopping: after so many evaluations in a row without an improvement.
@Suite struct EarlyStoppingPolicyTests {
    /// Number of the evaluation that stops, counted from 0.
    private func stop(
        _ options: EarlyStoppingPlan, losses: [Double], accuracies: [Double?]? = nil,
        hasAccuracy: Bool = false
    ) -> Int? {
        var policy = EarlyStoppingPolicy(options: options, hasAccuracy: hasAccuracy)
        for (index, loss) in losses.enumerated() {
            let report = EvaluationReport(
                position: Position(step: index), epoch: index, loss: loss, accuracy: accuracies?[index], isBest: false)
            if policy.observe(report) == .stop(keep: .best) { return index }
        }
        return nil
    }

    @Test func `it stops after patience evaluations without an improvement`() {
        #expect(stop(.init(patience: 2), losses: [3, 2, 2, 2, 2]) == 3)
        #expect(stop(.init(patience: 1), losses: [3, 3]) == 1)
        #expect(stop(.init(patience: 3), losses: [3, 2, 2, 2]) == nil)
    }

    @Test func `an improvement begins the count again`() {
        #expect(stop(.init(patience: 2), losses: [3, 3, 2, 2, 1, 1, 1]) == 6)
    }

    @Test func `an improvement is measured against the best`() {
        #expect(stop(.init(patience: 2), losses: [1, 3, 2]) == 2, "lower than before is not lower than the best")
    }

    @Test func `small improvements do not count`() {
        #expect(stop(.init(patience: 2, minimumDelta: 0.1), losses: [1, 0.95, 0.91]) == 2)
        #expect(stop(.init(patience: 2, minimumDelta: 0.1), losses: [1, 0.95, 0.89, 0.85]) == nil)
    }

    @Test func `accuracy decides where there is one`() {
        let accuracies: [Double?] = [0.5, 0.6, 0.6, 0.6]
        #expect(stop(.init(patience: 2), losses: [4, 3, 2, 1], accuracies: accuracies, hasAccuracy: true) == 3)
        #expect(
            stop(.init(patience: 2, monitor: .loss), losses: [4, 3, 2, 1], accuracies: accuracies, hasAccuracy: true)
                == nil)
    }

    @Test func `what is not finite is no improvement and costs no patience`() {
        #expect(stop(.init(patience: 2), losses: [.nan, .nan, .nan]) == nil)
        #expect(stop(.init(patience: 2), losses: [.infinity, -.infinity, .infinity]) == nil)
        #expect(stop(.init(patience: 2), losses: [3, .nan, 3, .nan, 3]) == 4, "two that tell something")
        #expect(
            stop(.init(patience: 1), losses: [.nan, .nan], accuracies: [0.5, 0.5], hasAccuracy: true) == nil,
            "an accuracy beside such a loss tells nothing either")
    }
}
