import PlanFixtures
import Plans
import Settings
import Testing

/// Every mistake in a config is one line: where, what, and what would be right.
@Suite struct BadConfigTests {
    @Test(arguments: [
        // Keys and names.
        ("batchsiz: 1", #"2:1: batchsiz: unknown key; did you mean "batchSize"?"#),
        ("epoch: 1", #"2:1: epoch: unknown key; did you mean "epochs"?"#),
        (
            "optimizer: { sgd: { momentun: 0.9 } }",
            #"2:21: optimizer.sgd.momentun: unknown key; did you mean "momentum"?"#
        ),
        (#"optimizer: "adamw""#, #"2:12: optimizer: unknown name "adamw"; did you mean "adamW"?"#),
        (
            "optimizer: { sgd: 1, adam: 2 }",
            #"2:12: optimizer: one name is due, as in { name: { ... } }, not an object with the keys "sgd" and "adam""#
        ),
        (#"model: [{ linear: 3 }, "relo"]"#, #"2:24: model[1]: unknown name "relo"; did you mean "relu"?"#),
        (
            "model: [{ conv2d: { filters: 3, kernle: 3 } }]",
            #"2:33: model[0].conv2d.kernle: unknown key; did you mean "kernel"?"#
        ),
        (#"loss: "crossentropy""#, #"2:7: loss: unknown name "crossentropy"; did you mean "crossEntropy"?"#),
        (#"data: "digit""#, #"2:7: data: unknown name "digit"; did you mean "digits"?"#),
        (
            #"data: "mnist""#,
            #"2:7: data: unknown name "mnist"; known names: "digits", "spirals", "blobs", "idx", "cifar10", "csv", "npy", "#
                + #""npz", "imageFolder", "sequences" and "random""#
        ),
        ("earlyStopping: { patiance: 3 }", #"2:18: earlyStopping.patiance: unknown key; did you mean "patience"?"#),
        (
            #"initializer: { xavierNormal: "fanOut" }"#,
            #"2:30: initializer.xavierNormal: unknown name "fanOut"; known names: "average" and "fanIn""#
        ),
        // Types.
        (#"epochs: "ten""#, #"2:9: epochs: a whole number from 1 to 1000000 is due here, not the string "ten""#),
        ("epochs: 1.5", "2:9: epochs: a whole number from 1 to 1000000 is due here, not 1.5"),
        ("shuffle: 1", "2:10: shuffle: true or false is due here, not 1"),
        ("model: {}", "2:8: model: a list is due here, not an empty object"),
        (#"model: "relu""#, #"2:8: model: a list is due here, not the string "relu""#),
        (#"preprocessing: "standardize""#, #"2:16: preprocessing: a list is due here, not the string "standardize""#),
        ("name: true", "2:7: name: a string is due here, not true"),
        ("optimizer: 0.1", "2:12: optimizer: a name or { name: { ... } } is due here, not 0.1"),
        ("statistics: 5", "2:13: statistics: an object is due here, not 5"),
        // Ranges.
        ("model: []", "2:8: model: a model needs at least one layer"),
        ("epochs: 0", "2:9: epochs: a whole number from 1 to 1000000 is due here, not 0"),
        ("batchSize: 0", "2:12: batchSize: a whole number from 1 to 1000000 is due here, not 0"),
        ("batchSize: -3", "2:12: batchSize: a whole number from 1 to 1000000 is due here, not -3"),
        ("seed: -1", "2:7: seed: a whole number from 0 to 18446744073709551615 is due here, not -1"),
        (
            "seed: 18446744073709551616",
            "2:7: seed: a whole number from 0 to 18446744073709551615 is due here, not 18446744073709551616"
        ), ("seed: 0.5", "2:7: seed: a whole number from 0 to 18446744073709551615 is due here, not 0.5"),
        ("onNotFinite: { skip: 0 }", "2:22: onNotFinite.skip: a whole number from 1 to 1000000 is due here, not 0"),
        ("threads: 1000", "2:10: threads: a whole number from 1 to 256 is due here, not 1000"),
        (#"name: """#, "2:7: name: a name of 1 to 64 characters is due"),
        ("validation: { fraction: 1 }", "2:25: validation.fraction: a share above 0 and below 1 is due, not 1"),
        ("validation: { fraction: 0 }", "2:25: validation.fraction: a share above 0 and below 1 is due, not 0"),
        ("optimizer: { sgd: 0 }", "2:19: optimizer.sgd: a rate above 0 and at most 1e6 is due, not 0"),
        ("optimizer: { sgd: 2e6 }", "2:19: optimizer.sgd: a rate above 0 and at most 1e6 is due, not 2000000"),
        (
            "optimizer: { sgd: { momentum: 1 } }",
            "2:31: optimizer.sgd.momentum: a number of at least 0 and less than 1 is due here, not 1"
        ),
        (
            "optimizer: { adam: { beta2: 1 } }",
            "2:29: optimizer.adam.beta2: a number of at least 0 and less than 1 is due here, not 1"
        ),
        ("optimizer: { adam: { eps: 0 } }", "2:27: optimizer.adam.eps: a number above 0 is due here, not 0"),
        (
            "optimizer: { sgd: { weightDecay: -1 } }",
            "2:34: optimizer.sgd.weightDecay: a number from 0 to 1000000 is due here, not -1"
        ),
        ("gradientClipping: 0", "2:19: gradientClipping: a number above 0 is due here, not 0"),
        ("model: [{ linear: 0 }]", "2:19: model[0].linear: a whole number from 1 to 10000000 is due here, not 0"),
        (
            "model: [{ dropout: 1 }]",
            "2:20: model[0].dropout: a number of at least 0 and less than 1 is due here, not 1"
        ),
        (
            "model: [{ conv2d: { filters: 1, kernel: 0 } }]",
            "2:41: model[0].conv2d.kernel: a whole number from 1 to 65535 is due here, not 0"
        ),
        (
            "model: [{ conv2d: { filters: 1, kernel: [3] } }]",
            "2:41: model[0].conv2d.kernel: one number or [height, width] is due"
        ),
        (
            "model: [{ maxPool2d: [2, 0] }]",
            "2:26: model[0].maxPool2d[1]: a whole number from 1 to 65535 is due here, not 0"
        ),
        ("model: [{ batchNorm: { eps: 0 } }]", "2:29: model[0].batchNorm.eps: a number above 0 is due here, not 0"),
        ("schedule: { step: 0 }", "2:19: schedule.step: a whole number from 1 to 1000000000 is due here, not 0"),
        (
            "schedule: { step: { every: { epochs: 0 } } }",
            "2:38: schedule.step.every.epochs: a number of epochs above 0 is due"
        ),
        ("schedule: { exponential: -1 }", "2:26: schedule.exponential: a number above 0 is due here, not -1"),
        (
            "schedule: { cosine: { warmup: -1 } }",
            "2:31: schedule.cosine.warmup: a whole number from 0 to 1000000000 is due here, not -1"
        ),
        (
            "schedule: { cosineRestarts: { period: 5, growth: 0.5 } }",
            "2:50: schedule.cosineRestarts.growth: a number from 1 to 1000 is due here, not 0.5"
        ),
        (
            "schedule: { multiStep: [5, -5] }",
            "2:28: schedule.multiStep[1]: a whole number from 0 to 1000000000 is due here, not -5"
        ),
        (
            "data: { blobs: { classes: 1 } }",
            "2:27: data.blobs.classes: a whole number from 2 to 1000 is due here, not 1"
        ),
        (
            "data: { blobs: { count: 0 } }",
            "2:25: data.blobs.count: a whole number from 1 to 10000000 is due here, not 0"
        ),
        (
            "data: { random: { shape: [3, 0] } }",
            "2:30: data.random.shape[1]: a whole number from 1 to 4096 is due here, not 0"
        ),
        (
            "data: { random: { shape: [] } }",
            "2:26: data.random.shape: one to three extents are due, as in [3, 32, 32]"
        ),
        ("statistics: { budget: 2 }", "2:23: statistics.budget: a number from 0 to 1 is due here, not 2"),
        // Missing.
        (#"model: ["linear"]"#, "2:9: model[0]: linear needs units, as in { linear: 128 }"),
        (
            "model: [{ conv2d: { filters: 3 } }]",
            "2:19: model[0].conv2d: conv2d needs kernel, as in { conv2d: { filters: 32, kernel: 3 } }"
        ),
        (
            "model: [{ conv2d: 3 }]",
            #"2:19: model[0].conv2d: 3 is not an option of "conv2d"; write an object with "filters", "#
                + #""kernel", "stride", "padding", "bias" or "initializer""#
        ),
        (#"model: ["maxPool2d"]"#, "2:9: model[0]: maxPool2d needs size, as in { maxPool2d: 2 }"),
        (#"schedule: "step""#, "2:11: schedule: step needs every, as in { step: 100 }"),
        (
            "schedule: { multiStep: { factor: 0.5 } }",
            "2:24: schedule.multiStep: multiStep needs at, as in { multiStep: [100, 200] }"
        ),
        (#"schedule: "exponential""#, "2:11: schedule: exponential needs factor, as in { exponential: 0.99 }"),
        (#"initializer: "constant""#, "2:14: initializer: constant needs value, as in { constant: 0.1 }"),
        (#"gradientClipping: "norm""#, "2:19: gradientClipping: norm needs its limit: { norm: 1 }"),
        (#"validation: "fraction""#, "2:13: validation: write { fraction: 0.2 }"),
        (#"data: "idx""#, #"2:7: data: idx needs its files: { idx: { images: "...", labels: "..." } }"#),
        (#"data: { idx: { images: "a" } }"#, #"2:14: data.idx: the key "labels" is missing"#),
        (
            #"data: { idx: { images: "a", labels: "b", validationImages: "c" } }"#,
            "2:60: data.idx.validationImages: validationLabels is missing beside it"
        ),
        (#"data: { idx: { images: "", labels: "b" } }"#, "2:24: data.idx.images: a path is due, not an empty string"),
        // What does not go together.
        (
            "earlyStopping: { patience: 5 }",
            "2:16: earlyStopping: it watches the validation set, and there is none; add validation: { fraction: 0.2 }"
        ),
        (
            "plateau: true",
            "2:10: plateau: it watches the validation set, and there is none; add validation: { fraction: 0.2 }"
        ),
        (
            "optimizer: { sgd: { nesterov: true } }",
            "2:19: optimizer.sgd: nesterov needs a momentum above 0 and a dampening of 0"
        ),
        (
            "optimizer: { sgd: { momentum: 0.9, dampening: 0.1, nesterov: true } }",
            "2:19: optimizer.sgd: nesterov needs a momentum above 0 and a dampening of 0"
        ),
        (
            "data: { idx: { images: 'a', labels: 'b', validationImages: 'c', validationLabels: 'd' } }, "
                + "validation: { fraction: 0.1 }",
            "2:104: validation: the data names validation files of its own; drop the fraction or the files"
        ),
        (
            "validation: { fraction: 0.1 }, plateau: { factor: 1 }",
            "2:51: plateau.factor: a factor below 1 is due, not 1"
        ),
    ])
    func `is refused with its place`(key: String, expected: String) throws {
        #expect(message { try Config.plan(with: key) } == "run.json5:\(expected)")
    }

    @Test func `what is missing is named`() {
        #expect(message { try Config.plan("{ data: \"blobs\" }") } == "run.json5:1:1: the key \"model\" is missing")
        #expect(message { try Config.plan("{ model: [\"relu\"] }") } == "run.json5:1:1: the key \"data\" is missing")
        #expect(message { try Config.plan("[]") } == "run.json5:1:1: an object is due here, not an empty list")
    }

    @Test func `a setting of the command line is found there`() {
        #expect(
            message { try Config.plan(Config.blobs, ["batchSize=x"]) }
                == "--set:1:1: batchSize: a whole number from 1 to 1000000 is due here, not the string \"x\"")
        #expect(
            message { try Config.plan(Config.blobs, ["optimiser=adam"]) }
                == "--set:1:1: optimiser: unknown key; did you mean \"optimizer\"?")
    }

    private func message(_ decode: () throws -> RunPlan) -> String? {
        do {
            _ = try decode()
            return nil
        } catch { return "\(error)" }
    }
}
