/// The config of the built-in demo: the same text as `examples/demo.json5`, which a test makes sure of.
package enum DemoConfig {
    /// The name that errors show.
    package static let file = "demo.json5"

    /// The config as JSON5, comments included.
    package static let text = """
        // sitter's demo: a small convolution net on 20,000 hand-drawn digits that code draws from a seed.
        // It is also what `sitter` alone trains. A minute or two to watch, slow it down, speed it up, stop it early.
        {
          name: "demo",
          data: { digits: 20000 },
          validation: { fraction: 0.2 },
          preprocessing: [{ standardize: "all" }],
          model: [
            { conv2d: { filters: 32, kernel: 3, padding: 1 } }, "relu",
            { conv2d: { filters: 32, kernel: 3, padding: 1 } }, "relu", { maxPool2d: 2 },
            { conv2d: { filters: 64, kernel: 3, padding: 1 } }, "relu",
            { conv2d: { filters: 64, kernel: 3, padding: 1 } }, "relu", { maxPool2d: 2 },
            "flatten",
            { linear: 128 }, "relu", { dropout: 0.3 },
            { linear: 10 },
          ],
          initializer: "kaimingNormal",
          loss: "crossEntropy",
          optimizer: { sgd: { learningRate: 0.03, momentum: 0.9, weightDecay: 1e-4 } },
          schedule: { cosine: { warmup: 100 } },
          epochs: 15,
          batchSize: 64,
          seed: 1,
        }

        """
}
