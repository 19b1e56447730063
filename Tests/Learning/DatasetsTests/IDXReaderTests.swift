import Datasets
import Tensors
import TestSupport
import Testing

@Suite struct IDXReaderTests {
    private let folder = ScratchFolder()

    private func idx(_ extents: [Int], _ values: [UInt8], type: UInt8 = 8) -> [UInt8] {
        var bytes: [UInt8] = [0, 0, type, UInt8(extents.count)]
        for extent in extents {
            for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: extent >> shift)) }
        }
        return bytes + values
    }

    private func message(images: [UInt8], labels: [UInt8], classCount: Int? = nil) throws -> String? {
        let (imagesPath, labelsPath) = (try folder.write("images", images), try folder.write("labels", labels))
        do {
            _ = try IDXReader.read(images: imagesPath, labels: labelsPath, classCount: classCount)
            return nil
        } catch {
            return error.description.replacing(folder.path + "/", with: "")
        }
    }

    private func read(
        _ extents: [Int], raw: Bool = false
    ) throws -> Dataset {
        let count = extents.reduce(1, *)
        let images = try folder.write("images", idx(extents, (0..<count).map { UInt8($0 * 50) }))
        let labels = try folder.write("labels", idx([extents[0]], (0..<extents[0]).map(UInt8.init)))
        return try IDXReader.read(images: images, labels: labels, raw: raw)
    }

    @Test func `pixels are fractions of 255`() throws {
        #expect(try read([2, 1, 2]).inputs.array == [0, 50.0 / 255, 100.0 / 255, 150.0 / 255])
    }

    @Test func `raw pixels are bytes`() throws {
        #expect(try read([2, 1, 2], raw: true).inputs.array == [0, 50, 100, 150])
    }

    private static let shapes: [([Int], Shape)] = [
        ([2, 2], [2]), ([1, 2, 1], [1, 2, 1]), ([1, 2, 1, 2], [2, 1, 2]),
    ]

    @Test(arguments: shapes)
    func `shape follows from the rank`(extents: [Int], shape: Shape) throws {
        #expect(try read(extents).inputShape == shape)
    }

    @Test func `classes are one more than the largest label`() throws {
        let dataset = try read([3, 1])
        #expect(dataset.classCount == 3)
        guard case .classes(let classes, _) = dataset.targets else { return }
        #expect(classes == [0, 1, 2])
    }

    /// The bytes 0, 0x33, 0x66, 0xff as 2x2, packed by gzip itself.
    private let packed: [UInt8] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x63, 0x60, 0xe0, 0x60, 0x62, 0x60,
        0x60, 0x80, 0x60, 0xe3, 0xb4, 0xff, 0x00, 0xab, 0xe3, 0x00, 0xd3, 0x10, 0x00, 0x00, 0x00,
    ]

    @Test func `gzip is unpacked`() throws {
        let images = try folder.write("images.gz", packed)
        let labels = try folder.write("labels", idx([2], [0, 1]))
        #expect(try IDXReader.read(images: images, labels: labels).inputs.array == [0, 0.2, 0.4, 1])
    }

    @Test func `gzip that is cut off is named`() throws {
        let images = try folder.write("images.gz", Array(packed.dropLast(9)))
        let labels = try folder.write("labels", idx([2], [0, 1]))
        #expect {
            try IDXReader.read(images: images, labels: labels)
        } throws: { "\($0)".contains("images.gz: the gzip data ends too early") }
    }

    @Test func `sources carry digests`() throws {
        let sources = try read([1, 1]).sources
        #expect(sources.map { $0.path.split(separator: "/").last } == ["images", "labels"])
        // sha256sum of 00 00 08 01 00 00 00 01 00
        #expect(sources[1].sha256 == labelsDigest)
    }

    private let labelsDigest = "dd6678dd4d4a65187aea2998f0283b84b0954bdf39e390aedd72b021aca7a29e"

    @Test func `every defect is named`() throws {
        let images = idx([2, 1, 2], [1, 2, 3, 4])
        let labels = idx([2], [0, 1])
        #expect(try message(images: images, labels: labels) == nil)
        #expect(
            try message(images: Array(images.dropLast()), labels: labels)
                == "images: 2x1x2 bytes with their header make 20 bytes, but 19 are there; copy or download it again")
        #expect(
            try message(images: images + [0], labels: labels)
                == "images: 2x1x2 bytes with their header make 20 bytes, but 21 are there; copy or download it again")
        #expect(
            try message(images: images, labels: idx([3], [0, 1, 1]))
                == "labels: 3 labels for the 2 pictures of images; the two files must belong together")
        #expect(
            try message(images: images, labels: idx([2], [0, 7]), classCount: 5)
                == "labels: label 1 of 2 is 7; with 5 classes labels lie in 0...4")
        #expect(
            try message(images: labels, labels: labels) == "images: has rank 1, but pictures have rank 2 to 4")
        #expect(try message(images: images, labels: images) == "labels: has rank 3, but labels have rank 1")
        #expect(
            try message(images: idx([1, 1], [0], type: 0x0D), labels: labels)
                == "images: holds numbers of type 0x0d; only 0x08 (unsigned bytes) is read")
        #expect(
            try message(images: Array("<html>".utf8), labels: labels)
                == "images: is a web page (HTML), and an IDX file is due; download the file itself")
        #expect(
            try message(images: [0, 0], labels: labels)
                == "images: no IDX file: the header takes at least 8 bytes, but 2 are there")
        #expect(
            try message(images: [0, 0, 8, 3, 0], labels: labels)
                == "images: the header of rank 3 takes 16 bytes, but 5 are there")
        #expect(
            try message(images: idx([0, 1, 2], []), labels: idx([0], []))
                == "images: holds no pixels; at least one picture with at least one pixel is due")
        #expect(
            try message(images: idx([0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF], []), labels: labels)
                == "images: says it holds 4294967295x4294967295x4294967295x4294967295 bytes; at most 4294967296 are read"
        )
    }

    @Test func `missing file of MNIST says where to get it`() {
        #expect {
            try IDXReader.read(images: "data/mnist/t10k-images-idx3-ubyte.gz", labels: "labels")
        } throws: {
            "\($0)"
                == "data/mnist/t10k-images-idx3-ubyte.gz: no such file; get t10k-images-idx3-ubyte.gz from the MNIST "
                + "pages (yann.lecun.com/exdb/mnist, or a mirror such as github.com/cvdf-foundation/mnist) into "
                + "data/mnist"
        }
    }

    @Test func `missing file of another name is just missing`() {
        #expect {
            try IDXReader.read(images: "nowhere/pictures.idx", labels: "labels")
        } throws: { "\($0)" == "nowhere/pictures.idx: no such file; check the path" }
    }

    /// Whatever the bytes, the answer is a data set or one line.
    @Test func `survives a thousand damaged files`() throws {
        let images = idx([3, 2, 2], (0..<12).map { $0 * 20 })
        let labels = try folder.write("labels", idx([3], [0, 1, 2]))
        var random = Philox(seed: 7, purpose: .generatedData).stream(0)
        for _ in 0..<1000 {
            var bytes = images
            for _ in 0...random.integer(below: 4) {
                // Mostly the header, where the danger is.
                let place = random.integer(below: random.integer(below: 4) == 0 ? bytes.count : min(16, bytes.count))
                switch random.integer(below: 4) {
                case 0: bytes[place] = UInt8(random.integer(below: 256))
                case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF][random.integer(below: 5)]
                case 2: bytes.insert(UInt8(random.integer(below: 256)), at: place)
                default: if bytes.count > 1 { bytes.remove(at: place) }
                }
            }
            let path = try folder.write("images", bytes)
            do {
                let dataset = try IDXReader.read(images: path, labels: labels)
                #expect(dataset.inputs.count <= bytes.count)
            } catch {
                #expect(!error.description.contains("\n"))
            }
        }
    }
}
