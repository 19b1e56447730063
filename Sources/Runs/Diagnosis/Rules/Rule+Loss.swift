import Foundation
import Runs

/// What shows in loss and gradient.
extension Rule {
    static let nonFinite = Rule(
        .nonFinite, after: .notFinite, 1, of: 1,
        judge: { signs, _ in signs.notFinite == nil ? .quiet : .found(Evidence(signs.loss.latest, 0)) },
        explain: { _, signs, _ in
            let target = moment(before: max(0, signs.step - 20), signs)
            return (
                signs.notFinite ?? "the loss is not finite",
                [
                    Remedy(
                        "rewind to step \(target) and divide the rate by 3", [.rewind(Rewind(to: target, scale: 1.0 / 3))])
                ]
            )
        })

    static let explodingGradient = Rule(
        .explodingGradient, after: .step, 3, of: 20,
        judge: { signs, subject in
            guard let usual = signs.usualGradient.value, signs.usualGradient.count >= 20,
                let chance = subject.chanceLoss ?? signs.loss.first
            else { return .unsure }
            // What is bounded does no harm; and where all is learned the usual gradient is next to nothing.
            guard !subject.description.gradientBounds.clips, signs.loss.now > 0.4 * chance else { return .quiet }
            // A net that begins to learn has larger gradients than one that waits.
            guard signs.loss.now > 0.95 * (signs.loss.before ?? signs.loss.now) else { return .unsure }
            return .above(signs.gradientNorm / max(usual, 1e-30), 10)
        },
        explain: { evidence, signs, _ in
            let bound = ((signs.usualGradient.value ?? 1) * 2).brief
            return (
                "the gradient's norm is \(signs.gradientNorm.brief), \(evidence.value.brief) times as large as usual, at rate "
                    + signs.rate.brief,
                [
                    Remedy("bound the gradient's norm by \(bound)", [.setGradientClipping(Double(bound) ?? 1)]),
                    Remedy("divide the rate by 3", [.scaleLearningRate(1.0 / 3)]),
                ]
            )
        })

    static let regularizationTooStrong = Rule(
        .regularizationTooStrong, after: .step, 20, of: 20,
        judge: { signs, subject in
            guard signs.update.weightDecay > 0, let pull = signs.usualDecay.value, signs.usualDecay.count >= 40,
                let chance = subject.chanceLoss ?? signs.loss.first
            else { return .quiet }
            guard signs.loss.now > 0.25 * chance else { return .quiet }
            let left = signs.update.weightNorm / max(signs.update.firstWeightNorm, 1e-30)
            if left * left < 0.05 { return .found(Evidence(left * left, 0.05)) }
            return .above(pull, 0.3)
        },
        explain: { evidence, signs, _ in
            let decay = signs.update.weightDecay
            let text =
                evidence.threshold == 0.05
                ? "weight decay \(decay.brief) has left \(evidence.value.percent) of the squared weights"
                : "weight decay \(decay.brief) pulls with \(evidence.value.brief) of the force of the data, and the loss is "
                    + signs.loss.now.brief
            let less = decay * min(0.03, 0.03 / max(evidence.threshold == 0.05 ? 1 : evidence.value, 0.3))
            return (text, [Remedy("weight decay \(less.brief)", [.setWeightDecay(less)])])
        })

    /// -ln of the largest share that a softmax gives to numbers between 0 and 1.
    static let lossFloor = Rule(
        .lossFloor, after: .step, 20, of: 20,
        judge: { signs, subject in
            guard let classes = subject.description.task.classCount, classes > 2,
                subject.description.task.loss == "crossEntropy", let accuracy = signs.accuracy.value
            else { return .quiet }
            let floor = log(1 + Double(classes - 1) / M_E)
            guard accuracy > 0.8, signs.loss.taken > 2 * subject.period, let gain = signs.loss.gain(over: 1) else {
                return .unsure
            }
            // Whoever is right so often has a lower loss, unless it cannot be lower.
            let isStill = abs(gain) < 0.03
            guard isStill, accuracy > (classes > 4 ? 0.8 : 0.9) else { return .unsure }
            let distance = abs(signs.loss.now - floor)
            return distance < 0.12 * log(Double(classes)) ? .found(Evidence(signs.loss.now, floor)) : .quiet
        },
        explain: { evidence, signs, _ in
            (
                "\((signs.accuracy.value ?? 0).percent) are right, and the loss stays at \(evidence.value.brief), near "
                    + "\(evidence.threshold.brief): a softmax stands before the loss, which has its own",
                [Remedy("take the softmax out of the model, in the config")]
            )
        })

