import Settings
import Training

/// The nets that benchmarks train, as configs.
package struct BenchmarkNet {
    package let name: String
    package let config: String

    /// The plan, which never ends by itself.
    package var plan: RunPlan {
        get throws {
            let settings = try Setting.parse(text: config, file: "\(name).json5")
            return try PlanDecoder(folderOf: { _ in "" }).plan(settings)
        }
    }

    /// The nets of `bench overhead`.
    package static let all = [
        BenchmarkNet(
            name: "demo",
            config: """
                { data: { digits: 4096 }, preprocessing: [{ standardize: "all" }],
                  model: [{ conv2d: { filters: 16, kernel: 3, padding: 1 } }, "relu", { maxPool2d: 2 },
                          { conv2d: { filters: 32, kernel: 3, padding: 1 } }, "relu", { maxPool2d: 2 },
                          "flatten", { linear: 128 }, "relu", { dropout: 0.3 }, { linear: 10 }],
                  optimizer: { sgd: { learningRate: 0.01, momentum: 0.9 } }, epochs: 100000, batchSize: 64 }
                """),
        BenchmarkNet(
            name: "mlp",
            config: """
                { data: { digits: 8192 }, model: ["flatten", { linear: 512 }, "relu", { linear: 256 }, "relu", { linear: 10 }],
                  optimizer: { sgd: { learningRate: 0.01, momentum: 0.9 } }, epochs: 100000, batchSize: 128 }
                """),
        BenchmarkNet(
            name: "1 ms steps",
            config: """
                { data: { digits: 8192 }, model: ["flatten", { linear: 256 }, "tanh", { linear: 128 }, "tanh", { linear: 10 }],
                  optimizer: { sgd: { learningRate: 0.01, momentum: 0.9 } }, epochs: 100000, batchSize: 96 }
                """),
    ]
}
