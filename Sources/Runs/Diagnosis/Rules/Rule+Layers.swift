import Runs

/// What shows in the layers.
extension Rule {
    static let deadUnits = Rule(
        .deadUnits, after: .probe, 3, of: 3,
        judge: { signs, _ in worstDead(signs) }, explain: explainDead)

    /// Units that are dead before the first update were born so.
    static let deadAtOnce = Rule(
        .deadUnits, after: .probe, 1, of: 1,
        judge: { signs, subject in
            guard signs.probes == 1, signs.step <= 0, subject.beginsFresh else { return .unsure }
            return worstDead(signs)
        }, explain: explainDead)

    private static func worstDead(_ signs: Signs) -> Verdict {
        var worst: (share: Double, layer: Int)?
        for (layer, share) in signs.dead.enumerated() where share.isFinite && signs.deadUnits[layer] >= 4 {
            if share > worst?.share ?? -1 { worst = (share, layer) }
        }
        guard let worst else { return .unsure }
        return .above(worst.share, 0.4, layer: worst.layer)
    }

    private static let explainDead: @Sendable (Evidence, Signs, RunSubject) -> (text: String, remedies: [Remedy]) = {
        evidence, signs, subject in
        let layer = evidence.layer ?? 0
        let units = signs.deadUnits.indices.contains(layer) ? signs.deadUnits[layer] : 0
        let count = Int((evidence.value * Double(units)).rounded())
        var remedies: [Remedy] = []
        if subject.description.layers.indices.contains(layer) {
            let name = subject.description.layers[layer].name
            remedies.append(
                Remedy(
                    "draw the dead units of \(name) anew and divide the rate by 3",
                    [.reinitializeDeadUnits(name), .scaleLearningRate(1.0 / 3)]))
        }
        remedies.append(Remedy("leakyRelu in place of relu, or a smaller rate, or no negative biases: in the config"))
        return (
            "\(count) of \(units) units of \(subject.name(of: layer)) fire for none of \(signs.probeExamples) examples",
            remedies
        )
    }

    static let saturated = Rule(
        .saturated, after: .layers, 3, of: 3,
        judge: { signs, subject in
            guard let loss = signs.loss.average.value, let chance = subject.chanceLoss ?? signs.loss.first else {
                return .unsure
            }
            // Nets that learn saturate too.
            let isStuck = loss > 0.5 * chance || (loss > 0.15 * chance && signs.loss.gain(over: 2) ?? 1 < 0.05)
            guard isStuck else { return .quiet }
            var worst: (share: Double, layer: Int)?
            for (layer, signs) in signs.layers.enumerated()
            where signs.saturated.isFinite && subject.links[layer].isHidden && !subject.links[layer].isRecurrent
                && subject.links[layer].outputCount >= 4
            {
                if signs.saturated > worst?.share ?? -1 { worst = (signs.saturated, layer) }
            }
            guard let worst else { return .unsure }
            return .above(worst.share, 0.5, layer: worst.layer)
        },
        explain: { evidence, _, subject in
            (
                "\(evidence.value.percent) of what \(subject.name(of: evidence.layer)) gives lies in the flat ends of its activation, where "
                    + "no gradient comes through",
                [Remedy("smaller weights at the beginning, standardized inputs, or normalization: in the config")]
            )
        })

    static let frozenLayer = Rule(
        .frozenLayer, after: .layers, 3, of: 3,
        judge: { signs, subject in
            guard signs.step > 0, signs.layers.contains(where: { $0.updateRatio > 0 }) else { return .unsure }
            let still = signs.layers.indices.first { index in
                let name = subject.description.layers[index].name
                return signs.layers[index].updateRatio == 0
                    && !signs.frozen.contains { name == $0 || name.hasPrefix($0 + ".") }
            }
            guard let still else { return .quiet }
            return .found(Evidence(0, 0, layer: still))
        },
        explain: { evidence, _, subject in
            (
                "\(subject.name(of: evidence.layer)) does not move, while other layers do: no gradient comes to it", []
            )
        })

    static let vanishingGradient = Rule(
        .vanishingGradient, after: .layers, 3, of: 3,
        judge: { signs, subject in
            guard let ends = ends(signs, subject), signs.step >= 20 else { return .unsure }
            guard let loss = signs.loss.average.value, let chance = subject.chanceLoss ?? signs.loss.first,
                loss > 0.3 * chance
            else { return .quiet }
            return .below(ends.ratio, 1e-3, layer: ends.first)
        },
        explain: { evidence, _, subject in
            (
                "\((100 * evidence.value).brief) % of the gradient comes back to \(subject.name(of: evidence.layer))",
                [
                    Remedy(
                        "batchNorm, residual blocks, relu in place of sigmoid and tanh, or a better initializer: in the config"
                    )
                ]
            )
        })

    static let growingGradient = Rule(
        .explodingGradient, after: .layers, 3, of: 3,
        judge: { signs, subject in
            guard let ends = ends(signs, subject) else { return .unsure }
            guard let loss = signs.loss.average.value, let chance = subject.chanceLoss ?? signs.loss.first,
                loss > 0.3 * chance
            else { return .quiet }
            return .above(ends.ratio, 1e3, layer: ends.first)
        },
        explain: { evidence, _, subject in
            (
                "the gradient grows \(evidence.value.brief) times on its way back to \(subject.name(of: evidence.layer))",
                [
                    Remedy("bound the gradient's norm by 1", [.setGradientClipping(1)]),
                    Remedy("a smaller initializer, or normalization: in the config"),
                ]
            )
        })

    /// The signal of the first hidden layer over that of the last, where there are three and more.
    private static func ends(_ signs: Signs, _ subject: RunSubject) -> (ratio: Double, first: Int)? {
        guard signs.layers.count == subject.links.count else { return nil }
        var (first, last, count) = (-1, -1, 0)
        for (index, link) in subject.links.enumerated()
        where link.isHidden && !link.isRecurrent && signs.layers[index].signal.isFinite {
            if first < 0 { first = index }
            last = index
            count += 1
        }
        guard count >= 3, signs.layers[last].signal > 0 else { return nil }
        return (signs.layers[first].signal / signs.layers[last].signal, first)
    }

    static let batchNormMode = Rule(
        .batchNormMode, after: .modes, 3, of: 5,
        judge: { signs, subject in
            guard subject.hasBatchNorm, let modes = signs.modes, signs.step >= 60 else { return .unsure }
            let chance = subject.chanceLoss ?? signs.loss.first ?? 1
            guard modes.evaluation - modes.training > 0.05 * chance else { return .quiet }
            return .above(modes.evaluation / max(modes.training, 1e-12), 1.5)
        },
        explain: { evidence, signs, subject in
            (
                "one batch has a loss of \((signs.modes?.training ?? .nan).brief) with its own statistics and "
                    + "\((signs.modes?.evaluation ?? .nan).brief) with the running ones",
                [Remedy("batchNorm with PyTorch's momentum 0.1, larger batches, or layerNorm: in the config")]
            )
        })
}