    static let spike = Rule(
        .spike, after: .step, 4, of: 60,
        judge: { signs, subject in
            guard signs.loss.taken > subject.window, let usual = signs.loss.before ?? signs.loss.average.value,
                let deviation = signs.loss.deviation.value, let chance = subject.chanceLoss ?? signs.loss.first
            else { return .unsure }
            let latest = signs.loss.latest
            return latest > 2 * usual && latest > usual + 8 * deviation && latest > chance
                ? .found(Evidence(latest, usual)) : .quiet
        },
        explain: { evidence, _, _ in
            (
                "single losses lie at \(evidence.value.brief), where \(evidence.threshold.brief) is usual: look at the examples of "
                    + "these batches",
                [
                    Remedy("bound the gradient's norm by 1", [.setGradientClipping(1)]),
                    Remedy("divide the rate by 3", [.scaleLearningRate(1.0 / 3)]),
                ]
            )
        })

    static let underfitting = Rule(
        .underfitting, after: .evaluation, 2, of: 2,
        judge: { signs, subject in
            guard let gain = signs.loss.gain(over: 3), signs.loss.taken >= 200 else { return .unsure }
            guard gain < 0.05, signs.rate > 0.1 * signs.highestRate else { return .quiet }
            guard let train = signs.accuracy.value, let majority = subject.data?.majority else {
                // Numbers to predict: most of their variance is left, and neighbours leave less.
                guard let chance = subject.chanceLoss, let left = subject.data?.neighbours else { return .unsure }
                guard signs.loss.now > 0.5 * chance else { return .quiet }
                return .above(signs.loss.now / chance, max(0.5, left / 0.7))
            }
            guard let validation = signs.evaluations.accuracy, train < 0.7, abs(train - validation) < 0.1 else {
                return .quiet
            }
            // What neighbours cannot tell either may be noise.
            let attainable = subject.data?.neighbours ?? 1
            let isPoor = train < 0.5 && subject.description.task.classCount ?? 0 > 3
            guard attainable > train + 0.05 || train < majority + 0.05 || isPoor else { return .quiet }
            return .found(Evidence(train, max(attainable, majority)))
        },
        explain: { evidence, signs, subject in
            let isShare = signs.accuracy.value != nil
            let text =
                isShare
                ? "training and validation stand at \(evidence.value.percent), and the nearest neighbours are right in "
                    + evidence.threshold.percent
                : "\(evidence.value.percent) of the variance is left, and the loss falls no more"
            return (text, [Remedy("more units or layers, less regularization, or a race for a better rate", [.race(Race())])])
        })

    static let plateau = Rule(
        .plateau, after: .step, 10, of: 10,
        judge: { signs, subject in
            guard let gain = signs.loss.gain(over: 5), let chance = subject.chanceLoss ?? signs.loss.first,
                signs.rate > 0.5 * signs.highestRate
            else { return .unsure }
            guard signs.loss.now > 0.7 * chance, subject.data?.neighbours ?? 1 > (signs.accuracy.value ?? 0) + 0.1 else {
                return .quiet
            }
            return gain < 0.01 ? .found(Evidence(gain, 0.01)) : .quiet
        },
        explain: { _, signs, _ in
            (
                "the loss has stood at \(signs.loss.now.brief) for five epochs, at rate \(signs.rate.brief)",
                [Remedy("race copies at several rates", [.race(Race())])]
            )
        })
}
