import Datasets
import NeuralNetworks
import Optimizers
import PlanFixtures
import Plans
import Runs
import Settings
import Tensors
import Testing

/// What a config means: defaults, and every way to write a thing.
@Suite struct PlanDecoderTests {
    @Test func `what is absent is off`() throws {
        let plan = try Config.plan("{ data: \"blobs\", model: [\"flatten\"] }")
        #expect(plan.name == "run")
        #expect(plan.data.source == .blobs(Blobs(count: 3000, classes: 3, features: 2, spread: 1, seed: 0)))
        #expect(plan.validation == nil && plan.preprocessing.isEmpty)
        #expect(plan.initializer == LayerInitializer(.standard))
        #expect(plan.loss == .crossEntropy)
        #expect(plan.optimizer == .sgd(SGD()) && plan.learningRate == 1e-3)
        #expect(plan.gradientClipping == nil && plan.plateau == nil && plan.earlyStopping == nil)
        #expect(plan.schedule == ScheduleSpecification(kind: Schedule.Constant(), warmup: .steps(0)))
        #expect(plan.epochs == 10 && plan.batchSize == 32 && plan.shuffle && !plan.dropLast && plan.seed == 0)
        #expect(plan.threads == nil)
        #expect(plan.statistics == StatisticsPlan(every: 100, budget: 0.02))
    }

    @Test func `plain keys`() throws {
        let plan = try Config.plan(
            with: """
                name: "one", epochs: 3, batchSize: 7, shuffle: false, dropLast: true, seed: 9007199254740993, threads: 2
                """)
        #expect(plan.name == "one" && plan.epochs == 3 && plan.batchSize == 7)
        #expect(!plan.shuffle && plan.dropLast && plan.threads == 2)
        #expect(plan.seed == 9_007_199_254_740_993, "seeds above 2^53 stay exact")
    }

    @Test(arguments: [
        ("9223372036854775807", UInt64(Int.max)), ("9223372036854775808", 1 << 63), ("18446744073709551615", .max),
        ("0xFFFFFFFFFFFFFFFF", .max), ("1e19", 10_000_000_000_000_000_000), ("0", 0),
    ])
    func `a seed has 64 bits and reads back`(text: String, seed: UInt64) throws {
        let plan = try Config.plan(Config.minimal("seed: \(text)"), [])
        #expect(plan.seed == seed)
        let again = try Config.plan(plan.json.pretty, [])
        #expect(again.seed == seed)
        let data = try Config.plan(Config.minimal("data: { digits: { count: 3, seed: \(text) } }"), [])
        #expect(data.data.source == .digits(Digits(count: 3, seed: seed)))
    }

    @Test func `what is done about numbers that are not finite is a word or a count`() throws {
        func policy(_ text: String) throws -> NotFinitePlan { try Config.plan(Config.minimal(text), []).onNotFinite }
        #expect(try policy("epochs: 1") == .stop(.init()))
        #expect(try policy("onNotFinite: 'stop'") == .stop(.init()))
        #expect(try policy("onNotFinite: 'rewind'") == .rewind(.init()))
        #expect(try policy("onNotFinite: { skip: 3 }") == .skip(.init(count: 3)))
        #expect(try policy("onNotFinite: { skip: { count: 4 } }") == .skip(.init(count: 4)))
    }

    @Test(arguments: [
        ("\"digits\"", DataPlan.Source.digits(Digits(count: 20_000, seed: 0))),
        ("{ digits: 50 }", .digits(Digits(count: 50, seed: 0))),
        ("{ digits: { count: 5, seed: 2 } }", .digits(Digits(count: 5, seed: 2))),
        ("\"spirals\"", .spirals(Spirals(count: 3000, classes: 3, noise: 0.2, turns: 0.64, seed: 0))),
        (
            "{ spirals: { count: 9, classes: 2, noise: 0, turns: 1, seed: 4 } }",
            .spirals(Spirals(count: 9, classes: 2, noise: 0, turns: 1, seed: 4))
        ),
        ("{ blobs: {} }", .blobs(Blobs(count: 3000, classes: 3, features: 2, spread: 1, seed: 0))),
        (
            "{ blobs: { count: 9, classes: 2, features: 7, spread: 0.5, seed: 4 } }",
            .blobs(Blobs(count: 9, classes: 2, features: 7, spread: 0.5, seed: 4))
        ),
        ("\"random\"", .random(RandomNumbers(count: 3000, shape: [1, 28, 28], classes: 10, seed: 0))),
        (
            "{ random: { count: 9, shape: [4, 5], classes: 3, seed: 2 } }",
            .random(RandomNumbers(count: 9, shape: [4, 5], classes: 3, seed: 2))
        ),
    ])
    func `data`(text: String, expected: DataPlan.Source) throws {
        #expect(try Config.plan(with: "data: \(text)").data.source == expected)
    }

