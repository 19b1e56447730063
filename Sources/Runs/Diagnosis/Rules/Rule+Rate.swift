import Runs

/// What shows of the learning rate. These wait after it was changed, and while it warms up.
extension Rule {
    static let rateTooHigh = Rule(
        .rateTooHigh, after: .step, 10, of: 20,
        judge: { signs, subject in
            guard signs.hasSettled(for: 20) else { return .unsure }
            guard let first = signs.loss.first else { return .unsure }
            let chance = subject.chanceLoss ?? first
            if let average = signs.loss.average.value, signs.loss.taken >= 20 {
                // What learned after all was no reason to stop it.
                if average < 0.5 * min(first, chance) { return .quiet }
                let limit = 1.5 * max(first, chance)
                if average > limit { return .found(Evidence(average / max(first, chance), 1.5)) }
            }
            // Weights that decay alone moves are another trouble.
            if signs.update.weightDecay > 0, signs.usualDecay.value ?? 0 > 0.3 { return .unsure }
            guard signs.step >= 5, signs.update.ratio > 0.2 else {
                // Units that it killed do not move: silence is no recovery.
                return signs.loss.now < 0.8 * chance ? .quiet : .unsure
            }
            // What falls is learning, in however large steps.
            guard signs.loss.now > 0.8 * min(first, chance) else { return .unsure }
            return .found(Evidence(signs.update.ratio, 0.2, layer: signs.update.layer))
        }, explain: explainHighRate)

    /// A run that left the finite numbers with large steps.
    static let rateTooHighAtTheEnd = Rule(
        .rateTooHigh, after: .notFinite, 1, of: 1,
        judge: { signs, subject in
            guard let first = signs.loss.first else { return .unsure }
            let chance = subject.chanceLoss ?? first
            if signs.update.ratio > 0.1 { return .certain(Evidence(signs.update.ratio, 0.2, layer: signs.update.layer)) }
            if signs.loss.latest > 1.5 * max(first, chance) || signs.loss.now > 1.5 * max(first, chance) {
                return .certain(Evidence(max(signs.loss.latest, signs.loss.now) / max(first, chance), 1.5))
            }
            return .unsure
        }, explain: explainHighRate)

    /// Units that were alive before the first updates and are dead after them, which were large.
    static let rateThatKilled = Rule(
        .rateTooHigh, after: .probe, 1, of: 1,
        judge: { signs, subject in
            guard signs.probes > 1, signs.step < 300, !signs.wasDeadAtOnce, let first = signs.loss.first else {
                return .unsure
            }
            guard signs.dead.contains(where: { $0 > 0.4 }) else { return .unsure }
            if signs.update.weightDecay > 0, signs.usualDecay.value ?? 0 > 0.3 { return .unsure }
            let highest = signs.loss.highestAtFirst / max(first, subject.chanceLoss ?? first)
            if highest > 2 { return .found(Evidence(highest, 1.5)) }
            guard signs.update.largestAtFirst > 0.3 else { return .unsure }
            return .found(Evidence(signs.update.largestAtFirst, 0.2, layer: signs.update.layer))
        }, explain: explainHighRate)

    private static let explainHighRate: @Sendable (Evidence, Signs, RunSubject) -> (text: String, remedies: [Remedy]) = {
        evidence, signs, subject in
        let size = signs.usualRatio.value ?? 0.01
        let divisor = max(3, min(1000, (size / 0.01).rounded()))
        let back = Remedy(
            "rewind to the beginning and divide the rate by \(divisor.brief)",
            [.rewind(Rewind(to: 0, scale: 1 / divisor))])
        let rate = "at rate \(signs.rate.brief)"
        let text =
            evidence.threshold == 0.2
            ? "updates are \(evidence.value.percent) of the weights of \(subject.name(of: evidence.layer)) \(rate); 0.1 % is usual"
            : "the loss lies at \(evidence.value.brief) times where it began, \(rate)"
        return (text, [back, Remedy("divide the rate by \(divisor.brief)", [.scaleLearningRate(1 / divisor)])])
    }

