import PlanFixtures
import Plans
import Settings
import Testing

/// A resolved config reads back to the plan it was written from.
@Suite struct RoundTripTests {
    private static let layers = """
        model: [
          { conv2d: { filters: 4, kernel: [3, 2], stride: 2, padding: 1, bias: false } }, { batchNorm: { momentum: 0.2 } },
          "relu", { maxPool2d: 2 }, { avgPool2d: { size: [2, 3], stride: 1, padding: 1 } }, "globalAvgPool", "flatten",
          { conv1d: { filters: 2, kernel: 3 } }, { dropout: 0.3 }, { linear: { units: 7, bias: false } },
          { leakyRelu: 0.1 }, "prelu", { elu: 0.5 }, "selu", "gelu", "sigmoid", "tanh", "softmax", { linear: 3 },
        ]
        """

    private static let blocks = """
        model: [
          { residual: { body: [{ conv2d: { filters: 4, kernel: 3, initializer: "zero" } }], stochasticDepth: 0.1,
            shortcut: [{ concat: [[], [{ maxPool1d: 2 }, { avgPool1d: { size: 3, padding: 1 } }]] }] } },
          { fractionalMaxPool2d: { size: [2, 3], outputRatio: [0.5, 0.6] } }, { batchNorm: { initialScale: 0 } },
          { layerNorm: { eps: 1e-3 } }, "instanceNorm", { gaussianNoise: 0.1 },
          { rnn: { units: 3, nonlinearity: "relu", initializer: { xavierNormal: { mode: "fanIn", bias: 0.1 } } } },
          { lstm: { units: 4, returnSequences: true } }, { maxout: 3 }, { linear: { units: 3, dropConnect: 0.5 } },
        ]
        """