    @Test func `files of their own are the validation set`() throws {
        let plan = try Config.plan(
            with: """
                data: { idx: { images: "i", labels: "l", validationImages: "vi", validationLabels: "vl", raw: true, classes: 4 } }
                """)
        guard case .idx(let files) = plan.data.source else { return #expect(Bool(false), "idx is read") }
        #expect(files.images == "configs/i" && files.labels == "configs/l")
        #expect(files.validationImages == "configs/vi" && files.validationLabels == "configs/vl")
        #expect(files.raw && files.classCount == 4)
        #expect(plan.validation == ValidationPlan())
    }

    @Test func `paths are relative to their own file`() throws {
        let text = Config.minimal("data: { idx: { images: \"i\", labels: \"l\" } }")
        let plan = try Config.plan(text, ["data.idx.labels=here/l"])
        guard case .idx(let files) = plan.data.source else { return #expect(Bool(false), "idx is read") }
        #expect(!files.raw && files.classCount == nil && files.validationImages == nil && plan.validation == nil)
        #expect(files.images == "configs/i", "the config's folder")
        #expect(files.labels == "here/l", "the current folder")
    }

    @Test func `validation and preprocessing`() throws {
        let plan = try Config.plan(
            with: """
                validation: { fraction: 0.25 },
                preprocessing: ["zeroMean", { standardize: "all" }, { standardize: { over: "channels" } }, { zeroMean: "features" }]
                """)
        #expect(plan.validation == ValidationPlan(fraction: 0.25))
        #expect(
            plan.preprocessing == [
                .zeroMean(.perFeature), .standardize(.all), .standardize(.channels), .zeroMean(.perFeature),
            ])
    }

    @Test(arguments: [
        ("{ linear: 5 }", LayerSpecification.linear(Linear(units: 5))),
        ("{ linear: { units: 5, bias: false } }", .linear(Linear(units: 5, bias: false))),
        ("{ conv2d: { filters: 4, kernel: 3 } }", .conv2d(Conv2d(filters: 4, kernel: 3))),
        (
            "{ conv2d: { filters: 4, kernel: [3, 5], stride: [2, 1], padding: [1, 0], bias: false } }",
            .conv2d(
                Conv2d(
                    filters: 4, kernel: Extent2(height: 3, width: 5), stride: Extent2(height: 2, width: 1),
                    padding: Extent2(height: 1, width: 0), bias: false))
        ),
        (
            "{ conv1d: { filters: 4, kernel: 3, stride: 2, padding: 1 } }",
            .conv1d(Conv1d(filters: 4, kernel: 3, stride: 2, padding: 1))
        ),
        ("{ maxPool2d: 2 }", .maxPool2d(MaxPool2d(size: 2, stride: 2))),
        (
            "{ maxPool2d: [2, 3] }",
            .maxPool2d(MaxPool2d(size: Extent2(height: 2, width: 3), stride: Extent2(height: 2, width: 3)))
        ),
        ("{ avgPool2d: { size: 3, stride: 2, padding: 1 } }", .avgPool2d(AvgPool2d(size: 3, stride: 2, padding: 1))),
        ("\"globalAvgPool\"", .globalAvgPool), ("{ flatten: {} }", .flatten),
        ("\"batchNorm\"", .batchNorm(BatchNorm())),
        ("{ batchNorm: { momentum: 0.2, eps: 1e-3 } }", .batchNorm(BatchNorm(momentum: 0.2, eps: 1e-3))),
        ("\"dropout\"", .dropout(Dropout(p: 0.5))), ("{ dropout: 0.1 }", .dropout(Dropout(p: 0.1))),
        ("{ dropout: { p: 0.1 } }", .dropout(Dropout(p: 0.1))),
        ("\"relu\"", .activation(.relu)), ("\"leakyRelu\"", .activation(.leakyRelu(slope: 0.01))),
        ("{ leakyRelu: 0.2 }", .activation(.leakyRelu(slope: 0.2))), ("\"prelu\"", .activation(.prelu)),
        ("\"elu\"", .activation(.elu(alpha: 1))), ("{ elu: { alpha: 2 } }", .activation(.elu(alpha: 2))),
        ("\"selu\"", .activation(.selu)), ("\"gelu\"", .activation(.gelu)), ("\"sigmoid\"", .activation(.sigmoid)),
        ("\"tanh\"", .activation(.tanh)), ("\"softmax\"", .activation(.softmax)),
        ("\"maxout\"", .activation(.maxout(pieces: 2))), ("{ maxout: 3 }", .activation(.maxout(pieces: 3))),
        ("{ maxPool1d: 2 }", .maxPool1d(MaxPool1d(size: 2, stride: 2))),
        ("{ avgPool1d: { size: 3, stride: 2, padding: 1 } }", .avgPool1d(AvgPool1d(size: 3, stride: 2, padding: 1))),
        (
            "{ fractionalMaxPool2d: { size: 2, outputRatio: 0.7 } }",
            .fractionalMaxPool2d(FractionalMaxPool2d(size: 2, heightRatio: 0.7, widthRatio: 0.7))
        ),
        (
            "{ fractionalMaxPool2d: { size: [2, 3], outputRatio: [0.5, 0.6] } }",
            .fractionalMaxPool2d(
                FractionalMaxPool2d(size: Extent2(height: 2, width: 3), heightRatio: 0.5, widthRatio: 0.6))
        ),
        ("{ batchNorm: { initialScale: 0 } }", .batchNorm(BatchNorm(initialScale: 0))),
        ("\"layerNorm\"", .layerNorm(LayerNorm(eps: 1e-5))),
        ("{ instanceNorm: { eps: 1e-3 } }", .instanceNorm(InstanceNorm(eps: 1e-3))),
        ("{ gaussianNoise: 0.1 }", .gaussianNoise(GaussianNoise(std: 0.1))),
        (
            "{ linear: { units: 5, dropConnect: 0.5, initializer: { kaimingNormal: { bias: 0.01 } } } }",
            .linear(Linear(units: 5, dropConnect: 0.5, initializer: LayerInitializer(.kaimingNormal, bias: 0.01)))
        ),
        (
            "{ conv2d: { filters: 4, kernel: 3, initializer: \"zero\" } }",
            .conv2d(Conv2d(filters: 4, kernel: 3, initializer: LayerInitializer(.zero)))
        ),
        (
            "{ conv1d: { filters: 4, kernel: 3, initializer: { normal: 0.01 } } }",
            .conv1d(Conv1d(filters: 4, kernel: 3, initializer: LayerInitializer(.normal(std: 0.01))))
        ),
        ("{ rnn: 8 }", .rnn(RNN(units: 8))),
        (
            "{ rnn: { units: 8, nonlinearity: \"relu\", returnSequences: true } }",
            .rnn(RNN(units: 8, nonlinearity: .relu, returnSequences: true))
        ),
        ("{ lstm: { units: 8, returnSequences: true } }", .lstm(LSTM(units: 8, returnSequences: true))),
        (
            "{ residual: { body: [\"relu\", { linear: 4 }] } }",
            .residual(Residual(body: [.activation(.relu), .linear(Linear(units: 4))]))
        ),
        ("{ residual: [\"relu\"] }", .residual(Residual(body: [.activation(.relu)]))),
        (
            "{ residual: { body: [{ residual: [\"relu\"] }], shortcut: [{ linear: 4 }], stochasticDepth: 0.2 } }",
            .residual(
                Residual(
                    body: [.residual(Residual(body: [.activation(.relu)]))], shortcut: [.linear(Linear(units: 4))],
                    stochasticDepth: 0.2))
        ),
        (
            "{ concat: { branches: [[], [\"relu\", \"tanh\"]] } }",
            .concat(Concat(branches: [[], [.activation(.relu), .activation(.tanh)]]))
        ),
        ("{ concat: [[\"relu\"]] }", .concat(Concat(branches: [[.activation(.relu)]]))),
    ])
    func `layers`(text: String, expected: LayerSpecification) throws {
        #expect(try Config.plan(with: "model: [\(text)]").model == [expected])
    }

    @Test(arguments: [
        ("\"kaimingNormal\"", Initializer.kaimingNormal, nil), ("\"kaimingUniform\"", .kaimingUniform, nil),
        ("\"zero\"", .zero, nil), ("{ constant: 0.5 }", .constant(0.5), nil),
        ("{ normal: 0.01 }", .normal(std: 0.01), nil),
        ("{ normal: { std: 0.01, bias: 0.1 } }", .normal(std: 0.01), 0.1),
        ("\"xavierNormal\"", .xavierNormal(mode: .average), nil),
        ("{ xavierUniform: \"fanIn\" }", .xavierUniform(mode: .fanIn), nil),
        ("{ standard: { bias: 0 } }", .standard, 0),
    ])
    func `initializers`(text: String, expected: Initializer, bias: Double?) throws {
        let plan = try Config.plan(with: "initializer: \(text)")
        #expect(plan.initializer == LayerInitializer(expected, bias: bias))
    }

    @Test(arguments: [
        ("\"sgd\"", OptimizerSpecification.sgd(SGD()), 1e-3), ("{ sgd: 0.1 }", .sgd(SGD()), 0.1),
        (
            "{ sgd: { learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 1e-4 } }",
            .sgd(SGD(momentum: 0.9, nesterov: true, weightDecay: 1e-4)), 0.1
        ),
        ("{ sgd: { momentum: 0.9, dampening: 0.5 } }", .sgd(SGD(momentum: 0.9, dampening: 0.5)), 1e-3),
        ("\"adam\"", .adam(Adam()), 1e-3),
        ("{ adam: { beta1: 0.8, beta2: 0.9, eps: 1e-6 } }", .adam(Adam(beta1: 0.8, beta2: 0.9, epsilon: 1e-6)), 1e-3),
        ("\"adamW\"", .adamW(AdamW(weightDecay: 0.01)), 1e-3),
        ("{ adamW: { weightDecay: 0 } }", .adamW(AdamW(weightDecay: 0)), 1e-3),
        ("\"rmsprop\"", .rmsprop(RMSprop()), 1e-2),
        (
            "{ rmsprop: { alpha: 0.9, momentum: 0.5, centered: true } }",
            .rmsprop(RMSprop(alpha: 0.9, momentum: 0.5, centered: true)), 1e-2
        ),
        ("\"adagrad\"", .adagrad(Adagrad()), 1e-2),
        ("{ adagrad: { learningRateDecay: 0.1 } }", .adagrad(Adagrad(learningRateDecay: 0.1)), 1e-2),
    ])
    func `optimizers`(text: String, expected: OptimizerSpecification, rate: Double) throws {
        let plan = try Config.plan(with: "optimizer: \(text)")
        var expected = expected
        expected.learningRate = rate
        #expect(plan.optimizer == expected && plan.learningRate == rate)
    }

    @Test(
        arguments: [
            ("\"constant\"", Schedule.Constant()),
            ("{ step: 30 }", Schedule.Step(every: .steps(30), factor: 0.1)),
            ("{ step: { every: { epochs: 2 }, factor: 0.5 } }", Schedule.Step(every: .epochs(2), factor: 0.5)),
            (
                "{ multiStep: [10, { epochs: 1.5 }, { steps: 30 }] }",
                Schedule.MultiStep(at: [.steps(10), .epochs(1.5), .steps(30)], factor: 0.1)
            ),
            ("\"linear\"", Schedule.Linear(to: 0)), ("{ linear: { to: 0.01 } }", Schedule.Linear(to: 0.01)),
            ("{ polynomial: { power: 3 } }", Schedule.Polynomial(to: 0, power: 3)),
            ("\"polynomial\"", Schedule.Polynomial(to: 0, power: 2)),
            ("{ cosine: { to: 1e-5 } }", Schedule.Cosine(to: 1e-5)),
            (
                "{ cosineRestarts: { period: 10, growth: 2 } }",
                Schedule.CosineRestarts(period: .steps(10), growth: 2, to: 0)
            ),
            ("{ cosineRestarts: { epochs: 2 } }", nil),
            ("{ cosineRestarts: 10 }", Schedule.CosineRestarts(period: .steps(10), growth: 1, to: 0)),
            ("{ exponential: 0.99 }", Schedule.Exponential(factor: 0.99)),
            ("\"inverseSquareRoot\"", Schedule.InverseSquareRoot()),
            ("{ oneCycle: { peak: 10, to: 0, rise: 0.5 } }", Schedule.OneCycle(peak: 10, to: 0, rise: 0.5)),
            // PyTorch's div_factor, final_div_factor and pct_start, from a base of 1e-3.
            ("\"oneCycle\"", Schedule.OneCycle(peak: 25, to: 1e-7, rise: 0.3)),
        ] as [(String, (any ScheduleShape)?)])
    func `schedules`(text: String, expected: (any ScheduleShape)?) throws {
        guard let expected else {
            #expect(throws: SettingsError.self) { try Config.plan(with: "schedule: \(text)") }
            return
        }
        #expect(try Config.plan(with: "schedule: \(text)").schedule == ScheduleSpecification(kind: expected))
    }

    @Test func `warmup goes with every schedule`() throws {
        for name in ["constant", "linear", "polynomial", "cosine", "inverseSquareRoot", "oneCycle"] {
            let plan = try Config.plan(with: "schedule: { \(name): { warmup: { epochs: 0.5 } } }")
            #expect(plan.schedule.warmup == .epochs(0.5))
        }
    }

    @Test func `lengths in epochs become steps`() {
        let specification = ScheduleSpecification(
            kind: Schedule.Step(every: .epochs(2), factor: 0.5), warmup: .epochs(0.5))
        let schedule = specification.resolved(base: 0.1, total: 100, stepsPerEpoch: 10)
        #expect(
            schedule == Schedule(kind: Schedule.Step(every: .steps(20), factor: 0.5), base: 0.1, warmup: 5, total: 100))
    }

