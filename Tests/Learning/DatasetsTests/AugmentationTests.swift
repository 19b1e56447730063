import Datasets
import Foundation
import Tensors
import Testing

@Suite struct AugmentationTests {
    private static let count = 400

    /// Pictures 3x6x5 of noise within 0...1.
    private func examples(count: Int = count) -> Dataset {
        var random = Philox(seed: 9, purpose: .generatedData).stream(0)
        let inputs = FloatBuffer((0..<count * 90).map { _ in Float(random.uniform(0.1, 0.9)) })
        return Dataset(
            name: "noise", inputs: inputs, inputShape: [3, 6, 5],
            targets: .classes((0..<count).map { Int32($0 % 2) }, classCount: 2))
    }

    /// A batch of all examples.
    private func batch(
        _ dataset: Dataset, _ steps: [Augmentation], seed: UInt64 = 1, epoch: Int = 0, threads: Int = 1,
        order: [Int32]? = nil, reading shares: ((InputPipeline) -> Void)? = nil
    ) -> [Float] {
        let pool = WorkerPool(threadCount: threads)
        defer { pool.close() }
        let indices = order ?? (0..<Int32(dataset.count)).map { $0 }
        let pipeline = InputPipeline(dataset, augmentation: steps, capacity: indices.count, pool: pool)
        let target = FloatBuffer(count: indices.count * dataset.inputShape.count)
        indices.withUnsafeBufferPointer { indices in
            let failure = pipeline.load(indices, .training(seed: seed, epoch: epoch), into: target.pointer)
            #expect(failure == nil)
        }
        shares?(pipeline)
        return target.array
    }

    private static let all: [Augmentation] = [
        .horizontalFlip(HorizontalFlip(p: 0.5)), .randomCrop(RandomCrop(padding: 2)),
        .randomResizedCrop(RandomResizedCrop(scale: 0.3...1, ratio: 0.75...1.3)),
        .colorJitter(ColorJitter(brightness: 0.4, contrast: 0.4, saturation: 0.4)),
        .randAugment(RandAugment(operations: 2, magnitude: 9)),
        .cutout(Cutout(size: 2)), .noise(Noise(std: 0.1)),
    ]

    @Test func `an example depends on seed epoch and itself alone`() {
        let dataset = examples()
        let once = batch(dataset, Self.all)
        #expect(batch(dataset, Self.all, threads: 3) == once)
        #expect(batch(dataset, Self.all, epoch: 1) != once)
        #expect(batch(dataset, Self.all, seed: 2) != once)
        let few = batch(dataset, Self.all, order: [7, 3])
        #expect(Array(few[0..<90]) == Array(once[7 * 90..<8 * 90]))
        #expect(Array(few[90..<180]) == Array(once[3 * 90..<4 * 90]))
    }

    @Test func `evaluation leaves examples as they are`() {
        let dataset = examples(count: 10)
        let pool = WorkerPool(threadCount: 1)
        let pipeline = InputPipeline(
            dataset, augmentation: Self.all + [.mixup(Mixup(alpha: 1))], capacity: 10, pool: pool)
        let target = FloatBuffer(count: 900)
        (0..<Int32(10)).map { $0 }.withUnsafeBufferPointer { _ = pipeline.load($0, .plain, into: target.pointer) }
        #expect(target.array == dataset.inputs.array)
    }