    @Test(arguments: [
        "", layers, "name: 'a \\u0007 \"b\"'",
        "data: { digits: { count: 10, seed: 9223372036854775807 } }", "data: 'spirals'",
        "data: { idx: { images: '/i', labels: '/l', validationImages: '/vi', validationLabels: '/vl', raw: true, classes: 3 } }",
        "data: { idx: { images: 'i', labels: 'l' } }",
        "data: { sequences: { kind: 'adding', length: 9, count: 5 } }",
        "data: { random: { count: 5, shape: [2, 3, 4], classes: 4, seed: 7 } }",
        "data: { cifar10: { files: ['/a', '/b'], validationFiles: ['/c'], raw: true }, memoryLimit: 1000 }",
        "data: { csv: { file: '/t', validationFile: '/v', label: 'kind', separator: ';', header: false } }",
        "data: { csv: { file: '/t', label: ['y', -1, 2], task: 'regression' } }", "data: { csv: '/t' }",
        "data: { npy: { inputs: '/x', targets: '/y', validationInputs: '/vx', validationTargets: '/vy', classes: 5 } }",
        "data: { npz: { file: '/d', inputs: 'a', targets: 'b', validationFile: '/v' } }", "data: { npz: '/d' }",
        "data: { npz: { file: '/d', validationInputs: 'vx', validationTargets: 'vy' } }",
        "data: { imageFolder: { folder: '/f', validationFolder: '/v', grey: true, resize: [8, 9] } }",
        "data: { imageFolder: { folder: '/f', width: 5 } }",
        "validation: { fraction: 0.1, averaging: ['identity', 'horizontalFlip', { fiveCrops: 2 }] }",
        "preprocessing: ['pca', { pca: 5 }, 'whiten', { whiten: { eps: 1e-3, components: 7 } }]",
        "augmentation: ['horizontalFlip', 'randomCrop', 'randomResizedCrop', 'randAugment', { mixup: 1 }, { cutout: 3 }]",
        "augmentation: [{ colorJitter: { brightness: 0.1, saturation: 0.3 } }, { noise: 0.1 }]",
        "augmentation: [{ randomResizedCrop: { scale: [0.5, 1], ratio: [1, 2] } }, { randAugment: { operations: 1 } }]",
        "validation: { fraction: 0.1 }, plateau: { patience: 2, monitor: 'accuracy' }, earlyStopping: { monitor: 'loss' }",
        "validation: { fraction: 0.3333333333333333 }, plateau: true, earlyStopping: true",
        "preprocessing: ['zeroMean', { standardize: 'all' }, { standardize: 'channels' }]",
        "initializer: { standard: { bias: 0.1 } }", "initializer: { constant: -0.5 }",
        "initializer: { normal: { std: 0.01, bias: 0 } }", "initializer: { xavierNormal: 'fanIn' }",
        "initializer: 'xavierUniform'", "initializer: 'kaimingNormal'", "initializer: 'kaimingUniform'",
        "initializer: 'zero'", "loss: 'mse'", "loss: 'hinge'", "loss: { crossEntropy: { labelSmoothing: 0.1 } }",
        blocks,
        "optimizer: { sgd: { learningRate: 0.3, momentum: 0.9, nesterov: true, weightDecay: 5e-4 } }",
        "optimizer: { sgd: { momentum: 0.5, dampening: 0.5 } }", "optimizer: 'adam'", "optimizer: { adamW: 3e-4 }",
        "optimizer: { rmsprop: { centered: true, momentum: 0.1 } }",
        "optimizer: { adagrad: { learningRateDecay: 0.1 } }",
        "gradientClipping: { value: 0.5 }", "gradientClipping: 1", "schedule: { step: { every: { epochs: 1.5 } } }",
        "schedule: { multiStep: [5, { epochs: 2 }] }", "schedule: { linear: { to: 0.1, warmup: 5 } }",
        "schedule: { polynomial: { power: 3 } }", "schedule: { cosine: { warmup: { epochs: 1 } } }",
        "schedule: { cosineRestarts: { period: 10, growth: 1.5 } }", "schedule: { exponential: 0.999 }",
        "schedule: 'inverseSquareRoot'", "schedule: 'oneCycle'", "statistics: 'off'", "statistics: { budget: 0.5 }",
        "epochs: 3, batchSize: 5, shuffle: false, dropLast: true, seed: 7, threads: 3",
    ])
    func `a plan reads back`(key: String) throws {
        let plan = try Config.plan(with: key)
        let text = plan.json.pretty
        // From another folder, so that nothing in it may depend on where it lies.
        let decoder = PlanDecoder(folderOf: { _ in "elsewhere" })
        let again = try decoder.plan(Setting.parse(text: text, file: "config.json"))
        #expect(again.json.pretty == text)
        #expect(again.model == plan.model && again.schedule == plan.schedule && again.optimizer == plan.optimizer)
        #expect(again.learningRate == plan.learningRate && again.seed == plan.seed && again.threads == plan.threads)
        #expect(again.initializer == plan.initializer && again.loss == plan.loss)
        #expect(again.plateau == plan.plateau && again.earlyStopping == plan.earlyStopping)
        #expect(again.validation == plan.validation && again.preprocessing == plan.preprocessing)
        #expect(again.gradientClipping == plan.gradientClipping && again.statistics == plan.statistics)
        #expect(again.name == plan.name && again.epochs == plan.epochs && again.batchSize == plan.batchSize)
        #expect(again.shuffle == plan.shuffle && again.dropLast == plan.dropLast)
        #expect(again.augmentation == plan.augmentation && again.averaging == plan.averaging)
        #expect(again.data.memoryLimit == plan.data.memoryLimit)
        guard case .idx(let files) = again.data.source else {
            #expect(again.data == plan.data)
            return
        }
        #expect(files.images.hasPrefix("/") && files.labels.hasPrefix("/"))
    }

    @Test func `the resolved config says what made the run`() throws {
        let material = try RunMaterial(plan: Config.plan(Config.pictures))
        let text = material.resolvedConfig.pretty
        let recorded = try #require(try Setting.parse(text: text, file: "config.json").object()["recorded"]).object()
        #expect(try recorded.required("threads").integer(in: 1...1) == 1)
        #expect(try recorded.required("steps").integer(in: 8...8) == 8)
        #expect(try !recorded.required("blasKernel").string().isEmpty)
        #expect(try recorded.required("sitter").string() == RunPlan.programVersion)
    }
}
