import Datasets
import Foundation
import NeuralNetworks
import PlanFixtures
import Plans
import Runs
import Tensors
import TestSupport
import Testing
import Training

/// What data, augmentation and averaged views do to a run.
@Suite struct DataRunTests {
    private static let augmented = """
        {
          data: { digits: { count: 200, seed: 1 } }, validation: { fraction: 0.2 },
          preprocessing: [{ standardize: "all" }, { pca: 30 }],
          augmentation: [
            "horizontalFlip", { randomCrop: 2 }, { colorJitter: { brightness: 0.2, contrast: 0.2 } }, "randAugment",
            { cutout: 5 }, { noise: 0.05 }, { mixup: 0.4 },
          ],
          model: [{ linear: 16 }, "relu", { linear: 10 }],
          optimizer: { sgd: { learningRate: 0.05 } }, epochs: 2, batchSize: 32, seed: 5, threads: 1,
        }
        """

    @Test func `augmented runs have the same bits on any number of threads`() throws {
        let one = try Run.finish(Self.augmented)
        let three = try Run.finish(Self.augmented, "threads=3")
        #expect(one.finalBits == three.finalBits)
        #expect(try Run.finish(Self.augmented, "augmentation=[]").finalBits != one.finalBits)
    }

    /// Three records of each class, enough for two batches.
    private func cifar(_ folder: ScratchFolder, _ name: String) throws -> String {
        var bytes: [UInt8] = []
        for record in 0..<30 {
            bytes.append(UInt8(record % 10))
            for pixel in 0..<3072 { bytes.append(UInt8((pixel * (record % 10 + 1) + record) % 256)) }
        }
        try Data(bytes).write(to: URL(fileURLWithPath: folder / name))
        return folder / name
    }

    private func config(_ folder: ScratchFolder, _ more: String = "") throws -> String {
        """
        {
          data: { cifar10: { files: ["\(try cifar(folder, "a"))"], validationFiles: ["\(try cifar(folder, "b"))"] } },
          preprocessing: [{ standardize: "channels" }, { pca: 12 }], \(more)
          model: [{ linear: 10 }], optimizer: { sgd: { learningRate: 0.01 } },
          epochs: 2, batchSize: 10, seed: 5, threads: 2,
        }
        """
    }

    @Test(arguments: ["", "augmentation: ['horizontalFlip', { randomCrop: 3 }],"])
    func `from the disk comes the same run`(more: String) throws {
        let folder = ScratchFolder()
        let text = try config(folder, more)
        let memory = try Run.finish(text)
        let disk = try Run.finish(text, "data.memoryLimit=100000")
        #expect(!memory.material.training.isStreamed && disk.material.training.isStreamed)
        #expect(memory.finalBits == disk.finalBits && memory.log == disk.log)
    }

    @Test func `a file that vanishes in the middle ends the run with a word`() throws {
        let folder = ScratchFolder()
        let material = try RunMaterial(plan: Config.plan(config(folder), ["data.memoryLimit=100000"]))
        defer { material.pool.close() }
        #expect(truncate(folder / "a", 100) == 0)
        let reports = ReportMailbox()
        let options = TrainerOptions(canSteer: false, isWatched: false, logsStatistics: false)
        let trainer = Trainer(material: material, mailbox: CommandMailbox(), reports: reports, options: options)
        #expect(trainer.run().reason == .notFinite)
        var all: [Report] = []
        _ = reports.drain(into: &all)
        let notes = all.compactMap { if case .note(.disk, let words, _) = $0 { words } else { nil } }
        #expect(notes.count == 1 && notes[0].hasPrefix("examples cannot be read: \(folder / "a"): ends at byte 100"))
        #expect(material.network.parameters.array.allSatisfy { $0.isFinite })
    }

    private static let views = """
        {
          data: { digits: { count: 60, seed: 1 } }, validation: { fraction: 0.5, VIEWS },
          preprocessing: [{ zeroMean: "all" }], model: ["flatten", { linear: 10 }], loss: "LOSS",
          optimizer: { sgd: { learningRate: 0.05 } }, epochs: 1, batchSize: 30, seed: 5, threads: 1,
        }
        """

