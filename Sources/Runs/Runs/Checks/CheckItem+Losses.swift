import Foundation

/// Judgments on losses: figures in, verdict out.
extension CheckItem {
    /// Whether a network that knows nothing yet has the loss that it should.
    ///
    /// - Parameters:
    ///   - loss: mean over some examples, without regularization.
    ///   - expected: of outputs that say nothing: ln C, C - 1 of the hinge loss, or the targets' variance; nil where nobody knows.
    ///   - formula: how it is written: `ln 10`.
    ///   - batchSize: examples of a batch, for a sum that should be a mean.
    ///   - constantLayer: a layer whose weights are all the same number, so that its units stay alike; nil for none.
    package static func initialLoss(
        _ loss: Double, expected: Double?, formula: String, batchSize: Int, constantLayer: String?
    ) -> CheckItem {
        let values = ["loss": loss, "expected": expected ?? .nan].filter { $0.value.isFinite }
        func item(_ verdict: Verdict, _ advice: String? = nil) -> CheckItem {
            let beside = expected.map { "\(short(loss)), expected about \(short($0)) (\(formula))" }
            return CheckItem(.initialLoss, verdict, beside ?? short(loss), advice: advice, values: values)
        }
        guard loss.isFinite else {
            return item(
                .red, "the loss is not a number before the first update: look at the inputs and the initializer")
        }
        if let constantLayer {
            return item(
                .red,
                "all weights of \(constantLayer) are the same number, so its units stay alike for ever: initialize at random"
            )
        }
        guard let expected else { return item(.green) }
        if loss > 2.5 * expected, loss > expected + 1.5 {
            let isSum = abs(loss / expected / Double(batchSize) - 1) < 0.3
            return item(
                loss > 20 * expected || isSum ? .red : .amber,
                isSum
                    ? "\(batchSize) times too high, which is the batch size: the loss is a sum instead of a mean"
                    : "too high: the outputs begin too large; smaller weights, or scale the inputs")
        }
        if loss < 0.5 * expected, expected > 1e-6 {
            return item(.amber, "too low for a network that knows nothing: do the inputs hold the answer?")
        }
        return item(.green)
    }

    /// Whether the loss rises with the regularization as it must.
    /// - Parameters:
    ///   - decay: the plan's weight decay.
    ///   - penalty: what the decay adds to the loss.
    ///   - greater: what ten times the decay adds.
    ///   - isPenalty: whether the decay is a term beside the loss; adamW's is not.
    package static func regularization(
        loss: Double, decay: Double, penalty: Double, greater: Double, isPenalty: Bool
    ) -> CheckItem {
        let values = ["loss": loss, "penalty": penalty, "decay": decay].filter { $0.value.isFinite }
        guard decay > 0 else { return CheckItem(.regularization, .green, "no weight decay", values: values) }
        guard isPenalty else {
            return CheckItem(
                .regularization, .green, "weight decay \(short(decay)) beside the gradient (decoupled)", values: values)
        }
        let figures = "loss \(short(loss)) + \(short(penalty)), with ten times the decay + \(short(greater))"
        if !(penalty > 0 && greater > penalty) {
            return CheckItem(
                .regularization, .red, figures, advice: "the loss does not rise with the weight decay", values: values)
        }
        if penalty > loss, loss > 0 {
            return CheckItem(
                .regularization, .amber, figures,
                advice: "the weight decay counts for more than the data: try a tenth of it", values: values)
        }
        return CheckItem(.regularization, .green, figures, values: values)
    }

    /// Whether the network can learn a few examples by heart.
    /// - Parameters:
    ///   - accuracy: share of them that it got right at last; nil for numbers to predict.
    ///   - loss: its loss on them at last.
    ///   - target: the loss that numbers to predict are to come under.
    package static func overfit(
        examples: Int, steps: Int, accuracy: Double?, loss: Double, target: Double
    ) -> CheckItem {
        let values = ["examples": Double(examples), "steps": Double(steps), "loss": loss, "accuracy": accuracy ?? .nan]
            .filter { $0.value.isFinite }
        let advice =
            "the network cannot learn \(examples) examples by heart: look at its gradients, its size and its rate"
        if let accuracy {
            let figures =
                "\(percent(accuracy)) of \(examples) examples right after \(steps) steps, loss \(short(loss))"
            return CheckItem(
                .overfit, accuracy >= 1 ? .green : accuracy >= 0.9 ? .amber : .red, figures,
                advice: accuracy >= 1 ? nil : advice, values: values)
        }
        let figures = "loss \(short(loss)) on \(examples) examples after \(steps) steps, to come under \(short(target))"
        let verdict: Verdict = loss <= target ? .green : loss <= 10 * target ? .amber : .red
        return CheckItem(.overfit, verdict, figures, advice: verdict == .green ? nil : advice, values: values)
    }

    /// Whether what is learned from some examples says anything about others.
    /// - Parameters:
    ///   - correct: of the examples held out, by the best of a few quick looks.
    ///   - examples: held out.
    ///   - majority: share of the commonest class.
    ///   - way: what told them best: `nearest neighbours`.
    package static func labels(correct: Int, of examples: Int, majority: Double, way: String) -> CheckItem {
        let share = Double(correct) / Double(max(1, examples))
        let sigma = (majority * (1 - majority) / Double(max(1, examples))).squareRoot()
        let values = ["accuracy": share, "majority": majority, "sigma": sigma]
        let figures =
            "\(way): \(percent(share)) of \(examples) held out right, guessing the commonest \(percent(majority))"
        if share > majority + 4 * sigma { return CheckItem(.labels, .green, figures, values: values) }
        let isSure = examples >= 100 && share < majority + 2.5 * sigma
        return CheckItem(
            .labels, isSure ? .red : .amber, figures,
            advice: "the labels say nothing about the inputs: were they shuffled, or read in another order?",
            values: values)
    }

    /// Whether what is learned from some examples predicts the numbers of others.
    /// - Parameters:
    ///   - error: mean squared error on examples held out, by the best of a few quick looks.
    ///   - variance: of their targets.
    package static func labels(error: Double, variance: Double, examples: Int, way: String) -> CheckItem {
        let share = variance > 0 ? error / variance : 0
        let figures = "\(way): error \(percent(share)) of the targets' variance on \(examples) held out"
        let values = ["error": error, "variance": variance].filter { $0.value.isFinite }
        if share < 0.9 { return CheckItem(.labels, .green, figures, values: values) }
        return CheckItem(
            .labels, .amber, figures,
            advice: "the targets hardly follow from the inputs: were they shuffled, or is it noise?", values: values)
    }

    static func short(_ value: Double) -> String { String(format: "%.3g", value) }

    static func percent(_ share: Double) -> String { String(format: "%.3g %%", share * 100) }
}
