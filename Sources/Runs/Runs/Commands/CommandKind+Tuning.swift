import Fields

/// What changes a run beside its rate. What its network and its optimizer cannot do the trainer refuses.
extension CommandKind {
    package static let setWeightDecay = CommandKind(
        "setWeightDecay", .number(.within(0...1e6)), "trains on with this weight decay", example: "1e-3",
        make: RunCommand.setWeightDecay, value: { if case .setWeightDecay(let decay) = $0 { decay } else { nil } },
        refusal: { _, _, _ in nil }
    ).called("the weight decay").settingNumber().palette(
        "weightdecay", "train on with a weight decay of X", argument: "X", synonyms: ["setweightdecay", "l2"])

    /// Refused where the rule has no momentum, or began without and so remembers none.
    package static let setMomentum = CommandKind(
        "setMomentum", .number(.above(0, below: 1, noun: "number")), "trains on with this momentum (sgd, rmsprop)",
        example: "0.95", make: RunCommand.setMomentum,
        value: { if case .setMomentum(let momentum) = $0 { momentum } else { nil } }, refusal: { _, _, _ in nil }
    ).called("the momentum").settingNumber().palette(
        "momentum", "train on with a momentum of X", argument: "X", synonyms: ["setmomentum"])

    /// Refused where the rule has no beta1.
    package static let setBeta1 = CommandKind(
        "setBeta1", .number(.within(0..<1)), "trains on with this beta1 (adam, adamW)", example: "0.95",
        make: RunCommand.setBeta1, value: { if case .setBeta1(let beta) = $0 { beta } else { nil } },
        refusal: { _, _, _ in nil }
    ).called("beta1").settingNumber().palette(
        "beta1", "train on with a beta1 of X", argument: "X", synonyms: ["setbeta1", "betas"])

    package static let setGradientClipping = CommandKind(
        "setGradientClipping", .number(.within(0...1e6)),
        "bounds the gradients' norm, or each value where the plan bounds values; 0 for no bound", example: "1",
        make: RunCommand.setGradientClipping,
        value: { if case .setGradientClipping(let bound) = $0 { bound } else { nil } }, refusal: { _, _, _ in nil }
    ).called("the bound").settingNumber().palette(
        "clipping", "bound the gradients to X, or not at all with 0", argument: "X",
        synonyms: ["setgradientclipping", "clip", "gradientclipping"])

    /// Refused where there is no such layer.
    package static let setDropout = CommandKind(
        "setDropout", .dropout, "drops with this probability, in all dropout layers or in one",
        example: "{ p: 0.3, layer: \"4\" }", make: RunCommand.setDropout,
        value: { if case .setDropout(let change) = $0 { change } else { nil } },
        refusal: { change, _, _ in change.refusal }
    ).settingNumber().palette(
        "dropout", "drop with probability P, in all dropout layers or in one", argument: "P [LAYER]",
        synonyms: ["setdropout"], mistake: "dropout takes a probability, and a layer if you like: dropout 0.3 4")

    /// Refused where the plan has no early stopping.
    package static let setPatience = CommandKind(
        "setPatience", .integer(1...1_000_000), "stops early after so many evaluations without improvement",
        example: "10", make: RunCommand.setPatience,
        value: { if case .setPatience(let count) = $0 { count } else { nil } }, refusal: { _, _, _ in nil }
    ).called("the patience").settingNumber().palette(
        "patience", "stop early after N evaluations without improvement", argument: "N", synonyms: ["setpatience"])

    /// Refused where there is no validation set.
    package static let setEvaluationInterval = CommandKind(
        "setEvaluationInterval", .interval,
        "evaluates whenever the step is a multiple of this, and at the end; \"epoch\" or 0 for each epoch's end",
        example: "200", make: RunCommand.setEvaluationInterval,
        value: { if case .setEvaluationInterval(let steps) = $0 { steps } else { nil } },
        refusal: { steps, rules, _ in
            guard (0...longestInterval).contains(steps) else {
                return "the interval must be from 0 to \(longestInterval), not \(steps)"
            }
            return rules.hasValidation ? nil : "there is no validation set"
        }
    ).settingNumber().palette(
        "interval", "evaluate after every N steps, or at each epoch's end", argument: "N|epoch",
        synonyms: ["setevaluationinterval", "every"],
        mistake: "interval takes a number of steps, or epoch: interval 200")

    private static let longestInterval = 1_000_000_000