    @Test func `clipping policies and statistics`() throws {
        #expect(try Config.plan(with: "gradientClipping: 2").gradientClipping == .norm(2))
        #expect(try Config.plan(with: "gradientClipping: { norm: 2 }").gradientClipping == .norm(2))
        #expect(try Config.plan(with: "gradientClipping: { value: 2 }").gradientClipping == .value(2))
        let plan = try Config.plan(with: "validation: { fraction: 0.2 }, plateau: true, earlyStopping: {}")
        #expect(
            plan.plateau
                == .init(factor: 0.1, patience: 10, threshold: 1e-4, cooldown: 0, minimumRate: 0, monitor: .loss))
        #expect(plan.earlyStopping == .init(patience: 5, minimumDelta: 0, monitor: nil))
        let none = try Config.plan(with: "plateau: null, earlyStopping: false")
        #expect(none.plateau == nil && none.earlyStopping == nil)
        #expect(try Config.plan(with: "statistics: \"off\"").statistics == .off)
        #expect(try Config.plan(with: "statistics: \"on\"").statistics == StatisticsPlan())
        #expect(
            try Config.plan(with: "statistics: { every: 7 }").statistics
                == StatisticsPlan(every: 7, budget: 0.02))
        #expect(
            try Config.plan(with: "statistics: { budget: 0 }").statistics
                == StatisticsPlan(every: 100, budget: 0))
    }

    @Test(arguments: [("crossEntropy", Loss.crossEntropy), ("mse", .meanSquaredError), ("hinge", .hinge)])
    func `losses`(name: String, expected: Loss) throws {
        #expect(try Config.plan(with: "loss: \"\(name)\"").loss == expected)
        #expect(try Config.plan(with: "loss: { \(name): {} }").loss == expected)
    }

    @Test func `label smoothing`() throws {
        let plan = try Config.plan(with: "loss: { crossEntropy: { labelSmoothing: 0.1 } }")
        #expect(plan.loss == .crossEntropy(labelSmoothing: 0.1))
    }

    @Test func `a run is named after its file`() throws {
        let decoder = PlanDecoder(folderOf: { _ in "" })
        let long = String(repeating: "n", count: 100)
        for (file, name) in [("a/mnist.json5", "mnist"), ("b", "b"), ("\(long).json5", String(long.prefix(64)))] {
            #expect(try decoder.plan(Setting.parse(text: Config.minimal(), file: file)).name == name)
        }
    }
}
