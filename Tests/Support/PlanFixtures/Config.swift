import Plans
import Settings

/// Configs of small runs as texts, and the way from a text to a plan.
package enum Config {
    /// Three clouds that hardly touch: 240 to train on, 60 held out, 15 steps an epoch, 60 steps.
    package static let blobs = """
        {
          data: { blobs: { count: 300, seed: 1 } },
          validation: { fraction: 0.2 },
          preprocessing: ["standardize"],
          model: [{ linear: 16 }, "relu", { linear: 3 }],
          optimizer: { sgd: { learningRate: 0.1, momentum: 0.9 } },
          epochs: 4, batchSize: 16, seed: 3, threads: 1,
        }
        """

    /// Every kind of layer that remembers or draws something: 4 steps an epoch, 8 steps.
    package static let pictures = """
        {
          data: { digits: { count: 300, seed: 1 } },
          validation: { fraction: 0.2 },
          preprocessing: [{ standardize: "all" }],
          model: [
            { conv2d: { filters: 8, kernel: 3, padding: 1 } }, "batchNorm", "relu", { maxPool2d: 2 },
            "flatten", { dropout: 0.3 }, { linear: 64 }, "batchNorm", "tanh", { linear: 10 },
          ],
          optimizer: { sgd: { learningRate: 0.05, momentum: 0.9, weightDecay: 1e-3 } },
          schedule: { cosine: { warmup: 2 } },
          gradientClipping: { norm: 1 },
          epochs: 2, batchSize: 64, seed: 5, threads: 1,
        }
        """

    /// The plan of a text with changes as on the command line (`epochs=3`).
    package static func plan(_ text: String, _ changes: [String] = []) throws -> RunPlan {
        var settings = try Setting.parse(text: text, file: "run.json5")
        for change in changes {
            let parts = change.split(separator: "=", maxSplits: 1).map(String.init)
            let value = Setting.parseOrString(text: parts[1], file: "--set")
            settings = try settings.replacing(path: parts[0], with: value)
        }
        return try PlanDecoder(folderOf: { $0 == "run.json5" ? "configs" : "" }).plan(settings)
    }

    /// The plan of the smallest config with one more top-level key.
    package static func plan(with key: String) throws -> RunPlan { try plan(minimal(key)) }

    /// A config with data and model, and one more top-level key on its second line.
    package static func minimal(_ key: String = "") -> String {
        let data = key.hasPrefix("data:") ? "" : "data: \"blobs\", "
        let model = key.hasPrefix("model:") ? "" : "model: [{ linear: 3 }], "
        return "{\(data)\(model)\n\(key)}"
    }
}
