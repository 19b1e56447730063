import Testing
import Training

/// Measuring for the screen keeps to its share of the time.
@Suite struct StatisticsBudgetTests {
    /// Steps of `step` seconds plus what measuring takes; how many were measured.
    private func measured(share: Double, step: Double, cost: Double, count: Int) -> (Int, StatisticsBudget) {
        var budget = StatisticsBudget(share: share)
        var measured = 0
        for _ in 0..<count {
            let measures = budget.wantsMeasurement
            if measures { measured += 1 }
            budget.addStep(seconds: step + (measures ? cost : 0), measuring: measures ? cost : 0)
        }
        return (measured, budget)
    }

    @Test func `nothing is measured without a budget`() {
        #expect(measured(share: 0, step: 1, cost: 0.001, count: 100).0 == 0)
    }

    @Test(arguments: [0.01, 0.02, 0.1])
    func `the share is kept`(share: Double) {
        let (count, budget) = measured(share: share, step: 0.01, cost: 0.01, count: 10_000)
        #expect(budget.spentShare <= share * 1.01)
        #expect(budget.spentShare > share * 0.9, "what may be spent is spent")
        #expect(count > 0)
    }

    @Test func `cheap measurements come at most 20 times a second`() {
        // 100 s of training.
        let (count, _) = measured(share: 1, step: 0.001, cost: 1e-6, count: 100_000)
        #expect((1_900...2_001).contains(count))
    }

    @Test func `slow steps are all measured where the budget allows`() {
        #expect(measured(share: 1, step: 0.1, cost: 0.1, count: 50).0 == 50)
    }

    @Test func `the first step is measured whatever the share`() {
        #expect(StatisticsBudget(share: 1e-6).wantsMeasurement)
        #expect(measured(share: 1e-6, step: 0.01, cost: 0.01, count: 1_000).0 == 1)
    }

    /// No measurement is free, not even the first: what is beyond the share is made up for.
    @Test(arguments: [0.01, 0.02, 0.1, 0.5], [1e-4, 1e-3, 0.05])
    func `the share is kept but for the first measurement`(share: Double, step: Double) {
        var budget = StatisticsBudget(share: share)
        var measured = 0
        for index in 0..<2_000 {
            // Costs go up and down between a twentieth and a quarter of a step.
            let cost = budget.wantsMeasurement ? step * (index % 3 == 0 ? 0.05 : index % 3 == 1 ? 0.15 : 0.25) : 0
            if cost > 0 { measured += 1 }
            budget.addStep(seconds: step + cost, measuring: cost)
            #expect(budget.spentShare <= share + 0.25 / Double(index + 1))
        }
        #expect(measured > 0)
    }

    @Test(arguments: [0.1, 0.5, 20], [0.05, 0.3, 1]) func `a slow run is measured at least once in ten steps`(
        step: Double, cost: Double
    ) {
        var budget = StatisticsBudget(share: 0.02)
        var (since, longest) = (0, 0)
        for _ in 0..<1_000 {
            let measures = budget.wantsMeasurement
            since = measures ? 0 : since + 1
            longest = max(longest, since)
            budget.addStep(seconds: step * (measures ? 1 + cost : 1), measuring: measures ? step * cost : 0)
        }
        #expect(longest <= 9)
        #expect(budget.spentShare <= 0.02 + cost / 10)
    }

    @Test func `nothing spent is a share of zero`() {
        #expect(StatisticsBudget(share: 0.5).spentShare == 0)
        #expect(StatisticsBudget(share: 0.5).wantsMeasurement)
    }
}
