import PlanFixtures
import Plans
import Runs
import Testing

/// A plan that cannot be run says so in one line, with the place of what is to blame.
@Suite struct RunMaterialTests {
    private func message(_ config: String, _ changes: String...) -> String? {
        do {
            _ = try RunMaterial(plan: Config.plan(config, changes))
            return nil
        } catch { return "\(error)" }
    }

    private static let pictures =
        "{ data: { digits: 40 }, threads: 1, batchSize: 8, model: [\n\"flatten\",\n{ linear: 10 }] }"

    @Test(arguments: [
        (
            "[{ linear: 5 }, { conv2d: { filters: 2, kernel: 3 } }, { linear: 3 }]",
            "--set:1:17: model[1]: 5 comes in, but it wants pictures of channels x height x width"
        ),
        (
            "[{ maxPool2d: 2 }]", "--set:1:2: model[0]: 2 comes in, but it wants pictures of channels x height x width"
        ),
        ("['relu', { linear: 5 }]", "--set:1:10: model[1]: the model ends with 5 outputs, and the data has 3 classes"),
    ])
    func `shapes that do not fit are found at their layer`(model: String, expected: String) {
        #expect(message(Config.blobs, "model=\(model)") == expected)
    }

    @Test func `the error stands in the file of the layer`() {
        let config =
            "{ data: { digits: 40 }, threads: 1, batchSize: 8, model: [\n  { conv2d: { filters: 2, kernel: 29 } },\n] }"
        #expect(
            message(config)
                == "run.json5:2:3: model[0]: a 29x29 kernel does not fit into 1x28x28 pictures with padding 0; "
                + "use a smaller kernel, more padding or less pooling before it")
    }

    @Test func `the error of a nested layer stands at its entry`() {
        let config = """
            { data: { blobs: { features: 6 } }, threads: 1, model: [
              { linear: 4 },
              { residual: {
                  body: ["relu",
                    { concat: { branches: [[], [
                      { conv2d: { filters: 2, kernel: 3 } }]] } }] } },
            ] }
            """
        #expect(
            message(config)
                == "run.json5:6:11: model[1].residual.body[1].concat.branches[1][0]: 4 comes in, "
                + "but it wants pictures of channels x height x width")
    }

    @Test func `the error of a nested layer is found in a shortened block`() {
        #expect(
            message(Config.blobs, "model=[{ residual: ['relu', { conv1d: { filters: 2, kernel: 3 } }] }]")
                == "--set:1:23: model[0].residual[1]: 2 comes in, but it wants sequences of channels x length")
    }

    @Test func `a sum of different shapes says what the shortcut needs`() {
        let config = """
            { data: { digits: 40 }, threads: 1, batchSize: 8, model: [
              { residual: { body: [{ conv2d: { filters: 16, kernel: 3, stride: 2, padding: 1 } }] } }] }
            """
        #expect(
            message(config)
                == "run.json5:2:3: model[0]: the body gives 16x14x14 and the shortcut 1x28x28, which cannot be added; "
                + "give the shortcut a 1x1 convolution, 16 filters and stride 2")
    }

    @Test func `a batch larger than the data is the whole of it`() throws {
        // 300 without the 60 held out.
        let material = try RunMaterial(plan: Config.plan(Config.blobs, ["batchSize=241"]))
        defer { material.pool.close() }
        #expect(material.epochs == EpochCourse(examples: 240, batchSize: 240))
        #expect(material.description.lengths.batchSize == 240)
        #expect(
            material.description.warnings.map(\.sentence)
                == [
                    "batchSize: a batch of 241 is larger than the 240 training examples, so each batch is the whole set"
                ])
        #expect(
            message(Config.blobs, "batchSize=241", "dropLast=true")
                == "--set:1:1: batchSize: a batch of 241 is larger than the 240 training examples, and dropLast leaves out a "
                + "batch that is not full; at most 240 fit")
    }

    @Test func `data too large for the machine is refused`() {
        let made = "blobs: { count: 10000000, features: 10000 }"
        #expect(
            message(Config.blobs, "data={ \(made) }")?.contains("more than the 256 MB of data.memoryLimit") == true)
        let found = message(Config.blobs, "data={ \(made), memoryLimit: 10000000000000 }")
        #expect(found?.hasPrefix("--set:1:1: data: the examples need 746 GB, but the machine has ") == true)
    }

    @Test func `a network too large is refused`() {
        let found = message(Config.blobs, "model=[{ linear: 10000000 }, { linear: 10000000 }, { linear: 3 }]")
        #expect(found?.hasPrefix("--set:1:24: model[1]: ") == true)
    }

    @Test func `files that are missing are named`() {
        #expect(
            message(
                "{ data: { idx: { images: \"none/i.gz\", labels: \"none/l.gz\" } }, model: [\"flatten\"], threads: 1 }")
                == "configs/none/i.gz: no such file; check the path")
    }

    @Test func `one example cannot be split`() {
        #expect(message(Config.blobs, "data.blobs.count=1")?.contains("cannot be split") == true)
    }

    @Test func `preprocessing is fitted on the training part`() throws {
        let plan = try Config.plan(Config.blobs)
        let material = try RunMaterial(plan: plan)
        for feature in 0..<2 {
            let values = (0..<240).map { Double(material.training.inputs.values[2 * $0 + feature]) }
            let mean = values.reduce(0, +) / 240
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 240
            #expect(abs(mean) < 1e-5 && abs(variance - 1) < 1e-4)
            let held = try #require(material.validation).inputs
            let heldMean = (0..<60).reduce(0) { $0 + Double(held.values[2 * $1 + feature]) } / 60
            #expect(abs(heldMean) > 1e-4, "the held out ones have a mean of their own")
        }
    }

    /// Two runs that differ in what the data does not depend on.
    @Test func `runs share their data and have networks of their own`() throws {
        let plan = try Config.plan(Config.blobs)
        let pool = plan.workerPool()
        defer { pool.close() }
        let data = try LoadedData(plan, pool: pool)
        let wide = try Config.plan(
            Config.blobs, ["model[0].linear=32", "optimizer.sgd.learningRate=0.01", "batchSize=8"])
        let (one, other) = (
            try RunMaterial(plan: plan, data: data, pool: pool), try RunMaterial(plan: wide, data: data, pool: pool)
        )
        #expect(one.training.inputs.pointer == other.training.inputs.pointer)
        #expect(one.network !== other.network && one.network.layout.count < other.network.layout.count)
        #expect(one.description.lengths.totalSteps == 60 && other.description.lengths.totalSteps == 120)
        let alone = try RunMaterial(plan: wide)
        defer { alone.pool.close() }
        #expect(alone.training.inputs.array == other.training.inputs.array)
        #expect(alone.network.parameters.array == other.network.parameters.array)
    }

    @Test(arguments: [
        "{ digits: 400000 }", "{ random: { count: 20000, shape: [3, 64, 64] } }",
        "{ sequences: { kind: 'sine', length: 100000, count: 1000 } }",
        "{ blobs: { count: 9, features: 9 }, memoryLimit: 323 }",
    ])
    func `made data keeps to the memory limit too`(data: String) throws {
        let error = #expect(throws: PreparationError.self) {
            _ = try RunMaterial(plan: Config.plan("{ data: \(data), model: ['flatten', { linear: 10 }] }", []))
        }
        let text = try #require(error).description
        #expect(text.contains(" of data.memoryLimit, and what is made lies in memory; "))
        #expect(!text.contains("\n"))
    }

    @Test func `a raised limit is enough`() throws {
        let data = "{ blobs: { count: 9, features: 9, classes: 3 }, memoryLimit: 324 }"
        let text = "{ data: \(data), model: [{ linear: 3 }] }"
        #expect(try RunMaterial(plan: Config.plan(text, ["batchSize=3"])).training.count == 9)
    }
}
