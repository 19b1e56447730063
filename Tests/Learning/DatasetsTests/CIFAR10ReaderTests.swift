import Datasets
import TestSupport
import Testing

@Suite struct CIFAR10ReaderTests {
    private let folder = ScratchFolder()

    /// Records whose pixel p is (label + p) % 256.
    private func file(_ name: String, labels: [UInt8]) throws -> String {
        var bytes: [UInt8] = []
        for label in labels {
            bytes.append(label)
            for pixel in 0..<3072 { bytes.append(UInt8((Int(label) + pixel) % 256)) }
        }
        return try folder.write(name, bytes)
    }

    @Test func `files follow each other`() throws {
        let dataset = try CIFAR10Reader.read(files: [file("a", labels: [3, 9]), file("b", labels: [0])])
        #expect(dataset.classes == [3, 9, 0] && dataset.classCount == 10)
        #expect(dataset.inputShape == [3, 32, 32])
        #expect(dataset.inputs.pointer[3072] == 9.0 / 255)
        #expect(dataset.inputs.pointer[2 * 3072 + 255] == 1)
        #expect(dataset.sources.count == 2)
    }

    @Test func `raw pixels are bytes`() throws {
        let dataset = try CIFAR10Reader.read(files: [file("a", labels: [3])], raw: true)
        #expect(withExtendedLifetime(dataset) { dataset.inputs.pointer[1] } == 4)
    }

    @Test func `half a record is named`() throws {
        let path = try folder.write("half", [UInt8](repeating: 0, count: 3074))
        #expect(
            failure { () throws(DatasetError) in try CIFAR10Reader.read(files: [path]) }
                == "\(path): 3074 bytes are not a whole number of records of 3073 bytes (a label and 3x32x32 pixels); the "
                + "binary version of CIFAR-10 is due (data_batch_1.bin and so on, unpacked from the tar file)")
    }

    @Test(arguments: [MemoryLimit.standard, MemoryLimit(bytes: 100)])
    func `a label above nine is named`(limit: MemoryLimit) throws {
        let path = try file("labels", labels: [1, 10])
        #expect(
            failure { () throws(DatasetError) in try CIFAR10Reader.read(files: [path], limit: limit) }
                == "\(path): record 1 (byte 3073) has the label 10; CIFAR-10's labels lie in 0...9")
    }
}
