import Datasets
import NeuralNetworks
import PlanFixtures
import Plans
import Runs
import Tensors
import TestSupport
import Testing
import Training

/// The pre-flight ladder: each fault is seen on its rung, and healthy runs pass.
@Suite struct PreflightTests {
    private func climb(
        _ text: String, _ changes: String..., damage: ((Network) -> Void)? = nil
    ) throws -> CheckResult {
        let plan = try Config.plan(text, changes)
        let pool = plan.workerPool()
        defer { pool.close() }
        return try Preflight(plan: plan, data: LoadedData(plan, pool: pool), pool: pool, damage: damage).run { _ in true
        }
    }

    private func item(_ rung: CheckItem.Rung, of result: CheckResult) throws -> CheckItem {
        try #require(result.items.first { $0.rung == rung })
    }

    /// Kinks of relu and pooling, dropout, batch norm, recurrence, residual sums, each loss.
    private static let healthy = [
        Config.blobs, Config.pictures,
        """
        { data: { blobs: { count: 200, classes: 4, features: 5 } }, loss: "hinge", preprocessing: ["standardize"],
          model: [{ linear: 24 }, "relu", { residual: [{ linear: 24 }, "elu", { linear: 24 }] }, "tanh", { dropout: 0.4 },
            { linear: 4 }],
          optimizer: { adam: { learningRate: 0.01 } }, batchSize: 20, threads: 1 }
        """,
        """
        { data: { sequences: { kind: "adding", length: 6, count: 400 } }, loss: "mse", model: [{ lstm: 16 }, { linear: 1 }],
          optimizer: { adam: { learningRate: 0.01 } }, batchSize: 20, threads: 1 }
        """,
        """
        { data: { digits: 300 }, loss: "mse",
          model: [{ conv2d: { filters: 6, kernel: 3 } }, "relu", { avgPool2d: 2 }, { conv2d: { filters: 8, kernel: 3 } },
            "layerNorm", "relu", { maxPool2d: 2 }, "flatten", { linear: 10 }],
          optimizer: { sgd: { learningRate: 0.05, momentum: 0.9 } }, batchSize: 32, threads: 1 }
        """,
    ]

    @Test(arguments: healthy) func `a healthy run passes`(config: String) throws {
        let result = try climb(config)
        #expect(result.isOver && result.items.map(\.rung) == CheckItem.Rung.allCases)
        for item in result.items where item.verdict != .green {
            Issue.record("\(item.rung): \(item.verdict) \(item.figures) \(item.advice ?? "")")
        }
    }

    /// What a layer with a wrong sign in its backward pass would write: all gradients before it are turned around.
    @Test(arguments: [Config.blobs, Config.pictures]) func `a wrong sign in a backward pass is red`(config: String)
        throws
    {
        let result = try climb(config) { network in
            let first = network.layout.segments[0]
            for place in first.range { network.gradients.pointer[place] *= -1 }
        }
        let item = try item(.gradients, of: result)
        #expect(item.verdict == .red && item.advice?.contains("0.weight") == true, "\(item.figures)")
    }

    @Test(arguments: [0.5, 0, 2.0])
    func `a gradient that is off by a factor is red, whichever tensor it is`(factor: Double) throws {
        let count = try RunMaterial(plan: Config.plan(Config.blobs)).network.layout.segments.count
        for place in 0..<count {
            let result = try climb(Config.blobs) { network in
                for index in network.layout.segments[place].range {
                    network.gradients.pointer[index] *= Float(factor)
                }
            }
            #expect(try item(.gradients, of: result).verdict == .red, "tensor \(place)")
        }
    }

    /// A table of pictures of digits: 600 rows of 196 numbers and a label, which another row's label may stand in place of.
    private func table(_ folder: ScratchFolder, scale: Float = 1, isShuffled: Bool = false) throws -> String {
        let pool = WorkerPool(threadCount: 1)
        defer { pool.close() }
        let digits = try LoadedData(Config.plan("{ data: { digits: 600 }, model: [{ linear: 10 }] }"), pool: pool)
            .training
        guard case .classes(var labels, _) = digits.targets else { preconditionFailure("digits are classes") }
        var random = SplitMix64(seed: 5)
        if isShuffled { labels.shuffle(using: &random) }
        // Every other row and column: a quarter of the numbers.
        let kept = (0..<784).filter { $0 / 28 % 2 == 0 && $0 % 2 == 0 }
        let rows = labels.indices.map { row in
            kept.map { "\(digits.inputs.pointer[row * 784 + $0] * scale)" }.joined(separator: ",") + ",\(labels[row])"
        }
        let head = kept.map { "p\($0)" }.joined(separator: ",") + ",label"
        return try folder.write("digits.csv", ([head] + rows).joined(separator: "\n") + "\n")
    }

    private func config(_ path: String) -> String {
        """
        { data: { csv: "\(path)" }, model: [{ linear: 32 }, "relu", { linear: 10 }],
          optimizer: { sgd: { learningRate: 0.05, momentum: 0.9 } }, batchSize: 32, seed: 2, threads: 1 }
        """
    }

    @Test func `the table that the next two damage passes`() throws {
        let folder = ScratchFolder()
        let result = try climb(config(table(folder)))
        #expect(result.verdict < .red, "\(result.words)")
        #expect(try item(.inputs, of: result).verdict == .green && item(.labels, of: result).verdict == .green)
    }

    @Test func `pixels of 0 to 255 are red`() throws {
        let folder = ScratchFolder()
        let item = try item(.inputs, of: climb(config(table(folder, scale: 255))))
        #expect(item.verdict == .red && item.advice?.contains("0...255") == true)
    }

    @Test func `labels of other examples are red`() throws {
        let folder = ScratchFolder()
        let item = try item(.labels, of: climb(config(table(folder, isShuffled: true))))
        #expect(item.verdict == .red && item.advice?.contains("shuffled") == true, "\(item.figures)")
    }

    @Test func `data that is random on purpose has no labels to judge`() throws {
        let result = try climb(
            """
            { data: { random: { count: 200, shape: [1, 8, 8], classes: 4 } }, model: ["flatten", { linear: 16 }, "relu",
              { linear: 4 }], batchSize: 20, threads: 1 }
            """)
        #expect(try item(.labels, of: result).verdict == .green)
    }

    @Test(arguments: ["zero", "{ constant: 0.1 }"])
    func `weights that are all the same are red`(initializer: String) throws {
        let result = try climb(Config.blobs, "initializer=\(initializer)")
        let item = try item(.initialLoss, of: result)
        #expect(item.verdict == .red && item.advice?.contains("the same number") == true)
        #expect(result.verdict == .red)
    }

    @Test func `what is doubtful in layers and plan is amber`() throws {
        let result = try climb(Config.blobs, "model=[{ linear: 8 }, \"relu\", { linear: 3 }, \"softmax\"]")
        let item = try item(.structure, of: result)
        #expect(item.verdict == .amber && item.figures.contains("softmax"))
    }

    @Test func `a check changes no bit of the run`() throws {
        let plain = try Run.finish(Config.pictures, "epochs=4", logsStatistics: true)
        let checked = try Run.finish(Config.pictures, "epochs=4", script: [(5, .check)], logsStatistics: true)
        #expect(checked.finalBits == plain.finalBits)
        #expect(checked.steps.map(\.loss) == plain.steps.map(\.loss))
        let results = checked.reports.compactMap { if case .check(let result) = $0 { result } else { nil } }
        #expect(results.last?.isOver == true && results.last?.items.count == CheckItem.Rung.allCases.count)
    }
}