    private func validationLoss(_ views: String, _ loss: String) throws -> (Double, RunRecord) {
        let text = Self.views.replacing("VIEWS", with: views).replacing("LOSS", with: loss)
        let run = try Run.finish(text)
        return (try #require(run.end.best).loss, run)
    }

    @Test(arguments: ["crossEntropy", "mse", "hinge"])
    func `averaging over the identity changes nothing`(loss: String) throws {
        let plain = try validationLoss("averaging: []", loss).0
        let averaged = try validationLoss("averaging: ['identity', 'identity']", loss).0
        #expect(abs(plain - averaged) < 1e-5 * max(1, plain))
    }

    /// Mean probabilities of the picture and its mirror image, by hand.
    @Test func `averaging is over probabilities`() throws {
        let (loss, run) = try validationLoss("averaging: ['identity', 'horizontalFlip']", "crossEntropy")
        let material = run.material
        let validation = try #require(material.validation)
        let mean = try #require(validation.preparation.first).means[0]
        let weights = material.network.parameters.array.map(Double.init)
        let bias = Array(weights[material.network.layout.segments[1].offset...].prefix(10))
        guard case .classes(let classes, _) = validation.targets else { return #expect(Bool(false)) }
        var total = 0.0
        for (example, label) in classes.enumerated() {
            let pixels = (0..<784).map { Double(validation.inputs.pointer[example * 784 + $0] - mean) }
            let mirrored = (0..<28).flatMap { row in pixels[row * 28..<row * 28 + 28].reversed() }
            var share = 0.0
            for view in [pixels, mirrored] {
                let outputs = Self.linear(view, weights, bias)
                share += exp(outputs[Int(label)]) / Self.sumOfExponentials(outputs) / 2
            }
            total -= log(share)
        }
        #expect(abs(loss - total / Double(classes.count)) < 1e-4 * loss)
    }

    /// The loss of the first batch is that of the mixed inputs against the shares of their classes.
    @Test func `mixup trains on shares`() throws {
        let text = """
            { data: { blobs: { count: 40, seed: 2 } }, augmentation: [{ mixup: 1 }], model: [{ linear: 3 }],
              epochs: 1, batchSize: 40, shuffle: false, seed: 5, threads: 1 }
            """
        let run = try Run.finish(text)
        let start = try RunMaterial(plan: Config.plan(text))
        defer { start.pool.close() }
        let data = start.training
        guard case .classes(let classes, _) = data.targets else { return #expect(Bool(false)) }
        let pipeline = InputPipeline(data, augmentation: [.mixup(Mixup(alpha: 1))], capacity: 40, pool: start.pool)
        let inputs = FloatBuffer(count: 80)
        let failure = (0..<Int32(40)).map { $0 }.withUnsafeBufferPointer {
            pipeline.load($0, .training(seed: 5, epoch: 0), into: inputs.pointer)
        }
        #expect(failure == nil)
        let weights = start.network.parameters.array.map(Double.init)
        let bias = Array(weights[start.network.layout.segments[1].offset...].prefix(3))
        var total = 0.0
        for row in 0..<40 {
            let point = [Double(inputs.pointer[row * 2]), Double(inputs.pointer[row * 2 + 1])]
            let outputs = Self.linear(point, weights, bias)
            let logarithm = log(Self.sumOfExponentials(outputs))
            let share = Double(pipeline.shares[row])
            total += share * (logarithm - outputs[Int(classes[row])])
            total += (1 - share) * (logarithm - outputs[Int(classes[Int(pipeline.partners[row])])])
        }
        let step = try #require(run.steps.first)
        #expect(abs(step.loss - total / 40) < 1e-5 * step.loss)
    }

    /// Weights row by row, times the inputs, plus a bias each.
    private static func linear(_ inputs: [Double], _ weights: [Double], _ bias: [Double]) -> [Double] {
        bias.indices.map { unit in
            var sum = bias[unit]
            for (place, input) in inputs.enumerated() { sum += weights[unit * inputs.count + place] * input }
            return sum
        }
    }

    private static func sumOfExponentials(_ numbers: [Double]) -> Double { numbers.reduce(0) { $0 + exp($1) } }
}
