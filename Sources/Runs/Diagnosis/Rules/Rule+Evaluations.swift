import Runs

/// What shows beside the validation set.
extension Rule {
    static let labelsUnrelated = Rule(
        .labelsUnrelated, after: .evaluation, 4, of: 5,
        judge: { signs, subject in
            guard let majority = subject.data?.majority, let latest = signs.evaluations.latest?.accuracy,
                let train = signs.accuracy.value
            else { return .unsure }
            let count = Double(max(1, subject.description.task.validationExamples))
            let spread = (majority * (1 - majority) / count).squareRoot()
            // Few examples cannot tell a little from nothing, and their commonest class is common by chance.
            let isFew = spread > 0.04
            let guess = isFew ? majority : max(majority, subject.data?.validationMajority ?? 0)
            // Other data is far off from the beginning on.
            guard !signs.evaluations.isFarFromTheFirst else { return .unsure }
            guard latest <= guess + (isFew ? 0 : 3) * spread else { return .quiet }
            if train > guess + (isFew ? 0.4 : 0.15) { return .found(Evidence(latest, guess)) }
            // Nothing learned so far, and nothing to be learned from neighbours.
            guard let neighbours = subject.data?.neighbours, signs.loss.taken >= 5 * subject.period,
                signs.evaluations.count >= 3
            else { return .unsure }
            return neighbours < majority + 0.08 && (signs.usualRatio.value ?? 0) > 2e-4
                ? .found(Evidence(latest, guess)) : .unsure
        },
        explain: { evidence, signs, _ in
            (
                "validation is right in \(evidence.value.percent), as guessing the commonest class is, and training in "
                    + "\((signs.accuracy.value ?? 0).percent): the labels have nothing to do with the inputs",
                [Remedy("look whether inputs and labels stand in the same order")]
            )
        })

    static let validationShift = Rule(
        .validationShift, after: .evaluation, 2, of: 2,
        judge: { signs, subject in
            guard let latest = signs.evaluations.latest, let chance = subject.chanceLoss else { return .unsure }
            guard signs.evaluations.isFarFromTheFirst else { return .quiet }
            return latest.loss > 5 * signs.loss.now ? .above(latest.loss, 2 * chance) : .quiet
        },
        explain: { evidence, signs, _ in
            (
                "the validation loss is \(evidence.value.brief) and the training loss \(signs.loss.now.brief), from the first evaluation "
                    + "on: other preprocessing, or other data",
                [Remedy("look how the validation set is made: its range, its channels, its classes")]
            )
        })

    static let overfitting = Rule(
        .overfitting, after: .evaluation, 1, of: 1,
        judge: { signs, _ in
            let evaluations = signs.evaluations
            guard let loss = evaluations.loss, evaluations.lowest > 0, evaluations.sinceLowest >= 3 else {
                return .quiet
            }
            guard let train = signs.accuracy.value, let validation = evaluations.accuracy else {
                guard signs.loss.now < 0.3 * loss else { return .quiet }
                return .above(loss / evaluations.lowest, 1.3)
            }
            let isLong = train - validation > 0.2 && evaluations.sinceLowest >= max(5, evaluations.count / 4)
            guard train > 0.95, loss > (isLong ? 1.03 : 1.15) * evaluations.lowest else { return .quiet }
            return .above(train - validation, 0.15)
        },
        explain: { evidence, signs, subject in
            let since = signs.evaluations.sinceLowest
            let share = signs.accuracy.value
            let text =
                share != nil
                ? "training is right in \((share ?? 0).percent), validation in \((signs.evaluations.accuracy ?? 0).percent), and its loss "
                    + "has climbed for \(since) evaluations"
                : "the validation loss is \(evidence.value.brief) times its lowest, \(since) evaluations ago, and training goes on"
            return (
                text,
                [
                    Remedy("stop and keep the best", [.stop(keep: .best)]),
                    Remedy("more data, augmentation, dropout or weight decay: in the config"),
                ]
            )
        })

    /// Worse than its best by more than chance, for long.
    static let overtrained = Rule(
        .overtrained, after: .evaluation, 2, of: 2,
        judge: { signs, subject in
            let evaluations = signs.evaluations
            let patience = max(5, evaluations.count / 5)
            guard let loss = evaluations.loss, evaluations.sinceLowest >= patience else { return .quiet }
            guard let accuracy = evaluations.accuracy else { return .above(loss / evaluations.lowest, 1.2) }
            guard evaluations.sinceHighest >= patience, loss > 1.05 * evaluations.lowest else { return .quiet }
            let count = Double(max(1, subject.description.task.validationExamples))
            let best = evaluations.highest
            let spread = (max(best * (1 - best), 0.01) / count).squareRoot()
            return .above(best - accuracy, 0.01 + 2.5 * spread)
        },
        explain: { evidence, signs, _ in
            let since = signs.evaluations.sinceLowest
            return (
                "validation has been worse than its best for \(since) evaluations",
                [Remedy("stop and keep the best", [.stop(keep: .best)])]
            )
        })
}
