import Commands
import Plans
import Settings
import Training

/// The nets that benchmarks train, as configs.
package struct BenchmarkNet {
    /// What `sitter bench train` calls it.
    package let name: String
    /// Without its model for the demo's net, which has the demo's.
    package let config: String
    private var isDemo = false

    /// The plan, which never ends by itself.
    package var plan: RunPlan {
        get throws {
            var settings = try Setting.parse(text: config, file: "\(name).json5")
            if isDemo {
                let demo = try Setting.parse(text: DemoConfig.text, file: DemoConfig.file)
                settings = try settings.replacing(path: "model", with: demo.object().required("model"))
            }
            return try PlanDecoder(folderOf: { _ in "" }).plan(settings)
        }
    }

    /// The nets of `bench overhead`.
    package static let all = [
        BenchmarkNet(
            name: "demo",
            config: """
                { data: { digits: 4096 }, preprocessing: [{ standardize: "all" }],
                  optimizer: { sgd: { learningRate: 0.01, momentum: 0.9 } }, epochs: 100000, batchSize: 64 }
                """, isDemo: true),
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
