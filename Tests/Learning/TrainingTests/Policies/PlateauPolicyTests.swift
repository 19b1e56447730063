import Plans
import Runs
import Testing
import Training

/// Reduce-on-plateau decides as PyTorch's `ReduceLROnPlateau` does; the tables are worked out from its source by hand.
@Suite struct PlateauPolicyTests {
    /// Feeds losses (or accuracies) and returns the rate after each, as a run at that rate would have it.
    private func rates(
        _ options: PlateauPlan, from rate: Double = 1, losses: [Double] = [], accuracies: [Double] = []
    ) -> [Double] {
        var policy = PlateauPolicy(options: options)
        var rate = rate
        let values = losses.isEmpty ? accuracies.map { (1, $0) } : losses.map { ($0, 0.5) }
        return values.map { loss, accuracy in
            let report = EvaluationReport(
                position: Position(step: 1), epoch: 0, loss: loss, accuracy: accuracy, isBest: false)
            if case .scaleLearningRate(let factor) = policy.observe(report, learningRate: rate) { rate *= factor }
            return rate
        }
    }

    private func expect(_ found: [Double], _ expected: [Double], _ location: SourceLocation = #_sourceLocation) {
        #expect(found.count == expected.count, sourceLocation: location)
        for (one, other) in zip(found, expected) {
            #expect(abs(one - other) < 1e-12, "\(found)", sourceLocation: location)
        }
    }

    @Test func `patience is how many bad ones are let pass`() {
        // Bad: 1, 2, then the third is one too many.
        expect(rates(.init(factor: 0.5, patience: 2), losses: [3, 3, 3, 3, 3, 3, 3]), [1, 1, 1, 0.5, 0.5, 0.5, 0.25])
        expect(rates(.init(factor: 0.1, patience: 0), losses: [3, 3, 3]), [1, 0.1, 0.01])
    }

    @Test func `an improvement begins the count again`() {
        expect(rates(.init(factor: 0.5, patience: 1), losses: [3, 3, 2, 2, 2, 1]), [1, 1, 1, 1, 0.5, 0.5])
    }

    @Test func `the threshold is a share of the best`() {
        // 10 percent of 100: 91 is no improvement, 89 is, and then 81 is not below 80.1.
        expect(
            rates(.init(factor: 0.5, patience: 0, threshold: 0.1), losses: [100, 91, 89, 81, 80]),
            [1, 0.5, 0.5, 0.25, 0.25])
    }

    @Test func `higher is better for accuracy`() {
        expect(
            rates(.init(factor: 0.5, patience: 1, monitor: .accuracy), accuracies: [0.5, 0.6, 0.6, 0.6, 0.7]),
            [1, 1, 1, 0.5, 0.5])
    }

    @Test func `while cooling down nothing counts`() {
        // After each cut two evaluations are free; patience begins behind them.
        expect(
            rates(.init(factor: 0.5, patience: 0, cooldown: 2), losses: [3, 3, 3, 3, 3, 3, 3]),
            [1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25])
    }

    @Test func `the rate stops at its minimum`() {
        expect(rates(.init(factor: 0.1, patience: 0, minimumRate: 0.05), losses: [3, 3, 3, 3]), [1, 0.1, 0.05, 0.05])
    }

    @Test func `changes below epsilon are not made`() {
        // PyTorch's eps is 1e-8.
        expect(rates(.init(factor: 0.5, patience: 0), from: 1.9e-8, losses: [3, 3]), [1.9e-8, 1.9e-8])
        expect(rates(.init(factor: 0.5, patience: 0), from: 2.1e-8, losses: [3, 3]), [2.1e-8, 1.05e-8])
    }

    @Test func `what is not finite is no improvement and cuts no rate`() {
        expect(rates(.init(factor: 0.5, patience: 0), losses: [.nan, .infinity, -.infinity, .nan]), [1, 1, 1, 1])
        expect(rates(.init(factor: 0.5, patience: 0), losses: [3, .nan, 3, .nan, 2]), [1, 1, 0.5, 0.5, 0.5])
        expect(
            rates(.init(factor: 0.5, patience: 0, cooldown: 1), losses: [3, 3, .nan, 3, 3]), [1, 0.5, 0.5, 0.5, 0.25])
    }
}