    @Test func `flips come with their probability`() {
        let dataset = examples()
        let flipped = batch(dataset, [.horizontalFlip(HorizontalFlip(p: 0.3))])
        let original = dataset.inputs.array
        var count = 0
        for example in 0..<Self.count {
            let (before, after) = (original[example * 90..<example * 90 + 5], flipped[example * 90..<example * 90 + 5])
            if after.elementsEqual(before.reversed()) { count += 1 } else { #expect(after.elementsEqual(before)) }
        }
        // Four standard deviations of 400 draws.
        #expect(abs(Double(count) - 0.3 * 400) < 4 * (0.3 * 0.7 * 400).squareRoot())
    }

    @Test func `crops lie at every offset`() {
        let dataset = examples()
        let cropped = batch(dataset, [.randomCrop(RandomCrop(padding: 1))])
        var offsets: [Int: Int] = [:]
        for example in 0..<Self.count {
            let original = PictureView(dataset.inputs.pointer + example * 90, channels: 3, height: 6, width: 5)
            let found = (0..<9).first { offset in
                let (copy, scratch) = (FloatBuffer(count: 90), FloatBuffer(count: 90))
                let view = PictureView(copy.pointer, channels: 3, height: 6, width: 5)
                view.copy(from: original)
                view.shift(rows: offset / 3 - 1, columns: offset % 3 - 1, scratch: scratch.pointer)
                return copy.array == Array(cropped[example * 90..<(example + 1) * 90])
            }
            offsets[found ?? -1, default: 0] += 1
        }
        #expect(offsets[-1] == nil && offsets.count == 9)
        #expect(offsets.values.allSatisfy { abs(Double($0) - 400.0 / 9) < 4 * (400.0 / 9 * 8 / 9).squareRoot() })
    }

    /// Shares of the area and ratios lie where they should, and the whole picture is itself.
    @Test func `resized crops keep to scale and ratio`() {
        let buffer = FloatBuffer(count: 40 * 30)
        let view = PictureView(buffer.pointer, channels: 1, height: 40, width: 30)
        var random = Philox(seed: 1, purpose: .augmentation).stream(0)
        for _ in 0..<500 {
            let part = RandomResizedCrop.part(of: view, scale: 0.2...0.5, ratio: 0.75...4.0 / 3, &random)
            let (area, ratio) = (Double(part.height * part.width) / 1200, Double(part.width) / Double(part.height))
            #expect(area > 0.18 && area < 0.53 && ratio > 0.7 && ratio < 1.42)
            #expect(part.top >= 0 && part.top + part.height <= 40 && part.left >= 0 && part.left + part.width <= 30)
        }
        // No crop of full area has ratio 1: torchvision's fallback is the middle.
        let part = RandomResizedCrop.part(of: view, scale: 1...1, ratio: 1...1, &random)
        #expect(part == .init(top: 5, left: 0, height: 30, width: 30))
    }

    @Test func `the whole picture stays itself`() {
        let dataset = examples(count: 20)
        let ratio = 5.0 / 6
        let result = batch(dataset, [.randomResizedCrop(RandomResizedCrop(scale: 1...1, ratio: ratio...ratio))])
        #expect(zip(result, dataset.inputs.array).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func `noise has its mean and deviation`() {
        let dataset = examples()
        let differences = zip(batch(dataset, [.noise(Noise(std: 0.5))]), dataset.inputs.array).map { Double($0 - $1) }
        let count = Double(differences.count)
        let mean = differences.reduce(0, +) / count
        let deviation = (differences.reduce(0) { $0 + $1 * $1 } / count - mean * mean).squareRoot()
        #expect(abs(mean) < 4 * 0.5 / count.squareRoot())
        #expect(abs(deviation - 0.5) < 4 * 0.5 / (2 * count).squareRoot())
    }

    @Test func `cut outs are zeros of their size`() {
        let dataset = examples()
        let result = batch(dataset, [.cutout(Cutout(size: 2))])
        for example in 0..<Self.count {
            let zeros = result[example * 90..<(example + 1) * 90].filter { $0 == 0 }.count
            #expect([3, 6, 12].contains(zeros))
        }
    }

    @Test func `mixup mixes by the shares`() {
        let dataset = examples(count: 50)
        let original = dataset.inputs.array
        var partners: [Int] = []
        var shares: [Float] = []
        let mixed = batch(dataset, [.mixup(Mixup(alpha: 1))]) { pipeline in
            partners = (0..<50).map { Int(pipeline.partners[$0]) }
            shares = (0..<50).map { pipeline.shares[$0] }
        }
        for row in 0..<50 {
            for place in 0..<90 {
                let expected =
                    shares[row] * original[row * 90 + place]
                    + (1 - shares[row]) * original[partners[row] * 90 + place]
                #expect(abs(mixed[row * 90 + place] - expected) < 1e-6)
            }
        }
        #expect(Set(partners).count > 20)
    }

    /// Beta(a, a) has mean 1/2 and variance 1 / (4 (2a + 1)).
    @Test(arguments: [0.05, 0.2, 1, 5])
    func `shares are of the beta distribution`(alpha: Double) {
        var random = Philox(seed: 4, purpose: .mixup).stream(0)
        let shares = (0..<20_000).map { _ in random.beta(alpha) }
        let mean = shares.reduce(0, +) / 20_000
        let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
        let expected = 1 / (4 * (2 * alpha + 1))
        #expect(shares.allSatisfy { $0 >= 0 && $0 <= 1 })
        #expect(abs(mean - 0.5) < 5 * (expected / 20_000).squareRoot())
        #expect(abs(variance - expected) < 0.03 * expected)
    }

    @Test func `what needs pictures says so`() {
        #expect(Augmentation.noise(Noise(std: 1)).step.problem(with: [4]) == nil)
        #expect(
            Augmentation.cutout(Cutout(size: 1)).step.problem(with: [4])
                == "cutout needs pictures [channels, height, width], and the examples are 4")
        #expect(
            Augmentation.randAugment(RandAugment(operations: 1, magnitude: 1)).step.problem(with: [2, 4, 4])
                == "randAugment needs pictures of 1 or 3 channels, and these have 2")
    }
}