    /// Refused where so many epochs are over already.
    package static let setEpochs = CommandKind(
        "setEpochs", .integer(1...1_000_000),
        "trains so many epochs in all; the planned schedule is fitted to them, as --resume --set epochs does",
        example: "20",
        make: RunCommand.setEpochs, value: { if case .setEpochs(let count) = $0 { count } else { nil } },
        refusal: { epochs, rules, _ in rules.refusal(ofEpochs: epochs) }
    ).called("the number of epochs").settingNumber().palette(
        "epochs", "train N epochs in all, the plan fitted to them", argument: "N",
        synonyms: ["setepochs", "extend", "lengthen", "shorten"])

    /// Refused where the training set is smaller, `dropLast` would leave out the rest of the epoch, `batchNorm` would get a batch of
    /// one, or there is no memory for it.
    package static let setBatchSize = CommandKind(
        "setBatchSize", .integer(1...1_000_000),
        "makes updates of so many examples, the rest of the epoch too; the epochs stay, and the planned schedule is fitted to their steps",
        example: "128",
        make: RunCommand.setBatchSize, value: { if case .setBatchSize(let size) = $0 { size } else { nil } },
        refusal: { size, rules, _ in rules.course?.refusal(ofBatches: size, from: rules.step) }
    ).called("the batch size").palette(
        "batchsize", "make updates of N examples, the plan fitted to the epochs", argument: "N",
        synonyms: ["setbatchsize", "batch", "bs"])

    /// Refused where no such layer learns, or all of it is frozen.
    package static let freeze = CommandKind(
        "freeze", .layer, "trains a layer no longer: its weights and its running statistics stay as they are",
        example: "\"0\"", make: RunCommand.freeze, value: { if case .freeze(let name) = $0 { name } else { nil } },
        refusal: { _, _, _ in nil }
    ).palette(
        "lock", "freeze a layer: train it no longer (freeze LAYER does too)", argument: "LAYER",
        synonyms: ["freezelayer", "pin"])

    /// Refused where no such layer is frozen.
    package static let unfreeze = CommandKind(
        "unfreeze", .layer, "trains a layer again that is frozen", example: "\"0\"", make: RunCommand.unfreeze,
        value: { if case .unfreeze(let name) = $0 { name } else { nil } }, refusal: { _, _, _ in nil }
    ).palette("unfreeze", "train a frozen layer again", argument: "LAYER", synonyms: ["thaw", "trainable"])

    /// Refused where no such layer learns, or it is frozen.
    package static let reinitialize = CommandKind(
        "reinitialize", .layer, "draws a layer's weights anew, by its initializer, from seed and step",
        example: "\"0\"",
        make: RunCommand.reinitialize, value: { if case .reinitialize(let name) = $0 { name } else { nil } },
        refusal: { _, _, _ in nil }
    ).palette(
        "reinitialize", "draw a layer's weights anew", argument: "LAYER", synonyms: ["reset", "reinit", "initialize"])

    /// Refused where no such layer has units that can die, or it is frozen.
    package static let reinitializeDeadUnits = CommandKind(
        "reinitializeDeadUnits", .layer,
        "draws the weights of those units of a layer anew that fire for no example of the next batch", example: "\"0\"",
        make: RunCommand.reinitializeDeadUnits,
        value: { if case .reinitializeDeadUnits(let name) = $0 { name } else { nil } }, refusal: { _, _, _ in nil }
    ).palette(
        "revive", "draw the weights of a layer's units anew that never fire", argument: "LAYER",
        synonyms: ["reinitializedeadunits", "dead"])

    /// Refused where the rule remembers nothing.
    package static let clearOptimizerState = CommandKind(
        "clearOptimizerState", .clearOptimizerState, "forgets what the optimizer remembers, as before the first update",
        refusal: { _, _ in nil }
    ).palette(
        "clearoptimizer", "forget what the optimizer remembers", synonyms: ["clearoptimizerstate", "forget", "moments"])
}

extension FieldType<String> {
    /// The name of a layer: `"0"` or `0`, `"3.body.0"`.
    static var layer: FieldType {
        let (text, index) = (FieldType.text, FieldType<Int>.integer(0...))
        return FieldType(
            .either([text.form, index.form], due: "the name of a layer is due here, \"0\" or \"3.body.0\""),
            decode: { value in
                if case .integer(let index) = value { "\(index)" } else { text.decode(value) }
            }, encode: text.encode)
    }
}

extension FieldType<Int> {
    /// A number of steps, or `"epoch"`, which is 0.
    static var interval: FieldType {
        let (steps, word) = (FieldType.integer(0...), FieldType<String>.word(["epoch"]))
        return FieldType(
            .either([steps.form, word.form], due: "a number of steps or \"epoch\" is due here"),
            decode: { value in
                if case .text = value { 0 } else { steps.decode(value) }
            }, encode: { $0 == 0 ? .text("epoch") : steps.encode($0) })
    }
}
