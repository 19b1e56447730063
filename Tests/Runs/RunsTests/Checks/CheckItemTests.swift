import Runs
import Testing

/// Figures in, verdict out.
@Suite struct CheckItemTests {
    @Test(
        arguments: [
            (2.3, .green), (2.9, .green), (4.5, .green), (7, .amber), (60, .red), (147, .red), (0.5, .amber),
            (.nan, .red),
        ] as [(Double, CheckItem.Verdict)])
    func `the first loss of ten classes`(loss: Double, verdict: CheckItem.Verdict) {
        let item = CheckItem.initialLoss(
            loss, expected: 2.303, formula: "ln 10", batchSize: 64, constantLayer: nil)
        #expect(item.verdict == verdict)
        #expect((item.advice == nil) == (verdict == .green))
    }

    @Test func `a loss as many times too high as the batch is large is a sum`() {
        let item = CheckItem.initialLoss(2.4 * 64, expected: 2.303, formula: "ln 10", batchSize: 64, constantLayer: nil)
        #expect(item.verdict == .red && item.advice?.contains("sum instead of a mean") == true)
    }

    @Test(
        arguments: [
            (0, 0, 0, true, .green), (0.01, 0.3, 3, true, .green), (0.01, 5, 50, true, .amber),
            (0.01, 0, 0, true, .red),
            (0.01, 0.3, 0.2, true, .red), (0.01, 0, 0, false, .green),
        ] as [(Double, Double, Double, Bool, CheckItem.Verdict)])
    func `the loss rises with its regularization`(
        decay: Double, penalty: Double, greater: Double, isPenalty: Bool, verdict: CheckItem.Verdict
    ) {
        let item = CheckItem.regularization(
            loss: 2.3, decay: decay, penalty: penalty, greater: greater, isPenalty: isPenalty)
        #expect(item.verdict == verdict)
    }

