import Datasets
import Foundation
import Tensors
import TestSupport
import Testing

/// What is read from the disk batch by batch is what would lie in memory, to the bit.
@Suite struct StreamingTests {
    private let folder = ScratchFolder()

    private static let small = MemoryLimit(bytes: 64)

    private func idx(_ limit: MemoryLimit) throws -> Dataset {
        let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 5, 0, 0, 0, 4]
        let images = try folder.write("images", header + (0..<800).map { UInt8($0 * 7 % 256) })
        let labels = try folder.write("labels", [0, 0, 8, 1, 0, 0, 0, 40] + (0..<40).map { UInt8($0 % 3) })
        return try IDXReader.read(images: images, labels: labels, limit: limit)
    }

    private func cifar(_ limit: MemoryLimit) throws -> Dataset {
        var files: [String] = []
        for file in 0..<2 {
            var bytes: [UInt8] = []
            for record in 0..<6 {
                bytes.append(UInt8(record))
                for pixel in 0..<3072 { bytes.append(UInt8(pixel * (record + file + 1) % 256)) }
            }
            files.append(try folder.write("batch\(file)", bytes))
        }
        return try CIFAR10Reader.read(files: files, limit: limit)
    }

    /// An array in NumPy's format of version 1.
    private static func npy(_ type: String, _ shape: String, _ numbers: [UInt8]) -> [UInt8] {
        let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(shape)), }"
        let line = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(line.utf8.count), 0] + Array(line.utf8) + numbers
    }

    private func npy(_ limit: MemoryLimit) throws -> Dataset {
        let numbers = (0..<48).flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: Float(number).bitPattern >> (8 * $0)) }
        }
        let inputs = try folder.write("x.npy", Self.npy("<f4", "4, 3, 2, 2", numbers))
        let targets = try folder.write("y.npy", Self.npy("|u1", "4,", [0, 1, 2, 0]))
        return try NPYReader.read(inputs: inputs, targets: targets, limit: limit)
    }

    private func batch(_ dataset: Dataset, _ augmentation: [Augmentation] = [], threads: Int = 1) -> [Float] {
        let pool = WorkerPool(threadCount: threads)
        defer { pool.close() }
        let indices = (0..<Int32(dataset.count)).reversed().map { $0 }
        let pipeline = InputPipeline(dataset, augmentation: augmentation, capacity: indices.count, pool: pool)
        let target = FloatBuffer(count: indices.count * dataset.inputShape.count)
        indices.withUnsafeBufferPointer { indices in
            let failure = pipeline.load(indices, .training(seed: 1, epoch: 2), into: target.pointer)
            #expect(failure == nil)
        }
        return target.array
    }

    @Test func `batches are the same`() throws {
        let sets = try [idx, cifar, npy].map { try ($0(.standard), $0(Self.small)) }
        for (memory, disk) in sets {
            #expect(!memory.isStreamed && disk.isStreamed)
            #expect(memory.classes == disk.classes && memory.inputShape == disk.inputShape)
            #expect(batch(memory) == batch(disk))
            #expect(batch(disk, threads: 2) == batch(disk))
        }
    }

    @Test(arguments: [
        [Preprocessing.standardize()], [.standardize(.channels)], [.pca(components: 5)], [.zeroMean(), .whiten()],
    ])
    func `preprocessing is the same`(steps: [Preprocessing]) throws {
        let (memory, disk) = (try idx(.standard), try idx(Self.small))
        let (own, other) = try (FittedPreprocessing.fit(steps, on: memory), FittedPreprocessing.fit(steps, on: disk))
        #expect(own == other)
        let flip = [Augmentation.horizontalFlip(HorizontalFlip(p: 0.5))]
        let lazily = batch(memory.preparing(by: own), flip)
        #expect(batch(disk.preparing(by: other), flip) == lazily)
        let done = batch(try idx(.standard).preparing(by: own).preparedAlone)
        #expect(batch(disk.preparing(by: other), threads: 3) == done)
    }

    @Test func `parts of a split are the same`() throws {
        let split = ValidationSplit(fraction: 0.25, seed: 3)
        let (memory, disk) = (try split.split(idx(.standard)), try split.split(idx(Self.small)))
        #expect(batch(memory.training) == batch(disk.training))
        #expect(batch(memory.validation) == batch(disk.validation))
        #expect(memory.validation.classes == disk.validation.classes)
    }

    /// Sets of 5 and of 8 examples; three of the second are also in the first, one of them twice.
    private func overlapping(_ limit: MemoryLimit, _ salt: UInt8 = 0) throws -> (training: Dataset, validation: Dataset)
    {
        func set(_ name: String, _ examples: [Int]) throws -> Dataset {
            let count = UInt8(examples.count)
            var pixels: [UInt8] = []
            for example in examples { pixels += (0..<20).map { UInt8((example * 31 + $0 * 7) % 256) &+ salt } }
            let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 5, 0, 0, 0, 4]
            let images = try folder.write(name, header + pixels)
            let classes = examples.map { UInt8($0 % 3) }
            let labels = try folder.write("\(name).labels", [0, 0, 8, 1, 0, 0, 0, count] as [UInt8] + classes)
            return try IDXReader.read(images: images, labels: labels, limit: limit)
        }
        return try (set("first", [1, 2, 3, 4, 5]), set("second", [6, 7, 2, 8, 5, 9, 5, 3]))
    }

    @Test func `examples of both sets are found wherever they lie`() throws {
        let (memory, disk) = try (overlapping(.standard), overlapping(Self.small))
        #expect(disk.training.isStreamed && disk.validation.isStreamed && !memory.training.isStreamed)
        for training in [memory.training, disk.training] {
            for validation in [memory.validation, disk.validation] {
                #expect(
                    validation.sharedExamples(with: training)?.sentence.hasSuffix(
                        ": 4 of the 8 validation examples are also in the training set, number by number, so validation flatters"
                    )
                        == true)
                // The third, the fifth and the seventh of every other.
                #expect(
                    validation.sharedExamples(with: training, most: 4)?.sentence.hasSuffix(
                        ": 3 of the 4 validation examples looked at are also in the training set, number by number, so "
                            + "validation flatters") == true)
            }
        }
        #expect(disk.validation.sharedExamples(with: try idx(Self.small)) == nil)
        let split = try ValidationSplit(fraction: 0.5, seed: 1).split(disk.validation)
        let other = try ValidationSplit(fraction: 0.5, seed: 1).split(memory.validation)
        #expect(
            split.validation.sharedExamples(with: split.training)?.sentence
                == other.validation.sharedExamples(with: other.training)?.sentence)
    }

    @Test func `what has gone from the disk is no shared example`() throws {
        let disk = try overlapping(Self.small)
        #expect(truncate(folder.path + "/second", 50) == 0)
        #expect(disk.validation.sharedExamples(with: disk.training) == nil)
    }

    @Test func `a feature that says the class is found on the disk too`() throws {
        var bytes: [UInt8] = []
        for row in 0..<40 {
            for number in [Float(row * 7 % 11), Float(row % 3 * 4 - 1)] {
                withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes += $0 }
            }
        }
        let inputs = try folder.write("x.npy", Self.npy("<f4", "40, 2", bytes))
        let targets = try folder.write("y.npy", Self.npy("|u1", "40,", (0..<40).map { UInt8($0 % 3) }))
        // The targets are to fit.
        for limit in [MemoryLimit.standard, MemoryLimit(bytes: 200)] {
            let set = try NPYReader.read(inputs: inputs, targets: targets, limit: limit)
            #expect(set.isStreamed == (limit != .standard))
            #expect(set.copiedTargets().map(\.id) == ["targets.copied"])
            #expect(set.copiedTargets().first?.sentence.contains("number 1 of each example") == true)
        }
    }

    @Test func `a file that shrank is named and its numbers are none`() throws {
        let dataset = try cifar(Self.small)
        let path = "\(folder.path)/batch1"
        try FileManager.default.removeItem(atPath: "\(folder.path)/batch0")
        #expect(truncate(path, 4000) == 0)
        let pool = WorkerPool(threadCount: 2)
        defer { pool.close() }
        let pipeline = InputPipeline(dataset, capacity: 12, pool: pool)
        let target = FloatBuffer(count: 12 * 3072)
        let order: [Int32] = [0, 5, 6, 7, 8]
        let failure = order.withUnsafeBufferPointer { pipeline.load($0, .plain, into: target.pointer) }
        #expect(
            failure?.description
                == "\(path): ends at byte 4000, and 3072 bytes from 3074 on are due; it was 18438 bytes long before")
        // What was open stays readable, and what is missing is no number.
        #expect((0..<3).allSatisfy { target.pointer[$0 * 3072].isFinite })
        #expect(target.pointer[3 * 3072].isNaN && target.pointer[4 * 3072].isNaN)
    }

    @Test func `packed files above the limit are refused`() throws {
        let packed: [UInt8] = [
            0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x63, 0x60, 0xe0, 0x60, 0x62, 0x60,
            0x60, 0x80, 0x60, 0xe3, 0xb4, 0xff, 0x00, 0xab, 0xe3, 0x00, 0xd3, 0x10, 0x00, 0x00, 0x00,
        ]
        let images = try folder.write("images.gz", packed)
        let labels = try folder.write("labels", [0, 0, 8, 1, 0, 0, 0, 2, 0, 1])
        #expect(
            failure { () throws(DatasetError) in
                try IDXReader.read(images: images, labels: labels, limit: MemoryLimit(bytes: 8))
            }
                == "\(images): takes 16 bytes in memory, more than the 8 bytes of data.memoryLimit, and a packed file cannot "
                + "be read batch by batch (gunzip it); raise data.memoryLimit (in bytes), or use plain idx, cifar10 or npy "
                + "files, which are read batch by batch")
    }
}
