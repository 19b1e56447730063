import Files
import Foundation
import PlanFixtures
import Plans
import Settings
import TestSupport
import Testing

/// Every example, 3,000 bent configs and as many with one part changed are read as they were when the fixture was written: to the same resolved config, or to
/// the same error word by word.
///
/// `SamePlans.txt` has one line a config: a digest of the resolved config, or the error. Where a change is meant, remove the
/// file and run the test, which writes it anew and fails once; then read the difference.
@Suite struct SamePlansTests {
    private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("SamePlans.txt")

    /// What the examples don't say.
    private static let keys = [
        "data: { digits: { count: 10, seed: 9223372036854775807 } }", "data: 'spirals'",
        "data: { spirals: { count: 300, classes: 4, noise: 0.1, turns: 1, seed: 3 }, memoryLimit: 1000000 }",
        "data: { blobs: { count: 60, classes: 4, features: 36, spread: 2, seed: 1 } }",
        "data: { sequences: { kind: 'adding', length: 9, count: 5, seed: 1 } }",
        "data: { random: { count: 5, shape: [2, 3, 4], classes: 4, seed: 7 } }", "data: { random: { shape: [5] } }",
        "data: { idx: { images: 'i', labels: 'l' } }",
        "data: { idx: { images: 'i', labels: '/l', validationImages: 'vi', validationLabels: 'vl', raw: true, classes: 3 } }",
        "data: { cifar10: { files: ['a', 'b'], validationFiles: ['c'], raw: true }, memoryLimit: 1000 }",
        "data: { cifar10: 'a' }", "data: { csv: 't' }",
        "data: { csv: { file: 't', validationFile: 'v', label: 'kind', separator: ';', header: false } }",
        "data: { csv: { file: 't', label: ['y', -1, 2], task: 'regression' } }",
        "data: { npy: { inputs: 'x', targets: 'y', validationInputs: 'vx', validationTargets: 'vy', classes: 5 } }",
        "data: { npz: { file: 'd', inputs: 'a', targets: 'b', validationFile: 'v', classes: 7 } }",
        "data: { npz: 'd' }",
        "data: { npz: { file: 'd', validationInputs: 'vx', validationTargets: 'vy' } }",
        "data: { imageFolder: { folder: 'f', validationFolder: 'v', grey: true, resize: [8, 9] } }",
        "data: { imageFolder: { folder: 'f', width: 5, height: 6 } }",
        "data: { imageFolder: { folder: 'f', resize: 16 } }",
        "validation: { fraction: 0.1, averaging: ['identity', 'horizontalFlip', { fiveCrops: 2 }, 'fiveCrops'] }",
        "preprocessing: ['pca', { pca: 5 }, 'whiten', { whiten: { eps: 1e-3, components: 7 } }, { whiten: 0.1 }]",
        "preprocessing: ['zeroMean', { standardize: 'all' }, { zeroMean: { over: 'channels' } }]",
        "augmentation: ['horizontalFlip', 'randomCrop', 'randomResizedCrop', 'randAugment', { mixup: 1 }, { cutout: 3 }]",
        "augmentation: [{ horizontalFlip: 0.3 }, { randomCrop: { padding: 2 } }, 'colorJitter', 'mixup']",
        "augmentation: [{ colorJitter: { brightness: 0.1, contrast: 0.2, saturation: 0.3 } }, { noise: 0.1 }]",
        "augmentation: [{ randomResizedCrop: { scale: [0.5, 1], ratio: [1, 2] } }, { randAugment: { operations: 1, magnitude: 5 } }]",
        """
        model: [
          { conv2d: { filters: 4, kernel: [3, 2], stride: 2, padding: 1, bias: false } }, { batchNorm: { momentum: 0.2 } },
          { maxPool2d: 2 }, { avgPool2d: { size: [2, 3], stride: 1, padding: 1 } }, "globalAvgPool", "flatten",
          { conv1d: { filters: 2, kernel: 3, stride: 2, padding: 1, bias: false } }, { dropout: 0.3 },
          { linear: { units: 7, bias: false } }, { leakyRelu: 0.1 }, "prelu", { elu: 0.5 }, "selu", "gelu", "sigmoid", "tanh",
          "softmax", "relu", "dropout", "maxout", "leakyRelu", "elu", { linear: 3 },
        ]
        """,
        """
        model: [
          { residual: { body: [{ conv2d: { filters: 4, kernel: 3, initializer: "zero" } }], stochasticDepth: 0.1,
            shortcut: [{ concat: [[], [{ maxPool1d: 2 }, { avgPool1d: { size: 3, stride: 1, padding: 1 } }]] }] } },
          { fractionalMaxPool2d: { size: [2, 3], outputRatio: [0.5, 0.6] } }, { batchNorm: { initialScale: 0, eps: 1e-3 } },
          { fractionalMaxPool2d: { size: 2, outputRatio: 0.7 } }, { layerNorm: { eps: 1e-3 } }, "instanceNorm",
          { instanceNorm: { eps: 1e-4 } }, "layerNorm", "batchNorm", { gaussianNoise: 0.1 }, { maxPool2d: { size: 3, stride: [2, 1] } },
          { rnn: { units: 3, nonlinearity: "relu", initializer: { xavierNormal: { mode: "fanIn", bias: 0.1 } } } }, { rnn: 4 },
          { lstm: { units: 4, returnSequences: true, initializer: { normal: 0.1 } } }, { maxout: 3 },
          { residual: [{ linear: 4 }] }, { linear: { units: 3, dropConnect: 0.5, initializer: { constant: 0.5 } } },
        ]
        """,
        "initializer: { standard: { bias: 0.1 } }", "initializer: { constant: -0.5 }",
        "initializer: { normal: { std: 0.01, bias: 0 } }", "initializer: { xavierNormal: 'fanIn' }",
        "initializer: { xavierUniform: { mode: 'average' } }", "initializer: { kaimingNormal: { bias: 1 } }",
        "initializer: 'kaimingUniform'", "initializer: 'zero'", "loss: 'mse'", "loss: 'hinge'",
        "loss: { crossEntropy: { labelSmoothing: 0.1 } }",
        "optimizer: { sgd: { learningRate: 0.3, momentum: 0.9, nesterov: true, weightDecay: 5e-4 } }",
        "optimizer: { sgd: { momentum: 0.5, dampening: 0.5 } }", "optimizer: 'adam'", "optimizer: { adamW: 3e-4 }",
        "optimizer: { adam: { beta1: 0.8, beta2: 0.99, eps: 1e-7, weightDecay: 0.1 } }",
        "optimizer: { adamW: { beta1: 0.8, beta2: 0.99, eps: 1e-7 } }",
        "optimizer: { rmsprop: { alpha: 0.9, eps: 1e-6, centered: true, momentum: 0.1 } }",
        "optimizer: { adagrad: { learningRateDecay: 0.1, eps: 1e-8 } }", "gradientClipping: { value: 0.5 }",
        "gradientClipping: { norm: 2 }", "gradientClipping: 1",
        "schedule: { step: { every: { epochs: 1.5 }, factor: 0.5 } }",
        "schedule: { step: 100 }", "schedule: { multiStep: [5, { epochs: 2 }] }",
        "schedule: { multiStep: { at: [{ steps: 5 }, 9], factor: 0.2, warmup: 3 } }",
        "schedule: { linear: { to: 0.1, warmup: 5 } }", "schedule: { polynomial: { to: 0.01, power: 3 } }",
        "schedule: { cosine: { to: 0.001, warmup: { epochs: 1 } } }", "schedule: { cosineRestarts: 10 }",
        "schedule: { cosineRestarts: { period: { epochs: 1 }, growth: 1.5, to: 0.1 } }",
        "schedule: { exponential: 0.999 }",
        "schedule: { exponential: { factor: 0.5, warmup: 1 } }", "schedule: 'inverseSquareRoot'",
        "schedule: 'constant'",
        "schedule: { oneCycle: { peak: 10, to: 0.001, rise: 0.4 } }", "schedule: 'oneCycle'", "statistics: 'off'",
        "statistics: 'on'", "statistics: { every: 7, budget: 0.5 }",
        "validation: { fraction: 0.1 }, plateau: { factor: 0.2, patience: 2, threshold: 0.1, cooldown: 1, minimumRate: 1e-5, monitor: 'accuracy' }",
        "validation: { fraction: 0.1 }, earlyStopping: { patience: 2, minimumDelta: 0.1, monitor: 'loss' }",
        "validation: { fraction: 0.3333333333333333 }, plateau: true, earlyStopping: true",
        "plateau: false, earlyStopping: null", "name: 'a \\u0007 \"b\"'", "screen: 'learningRate'",
        "screen: 'log', recorded: { a: 1 }",
        "epochs: 3, batchSize: 5, shuffle: false, dropLast: true, seed: 7, threads: 3",
    ]