    @Test(
        arguments: [
            (1, 0, .green), (0.95, 0, .amber), (0.5, 0, .red), (nil, 0.005, .green), (nil, 0.05, .amber),
            (nil, 2, .red),
            (nil, .nan, .red),
        ] as [(Double?, Double, CheckItem.Verdict)])
    func `a few examples by heart`(accuracy: Double?, loss: Double, verdict: CheckItem.Verdict) {
        #expect(
            CheckItem.overfit(examples: 20, steps: 100, accuracy: accuracy, loss: loss, target: 0.01).verdict == verdict
        )
    }

    @Test(
        arguments: [(200, .green), (60, .green), (32, .red), (45, .amber)] as [(Int, CheckItem.Verdict)])
    func `labels say something beyond the commonest class`(correct: Int, verdict: CheckItem.Verdict) {
        #expect(CheckItem.labels(correct: correct, of: 300, majority: 0.1, way: "neighbours").verdict == verdict)
    }

    @Test func `of few examples held out nobody can be sure`() {
        #expect(CheckItem.labels(correct: 2, of: 20, majority: 0.1, way: "neighbours").verdict == .amber)
    }

    @Test(
        arguments: [
            (1, 0, -3, 3, [1, 1, 1], false, .green), (140, 60, 0, 255, [60, 70], false, .red),
            (140, 60, 0, 255, [60, 70], true, .amber), (0.3, 0.1, 0, 1, [0.3], false, .green),
            (20, 3, -90, 90, [20, 20], false, .amber), (900, 3, -4000, 4000, [900, 900], false, .red),
            (0.001, 0, -0.01, 0.01, [0.001], false, .amber), (1, 0, -9, 9, [0.01, 0.01, 0.01, 2], false, .amber),
            (0, 0, 0, 0, [0, 0], false, .red), (.nan, .nan, .nan, .nan, [.nan], false, .red),
        ] as [(Double, Double, Double, Double, [Double], Bool, CheckItem.Verdict)])
    func `the scale of inputs`(
        rms: Double, mean: Double, low: Double, high: Double, spreads: [Double], isNormalized: Bool,
        verdict: CheckItem.Verdict
    ) {
        let item = CheckItem.inputs(
            rms: rms, mean: mean, low: low, high: high, spreads: spreads, isNormalized: isNormalized)
        #expect(item.verdict == verdict)
    }

    private static func layers(_ spreads: [Double], dead: Double = 0, saturated: Double = 0) -> [CheckItem.Layer] {
        spreads.enumerated().map { .init(name: "\($0)", spread: $1, neverFired: dead, saturated: saturated) }
    }

    @Test(
        arguments: [
            ([1, 1, 1, 1, 1], 0, 0, false, .green), ([1, 0.3, 0.09, 0.027, 0.01], 0, 0, false, .amber),
            ([1, 0.3, 0.09, 0.027, 0.01], 0, 0, true, .green), ([1, 1e-2, 1e-4, 1e-6, 1e-8], 0, 0, false, .red),
            ([1, 1, 1], 0.2, 0, false, .green), ([1, 1, 1], 0.6, 0, false, .amber), ([1, 1, 1], 0.95, 0, false, .red),
            ([1, 1, 1], .nan, 0.7, false, .amber), ([1, 0, 0], .nan, 0, false, .red),
            ([1, .nan, 1], .nan, 0, false, .red),
        ] as [([Double], Double, Double, Bool, CheckItem.Verdict)])
    func `the signal on its way`(
        spreads: [Double], dead: Double, saturated: Double, isNormalized: Bool, verdict: CheckItem.Verdict
    ) {
        let item = CheckItem.activations(
            Self.layers(spreads, dead: dead, saturated: saturated), isNormalized: isNormalized)
        #expect(item.verdict == verdict)
    }

    @Test(
        arguments: [
            (1, 1.01, 0, .green), (1, 1.15, 0, .amber), (1, -1, 0, .red), (1, 0, 0, .red), (0, 1, 0, .red),
            (1e-9, -3e-7, 1e-6, .green), (.nan, 1, 0, .red),
        ] as [(Double, Double, Double, CheckItem.Verdict)])
    func `a gradient beside a difference`(slope: Double, difference: Double, doubt: Double, verdict: CheckItem.Verdict)
    {
        let right = CheckItem.Gradient(name: "0.weight", slope: 2, difference: 2, doubt: 0)
        let tensor = CheckItem.Gradient(name: "2.bias", slope: slope, difference: difference, doubt: doubt)
        let item = CheckItem.gradients([right, tensor])
        #expect(item.verdict == verdict)
        if verdict != .green { #expect(item.figures.contains("2.bias") || item.advice?.contains("2.bias") == true) }
    }

    @Test(
        arguments: [
            (0.1, 0.05, 1, nil, .green), (5, 0.05, 1, nil, .amber), (50, 0.05, 1, nil, .red),
            (1e-6, 0.05, 1, nil, .amber),
            (50, 0.05, 1, .neverBlowsUp, .green), (0.1, nil, 1, .neverDescends, .red),
        ] as [(Double, Double?, Double?, RateCurve.Concern?, CheckItem.Verdict)])
    func `the planned rate beside a range test`(
        rate: Double, suggested: Double?, blowUp: Double?, concern: RateCurve.Concern?, verdict: CheckItem.Verdict
    ) {
        let item = CheckItem.learningRate(rate, suggested: suggested, blowUp: blowUp, concern: concern)
        #expect(item.verdict == verdict)
    }

    @Test func `doubts are amber, notices are not`() {
        #expect(CheckItem.structure([StartWarning("a", .notice, "something was done")]).verdict == .green)
        let item = CheckItem.structure([StartWarning("a", "odd"), StartWarning("b", "odder")])
        #expect(item.verdict == .amber && item.figures == "odd (and 1 more)")
    }

    @Test func `the worst rung is the ladder's`() {
        var result = CheckResult()
        #expect(result.verdict == .green)
        result.append(CheckItem(.inputs, .amber, "x"))
        result.append(CheckItem(.gradients, .red, "y"))
        result.append(CheckItem(.labels, .green, "z"))
        #expect(result.verdict == .red)
        #expect(result.words == "check: 1 green, 1 amber (input scale), 1 red (gradients)")
    }
}