    static let rateTooLow = Rule(
        .rateTooLow, after: .step, 10, of: 10,
        judge: { signs, subject in
            let schedule = subject.description.schedule
            let isAtFull = signs.step >= schedule.warmup && signs.rate >= 0.9 * signs.highestRate
            guard isAtFull, signs.hasSettled(for: subject.period), let usual = signs.usualRatio.value
            else { return .unsure }
            guard signs.loss.taken - schedule.warmup >= 2 * subject.period else { return .unsure }
            guard signs.loss.now > 0.8 * signs.loss.beginning else { return .quiet }
            return .below(usual, 8e-5)
        },
        explain: { evidence, signs, _ in
            let factor = max(3, min(10_000, 2e-3 / max(evidence.value, 1e-9))).rounded()
            return (
                "updates are \((100 * evidence.value).brief) % of the weights at rate \(signs.rate.brief), 0.1 % is usual, and the loss "
                    + "has hardly moved from \((signs.loss.first ?? .nan).brief)",
                [Remedy("multiply the rate by \(factor.brief)", [.scaleLearningRate(factor)])]
            )
        })

    static let decayTooEarly = Rule(
        .decayTooEarly, after: .step, 10, of: 10,
        judge: { signs, subject in
            guard let drop = signs.drop, let chance = subject.chanceLoss ?? signs.loss.first else { return .quiet }
            let total = subject.description.lengths.totalSteps
            let isEarly = total > 0 && drop.step < total / 4
            guard drop.fallen > (isEarly ? 0.02 : 0.1), total == 0 || Double(total - drop.step) > 0.25 * Double(total),
                signs.step - drop.step >= 2 * subject.window
            else { return .unsure }
            let gain = signs.loss.gain(over: 1) ?? 1 - signs.loss.now / drop.loss
            guard gain < 0.1, signs.loss.now > 0.1 * chance else { return .quiet }
            // A plan that goes up again meant it.
            let schedule = subject.description.schedule
            let isForGood = (1...16).allSatisfy {
                schedule.rate(at: min(schedule.total - 1, signs.step + (schedule.total - signs.step) * $0 / 16))
                    < signs.highestRate / 20
            }
            guard isForGood || signs.rateChangedAt != nil else { return .unsure }
            return .found(Evidence(signs.loss.now, 0.1 * chance))
        },
        explain: { evidence, signs, _ in
            let drop = signs.drop
            let at = drop?.step ?? signs.step
            return (
                "the rate fell to \((signs.rate / max(signs.highestRate, 1e-30)).percent) of its highest at step \(at), while the loss was "
                    + "falling; it stands at \(evidence.value.brief) since",
                [
                    Remedy(
                        "rewind to step \(max(0, at - 1)) and hold the rate at \(signs.highestRate.brief)",
                        [.rewind(Rewind(to: max(0, at - 1))), .setLearningRate(signs.highestRate)]),
                    Remedy("hold the rate at \(signs.highestRate.brief)", [.setLearningRate(signs.highestRate)]),
                ]
            )
        })

    static let wrongSign = Rule(
        .wrongSign, after: .step, 5, of: 5,
        judge: { signs, subject in
            guard let began = signs.loss.began, let usual = signs.usualRatio.value else { return .unsure }
            guard signs.loss.climbs >= 8, signs.loss.climbs >= signs.loss.taken * 8 / max(8, subject.window) - 2 else {
                return .quiet
            }
            guard usual < 0.15 else { return .unsure }
            return .above(signs.loss.now / began, 1.05)
        },
        explain: { evidence, signs, _ in
            (
                "the loss has climbed from the first step on, to \(evidence.value.brief) times where it began, in small steps: a sign is "
                    + "wrong in the loss, its gradient or the update", []
            )
        })
}
