import Datasets
import TestSupport
import Testing

@Suite struct NPYReaderTests {
    private let folder: ScratchFolder
    private let classes: String

    init() throws {
        folder = ScratchFolder()
        classes = try folder.write("classes.npy", Written.classes)
    }

    private func message(_ inputs: [UInt8], targets: [UInt8] = Written.classes) throws -> String? {
        let (x, y) = (try folder.write("x.npy", inputs), try folder.write("y.npy", targets))
        return failure { () throws(DatasetError) in try NPYReader.read(inputs: x, targets: y) }?
            .replacing("\(folder.path)/", with: "")
    }

    @Test(arguments: Written.arrays)
    func `every type and order is read`(name: String, bytes: [UInt8]) throws {
        let path = try folder.write("x.npy", bytes)
        let dataset = try NPYReader.read(inputs: path, targets: classes)
        #expect(dataset.inputs.array == (0..<12).map(Float.init), "\(name)")
        #expect(dataset.inputShape == [3, 2] && dataset.classes == [1, 0] && dataset.classCount == 2)
    }

    @Test func `bools are numbers and classes`() throws {
        let path = try folder.write("b.npy", Written.bools)
        let dataset = try NPYReader.read(inputs: path, targets: path)
        #expect(dataset.inputs.array == [1, 0] && dataset.inputShape == [1] && dataset.classes == [1, 0])
    }

    @Test func `float targets are numbers to predict`() throws {
        let path = try folder.write("v.npy", Written.values)
        #expect(try NPYReader.read(inputs: path, targets: path).values == [0.5, 1.5, 2.5, 3.5])
    }

    @Test(arguments: [Written.archive, Written.packedArchive])
    func `archives are unpacked`(bytes: [UInt8]) throws {
        let path = try folder.write("d.npz", bytes)
        let dataset = try NPYReader.read(archive: path, inputs: "x", targets: "y")
        #expect(dataset.inputs.array == (0..<12).map(Float.init) && dataset.classes == [1, 0])
        #expect(
            failure { () throws(DatasetError) in try NPYReader.read(archive: path, inputs: "w", targets: "y") }?
                .hasPrefix("\(path): has no member w.npy; it holds x.npy, y.npy") == true)
    }

    /// A wound in any byte of the data is found by the check sum.
    @Test func `an archive is checked`() throws {
        var bytes = Written.archive
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: [0, 0, 0x30, 0x41]) })
        bytes[place] = 1
        let path = try folder.write("d.npz", bytes)
        #expect(
            failure { () throws(DatasetError) in try NPYReader.read(archive: path, inputs: "x", targets: "y") }
                == "\(path): x.npy: does not match its check sum; copy or write the archive again")
    }

    @Test func `every defect is named`() throws {
        let good = Written.values
        #expect(try message(good) == nil)
        #expect(
            try message(Array("hello, world".utf8))
                == "x.npy: no NPY file: it does not begin with \\x93NUMPY; write it with numpy.save")
        #expect(
            try message(Array(good.dropLast()))
                == "x.npy: the shape (2, 2) and the header make 160 bytes, but 159 are there; write or copy it again")
        #expect(
            try message(Written.complex)
                == "x.npy: holds complex numbers; numpy.stack([array.real, array.imag], 1) makes two real ones of each")
        #expect(
            try message(Written.structured)
                == "x.npy: its header is damaged: at byte 20 a single type of numbers, such as '<f4' (no structured array: "
                + "numpy.stack of its fields makes one) is due")
        #expect(
            try message(good, targets: Written.arrays[0].1)
                == nil, "floats of any shape are numbers to predict")
        #expect(
            try message(Written.bools, targets: Written.arrays.first { $0.0 == "<i8 C" }!.1)
                == "y.npy: whole numbers of shape (2, 3, 2); classes are one number an example, and numbers to predict are "
                + "floats (array.astype(\"float32\"))")
        var nan = good
        nan.replaceSubrange(nan.count - 8..<nan.count, with: [0, 0, 0, 0, 0, 0, 0xF8, 0x7F])
        #expect(
            try message(nan)
                == "x.npy: number 1 of example 1 is NaN; finite numbers are due (numpy.nan_to_num, or leave the example out)"
        )
        var negative = Written.classes
        negative.replaceSubrange(negative.count - 8..<negative.count, with: [UInt8](repeating: 0xFF, count: 8))
        #expect(
            try message(good, targets: negative)
                == "y.npy: number 1 of 2 is -1; classes lie in 0...65535 (numbers to predict are floats)")
    }

    @Test func `as many targets as examples are due`() throws {
        var three = Written.bools
        let place = try #require(three.indices.first { three[$0...].starts(with: Array("(2,)".utf8)) })
        three.replaceSubrange(place..<place + 4, with: Array("(3,)".utf8))
        #expect(try message(three + [0]) == "y.npy: 2 targets for the 3 examples of x.npy; as many are due")
    }
}
