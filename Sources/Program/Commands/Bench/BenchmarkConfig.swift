import Foundation
import Plans
import Settings
import Training

/// The networks that benchmarks train, in `examples/bench`, and any other config.
enum BenchmarkConfig {
    private static let folder = "examples/bench"

    /// What `MODEL` may be called.
    static let names = ["mlp", "deeptanh", "lenet", "vgg", "resnet20"]

    /// Reads a config so that it never ends by itself, ready to be measured at each step.
    ///
    /// - Parameters:
    ///   - model: a name of `examples/bench`, or the path of a config.
    ///   - batchSize: in place of the config's; random data then has as many batches as before, and the learning rate
    ///     shrinks with a smaller batch, since random labels would make the loss infinite.
    static func plan(
        _ model: String, batchSize: Int? = nil, threads: Int? = nil
    ) throws -> RunPlan {
        var plan = try ConfigFile.plan(path(of: model), changes: [])
        if let batchSize {
            if case .random(var numbers) = plan.data.source {
                numbers.count = max(1, numbers.count / plan.batchSize) * batchSize
                plan.data.source = .random(numbers)
            }
            plan.learningRate *= min(1, Double(batchSize) / Double(plan.batchSize))
            plan.batchSize = batchSize
        }
        plan.threads = threads ?? plan.threads
        plan.statistics.every = 1
        plan.epochs = 1_000_000
        plan.earlyStopping = nil
        return plan
    }

    private static func path(of model: String) throws(UsageError) -> String {
        if model.contains("/") || model.hasSuffix(".json5") || model.hasSuffix(".json") { return model }
        for folder in SharedFolder.candidates(folder) {
            let path = "\(folder)/\(model).json5"
            if FileManager.default.fileExists(atPath: path) { return path }
        }
        let known = SharedFolder.names(in: SharedFolder.candidates(folder), suffix: ".json5")
        let hint = Setting.nearestName(to: model, in: known).map { "did you mean \($0)?" }
        throw UsageError(
            "sitter bench: there is no network \"\(model)\"; "
                + (hint ?? (known.isEmpty ? "give the path of a config" : "known are \(known.joined(separator: ", "))"))
        )
    }
}
