import Datasets
import Foundation
import Tensors

/// Damaged data files for each reader: a file is a function of its number, and a good reader makes a data set or an
/// error of one line of each.
package enum ReaderFuzz: String, CaseIterable, Sendable {
    case idx, cifar10, csv, npy, npz, png, jpeg

    /// Reads file number `number`, written into a folder of the caller's that is empty at first.
    ///
    /// - Returns: The data set it still made, if any, and the length of the damaged file in bytes.
    package func read(number: Int, in folder: String) throws -> (result: Result<Dataset, DatasetError>, length: Int) {
        let bytes = damaged(number)
        try prepare(folder)
        let path = "\(folder)/\(fileName)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        // Every other file is read as one too large for memory.
        let limit = MemoryLimit(bytes: number % 2 == 0 ? MemoryLimit.standard.bytes : 16)
        let result = Result { () throws(DatasetError) in try read(path, folder, number, limit) }
        return (result, bytes.count)
    }

    private var fileName: String {
        switch self {
        case .png: "class/picture.png"
        case .jpeg: "class/picture.jpg"
        default: rawValue
        }
    }

    /// The undamaged file beside the damaged one, or the folder it lies in.
    private func prepare(_ folder: String) throws {
        switch self {
        case .idx: try Data([0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2]).write(to: URL(fileURLWithPath: "\(folder)/labels"))
        case .npy:
            try Data(Self.array(extents: [4], classes: true)).write(to: URL(fileURLWithPath: "\(folder)/targets"))
        case .png, .jpeg:
            try FileManager.default.createDirectory(atPath: "\(folder)/class", withIntermediateDirectories: true)
        case .cifar10, .csv, .npz: break
        }
    }

    private func read(
        _ path: String, _ folder: String, _ number: Int, _ limit: MemoryLimit
    ) throws(DatasetError) -> Dataset {
        switch self {
        case .idx: try IDXReader.read(images: path, labels: "\(folder)/labels", limit: limit)
        case .cifar10: try CIFAR10Reader.read(files: [path], limit: limit)
        case .csv: try CSVReader().read(path)
        // Damage to either of the two.
        case .npy where number % 3 == 0: try NPYReader.read(inputs: "\(folder)/targets", targets: path, limit: limit)
        case .npy: try NPYReader.read(inputs: path, targets: "\(folder)/targets", limit: limit)
        case .npz: try NPYReader.read(archive: path, inputs: "x", targets: "y")
        case .png, .jpeg: try ImageFolderReader(isGrey: number % 3 == 0).read(folder)
        }
    }

    /// One of the samples, damaged.
    package func damaged(_ number: Int) -> [UInt8] { Self.damage(samples[number % samples.count], number) }

    /// A file with one to five wounds, most of them near the beginning or the end, where the danger is.
    package static func damage(_ sample: [UInt8], _ number: Int) -> [UInt8] {
        var random = Philox(seed: 0xF022, purpose: .generatedData).stream(UInt64(number))
        var bytes = sample
        for _ in 0...random.integer(below: 5) {
            guard !bytes.isEmpty else { break }
            let reach = [64, 256, bytes.count][random.integer(below: 3)]
            let offset = random.integer(below: min(reach, bytes.count))
            let place = random.integer(below: 3) == 0 ? bytes.count - 1 - offset : offset
            switch random.integer(below: 8) {
            case 0: bytes[place] = UInt8(random.integer(below: 256))
            case 1: bytes[place] ^= 1 << random.integer(below: 8)
            case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF, 0x22, 0x2C, 0x0A][random.integer(below: 8)]
            case 3: bytes.insert(UInt8(random.integer(below: 256)), at: place)
            case 4: bytes.remove(at: place)
            case 5: bytes.removeSubrange(place...)
            case 6:
                let end = min(bytes.count, place + 1 + random.integer(below: 16))
                bytes.insert(contentsOf: bytes[place..<end], at: place)
            default:
                // A length that is much too large, or negative.
                let length: [UInt8] =
                    random.integer(below: 2) == 0 ? [0x7F, 0xFF, 0xFF, 0xFF] : [0xFF, 0xFF, 0xFF, 0xFF]
                for (index, byte) in length.enumerated() where place + index < bytes.count {
                    bytes[place + index] = byte
                }
            }
        }
        return bytes
    }

    /// Files that the reader reads.
    package var samples: [[UInt8]] {
        switch self {
        case .idx: [Self.idxHeader + (0..<12).map { UInt8(20 * $0) }]
        case .cifar10: [[3] + Self.pixels + [9] + Self.pixels]
        case .csv:
            [
                Array(
                    "\u{FEFF}width,\"the \"\"height\"\"\",kind\r\n1,2.5,cat\r\n-3e2, 4 ,\"do,g\"\r\n\r\n0,1,cat\r\n"
                        .utf8),
                Array("a,b\n1,0\n2,1\n3,0\n".utf8),
            ]
        case .npy:
            [Self.array(extents: [4, 3]), Self.array(extents: [4, 3, 2, 2]), Self.array(extents: [4], classes: true)]
        case .npz: [Samples.packedArchive, Samples.storedArchive]
        case .png: [Samples.picture, Samples.pictureWithPalette]
        case .jpeg: [Samples.photograph, Samples.progressivePhotograph]
        }
    }

    /// Three pictures of 2x2.
    private static let idxHeader: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2]
    private static let pixels: [UInt8] = (0..<3072).map { UInt8($0 % 251) }

    /// An NPY file of version 1: numbers 0, 1, ... as 32-bit floats, or classes 0, 1, 2, 0, ... as bytes.
    static func array(extents: [Int], classes: Bool = false) -> [UInt8] {
        let shape = extents.map { "\($0)," }.joined(separator: " ")
        var header = "{'descr': '\(classes ? "|u1" : "<f4")', 'fortran_order': False, 'shape': (\(shape)), }"
        header += String(repeating: " ", count: 64 - (10 + header.utf8.count + 1) % 64) + "\n"
        let length = header.utf8.count
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
        bytes += Array(header.utf8)
        for index in 0..<extents.reduce(1, *) {
            if classes {
                bytes.append(UInt8(index % 3))
            } else {
                let word = Float(index).bitPattern
                bytes += [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) }
            }
        }
        return bytes
    }
}