    /// What the sources of the plans are: examples first, then every key in its ways of being written.
    private static func corpus() throws -> [ConfigTree] {
        let folder = SourceTree.root.appendingPathComponent("examples")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
            // Those with ranges are no plans.
            $0.hasSuffix(".json5") && !$0.hasPrefix("search/")
        }
        var texts: [String] = []
        for name in names.sorted() {
            texts.append(try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
        }
        texts += Self.keys.map(Config.minimal)
        return try texts.map { ConfigTree(try Setting.parse(text: $0, file: "run.json5")) }
    }

    /// What becomes of a config: the resolved one, or the line that refuses it.
    private static func outcome(_ text: String) -> String {
        do throws(SettingsError) {
            let decoder = PlanDecoder(folderOf: { _ in "/configs" })
            return try decoder.plan(Setting.parse(text: text, file: "run.json5")).json.pretty
        } catch {
            return error.description
        }
    }

    /// `= digest` of a resolved config, the error itself of a refused one.
    private static func line(_ outcome: String) -> String {
        guard outcome.hasPrefix("{") else { return outcome }
        var hash = SHA256()
        Array(outcome.utf8).withUnsafeBytes { hash.update($0) }
        return "= " + hash.finalized().prefix(8).map { String(format: "%02x", $0) }.joined()
    }

    @Test func `all examples and 6,000 bent configs are read as before`() throws {
        let corpus = try Self.corpus()
        var mutator = ConfigMutator(seed: 11, corpus: corpus)
        let bent = (0..<3_000).map { mutator.bend(corpus[$0 % corpus.count]) }
        let varied = corpus.suffix(Self.keys.count).flatMap { mutator.variations(of: $0) }
        let texts = (corpus + bent + varied).map(\.text)
        let outcomes = texts.map(Self.outcome)
        guard let written = try? String(contentsOf: Self.fixture, encoding: .utf8) else {
            try Data((outcomes.map(Self.line).joined(separator: "\n") + "\n").utf8).write(to: Self.fixture)
            Issue.record("SamePlans.txt was not there and is written; read it and run again")
            return
        }
        let due = written.split(separator: "\n").map(String.init)
        try #require(due.count == outcomes.count)
        for (index, outcome) in outcomes.enumerated() where Self.line(outcome) != due[index] {
            Issue.record("config \(index):\n\(texts[index])\nis\n\(outcome)\nand was\n\(due[index])")
        }
    }
}
