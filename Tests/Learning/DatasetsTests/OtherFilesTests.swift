import Datasets
import Files
import TestSupport
import Testing

/// Readers that are given another file than theirs, and arrays of something else than numbers.
@Suite struct OtherFilesTests {
    private let folder = ScratchFolder()

    private static let page = Array("<!DOCTYPE html><html><title>403</title></html>".utf8)

    private func npy(_ descr: String, _ shape: String, _ numbers: [UInt8]) -> [UInt8] {
        var header = "{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }"
        while (10 + header.utf8.count + 1) % 64 != 0 { header += " " }
        header += "\n"
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
            + Array(header.utf8) + numbers
    }

    private func refusal(_ read: () throws(DatasetError) -> Dataset) -> String? {
        failure(read)?.replacing("\(folder.path)/", with: "")
    }

    @Test func `an IDX file that is something else is called by its name`() throws {
        let labels = try folder.write("labels", [0, 0, 8, 1, 0, 0, 0, 1, 0])
        for (bytes, due) in [
            (Self.page, "is a web page (HTML), and an IDX file is due; download the file itself"),
            (
                [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
                "is a PNG picture, and an IDX file is due; pictures are read by imageFolder"
            ),
            (
                Array("version https://git-lfs.github.com/spec/v1\n".utf8),
                "is a pointer of Git LFS, and an IDX file is due; git lfs pull fetches the file itself"
            ),
            (
                npy("<f4", "(1,)", [0, 0, 0, 0]),
                "is a NumPy array (NPY), and an IDX file is due; arrays are read by npy: { inputs, targets }"
            ),
        ] {
            let images = try folder.write("images", bytes)
            #expect(
                refusal { () throws(DatasetError) in try IDXReader.read(images: images, labels: labels) }
                    == "images: \(due)")
        }
    }

    @Test func `an array or an archive that is something else is called by its name`() throws {
        let y = try folder.write("y.npy", npy("|u1", "(1,)", [0]))
        let x = try folder.write("x.npy", Self.page)
        #expect(
            refusal { () throws(DatasetError) in try NPYReader.read(inputs: x, targets: y) }
                == "x.npy: is a web page (HTML), and an NPY file is due; download the file itself")
        let archive = try folder.write("a.npz", npy("|u1", "(1,)", [0]))
        #expect(
            refusal { () throws(DatasetError) in try NPYReader.read(archive: archive, inputs: "x", targets: "y") }
                == "a.npz: is a NumPy array (NPY), and an archive of numpy.savez is due; arrays are read by npy: { inputs, targets }"
        )
        let batch = try folder.write("data_batch_1", [0x80, 2, 0x7D, 0x71])
        #expect(
            refusal { () throws(DatasetError) in try CIFAR10Reader.read(files: [batch]) }
                == "data_batch_1: is a Python pickle, and the binary version of CIFAR-10 (data_batch_1.bin and so on) is due; save "
                + "arrays with numpy.save, weights as safetensors")
    }

    @Test func `targets that are no numbers are told how to become classes`() throws {
        let x = try folder.write("x.npy", npy("|u1", "(3, 1)", [1, 2, 3]))
        for (descr, numbers, due) in [
            (
                "<U1", 12,
                "holds words, and numbers are due; numpy.unique(array, return_inverse=True)[1] makes classes of them"
            ),
            (
                "|S4", 12,
                "holds words, and numbers are due; numpy.unique(array, return_inverse=True)[1] makes classes of them"
            ),
            (
                "|O", 24,
                "holds Python objects, which are pickled; array.astype(\"float32\") makes numbers of them where they are numbers"
            ),
            ("<M8[ns]", 24, "holds times; array.astype(\"int64\") counts them"),
        ] {
            let y = try folder.write("y.npy", npy(descr, "(3,)", [UInt8](repeating: 0, count: numbers)))
            #expect(refusal { () throws(DatasetError) in try NPYReader.read(inputs: x, targets: y) } == "y.npy: \(due)")
        }
        let oneHot = try folder.write("y.npy", npy("|u1", "(3, 3)", [1, 0, 0, 0, 0, 1, 0, 1, 0]))
        #expect(
            refusal { () throws(DatasetError) in try NPYReader.read(inputs: x, targets: oneHot) }
                == "y.npy: whole numbers of shape (3, 3); they are one-hot, and array.argmax(1) makes classes of them")
    }

    @Test func `sparse numbers are names, also in the validation set`() throws {
        let x = try folder.write("x.npy", npy("|u1", "(3, 1)", [1, 2, 3]))
        func codes(_ numbers: [UInt16]) -> [UInt8] { numbers.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } }
        let y = try folder.write("y.npy", npy("<u2", "(3,)", codes([20_500, 10_001, 60_601])))
        let training = try NPYReader.read(inputs: x, targets: y)
        #expect(training.classes == [1, 0, 2] && training.classNames == ["10001", "20500", "60601"])
        let held = try folder.write("v.npy", npy("<u2", "(3,)", codes([60_601, 60_601, 10_001])))
        let validation = try NPYReader.read(
            inputs: x, targets: held, classCount: training.classCount, names: training.classNames)
        #expect(validation.classes == [2, 2, 0] && validation.classCount == 3)
        #expect(
            training.warnings.map { $0.sentence.replacing("\(folder.path)/", with: "") } == [
                "y.npy: the labels are 3 numbers far apart (10001, 20500, 60601), so they are names: class 0 is 10001"
            ])
        // Whoever says how many classes there are gets as many.
        #expect(try NPYReader.read(inputs: x, targets: y, classCount: 65_000).classCount == 65_000)
    }

    @Test func `channels that come last are asked about`() throws {
        func hint(_ shape: String, _ count: Int) throws -> [String] {
            let x = try folder.write("x.npy", npy("|u1", shape, [UInt8](repeating: 1, count: count)))
            let y = try folder.write("y.npy", npy("|u1", "(1,)", [0]))
            return try NPYReader.read(inputs: x, targets: y).warnings.map {
                $0.sentence.replacing("\(folder.path)/", with: "")
            }
        }
        #expect(
            try hint("(1, 12, 10, 3)", 360) == [
                "x.npy: the examples are 12x10x3, read as 12 channels of 10x3; channels last? numpy.moveaxis(array, -1, 1) puts "
                    + "them first"
            ])
        #expect(try hint("(1, 28, 28, 1)", 784).count == 1)
        #expect(try hint("(1, 3, 12, 10)", 360).isEmpty && hint("(1, 64, 5, 5)", 1600).isEmpty)
    }
}
