import Foundation
import Plans
import Settings

/// A small net of `bench find-lr`: what it trains on, and which rates a grid over it has.
struct RateNet {
    let name: String
    /// The lowest rate of the grid, which has two rates a decade.
    let lowest: Double
    private let config: String

    /// Rates of a grid.
    static let gridCount = 9
    /// The rates of the grid, rising.
    var grid: [Double] { (0..<Self.gridCount).map { lowest * pow(10, Double($0) / 2) } }

    /// The plan for a seed and, where one is said, a rate.
    func plan(seed: UInt64, rate: Double? = nil) throws -> RunPlan {
        var plan = try PlanDecoder(folderOf: { _ in "" }).plan(Setting.parse(text: config, file: name))
        plan.seed = seed
        plan.learningRate = rate ?? plan.learningRate
        return plan
    }

    private init(_ name: String, from lowest: Double, _ config: String) {
        (self.name, self.lowest, self.config) = (name, lowest, config)
    }

    /// Kinds of nets, losses, optimizers and schedules, each of which trains in a second or two.
    static let all = [
        RateNet(
            "mlp tanh, sgd", from: 1e-3,
            """
            { data: { spirals: { count: 2000, classes: 3, noise: 0.2 } },
              model: [{ linear: 48 }, "tanh", { linear: 48 }, "tanh", { linear: 3 }], initializer: "xavierNormal",
              optimizer: { sgd: { learningRate: 0.1 } }, epochs: 15, batchSize: 32 }
            """),
        RateNet(
            "mlp relu, sgd", from: 1e-3,
            """
            { data: { digits: 1500 }, preprocessing: [{ standardize: "all" }],
              model: ["flatten", { linear: 64 }, "relu", { linear: 64 }, "relu", { linear: 10 }], initializer: "kaimingNormal",
              optimizer: { sgd: { learningRate: 0.1, weightDecay: 0.01 } }, epochs: 6, batchSize: 32 }
            """),
        RateNet(
            "convolutions, momentum", from: 1e-4,
            """
            { data: { digits: 800 },
              model: [{ conv2d: { filters: 8, kernel: 3 } }, "relu", { maxPool2d: 2 }, { conv2d: { filters: 16, kernel: 3 } },
                "relu", { maxPool2d: 2 }, "flatten", { dropout: 0.3 }, { linear: 10 }],
              optimizer: { sgd: { learningRate: 0.01, momentum: 0.9 } }, epochs: 6, batchSize: 32 }
            """),
        RateNet(
            "batch norm, momentum, cosine", from: 1e-3,
            """
            { data: { digits: 800 },
              model: [{ conv2d: { filters: 8, kernel: 3 } }, "batchNorm", "relu", { maxPool2d: 2 },
                { conv2d: { filters: 16, kernel: 3 } }, "batchNorm", "relu", { maxPool2d: 2 }, "flatten", { dropout: 0.5 },
                { linear: 10 }],
              optimizer: { sgd: { learningRate: 0.01, momentum: 0.9, weightDecay: 1e-3 } }, schedule: "cosine", epochs: 6,
              batchSize: 32 }
            """),
        RateNet(
            "lstm, adam", from: 1e-4,
            """
            { data: { sequences: { kind: "copy", length: 8, count: 1000 } }, model: [{ lstm: 24 }, { linear: 8 }],
              optimizer: { adam: { learningRate: 0.001 } }, gradientClipping: { norm: 1 }, epochs: 10, batchSize: 32 }
            """),
        RateNet(
            "rnn, regression, adam", from: 1e-5,
            """
            { data: { sequences: { kind: "adding", length: 8, count: 1000 } }, loss: "mse",
              model: [{ rnn: 24 }, { linear: 1 }], optimizer: { adam: { learningRate: 0.001 } }, epochs: 10, batchSize: 32 }
            """),
        RateNet(
            "regression, sgd", from: 1e-3,
            """
            { data: { sequences: { kind: "adding", length: 6, count: 1000 } }, loss: "mse",
              model: ["flatten", { linear: 32 }, "relu", { linear: 1 }], optimizer: { sgd: { learningRate: 0.1 } }, epochs: 10,
              batchSize: 32 }
            """),
        RateNet(
            "100 examples, hinge, momentum", from: 1e-5,
            """
            { data: { blobs: { count: 100, classes: 4, features: 2, spread: 3 } }, loss: "hinge",
              model: [{ linear: 16 }, "relu", { linear: 4 }], schedule: { cosine: { warmup: 20 } },
              optimizer: { sgd: { learningRate: 0.01, momentum: 0.9, weightDecay: 0.01 } }, epochs: 40, batchSize: 20 }
            """),
        RateNet(
            "residual, momentum", from: 1e-4,
            """
            { data: { digits: 800 }, preprocessing: [{ standardize: "all" }],
              model: ["flatten", { linear: 32 }, "relu", { residual: [{ linear: 32 }, "relu", { linear: 32 }] }, "relu",
                { residual: [{ linear: 32 }, "relu", { linear: 32 }] }, "relu", { dropout: 0.2 }, { linear: 10 }],
              optimizer: { sgd: { learningRate: 0.01, momentum: 0.9 } }, epochs: 10, batchSize: 32 }
            """),
        RateNet(
            "noisy blobs, adam", from: 1e-5,
            """
            { data: { blobs: { count: 1500, classes: 5, features: 3, spread: 3 } },
              model: [{ linear: 32 }, "elu", { linear: 5 }], optimizer: { adamW: { learningRate: 0.001 } }, epochs: 10,
              batchSize: 16 }
            """),
    ]
}
