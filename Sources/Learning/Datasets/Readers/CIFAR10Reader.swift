import Fields
import Files
import Tensors

/// Reads CIFAR-10 in its binary version: records of one label and 3,072 pixels, 3x32x32, red first.
package enum CIFAR10Reader {
    private static let pixels = 3 * 32 * 32
    private static let record = 1 + pixels

    /// What the classes are called (the data set's `batches.meta.txt`).
    package static let classNames = [
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ]

    /// Reads files, plain or gzip, one after the other.
    ///
    /// - Parameters:
    ///   - raw: Pixels are bytes as they are; otherwise bytes / 255.
    ///   - limit: Plain files above it stay on the disk, packed ones are refused.
    package static func read(
        files: [String], raw: Bool = false, limit: MemoryLimit = .standard
    ) throws(DatasetError) -> Dataset {
        let format = NumberFormat(raw ? .uint8 : .pixel)
        var labels: [Int32] = []
        var blocks: [FloatBuffer] = []
        var parts: [FileRecords.Part] = []
        // Plain files say their size, so that the choice is made before anything is read.
        let sizes = try files.map { path throws(DatasetError) in try size(path) }
        let known = sizes.reduce(0) { $0 + ($1 ?? 0) } / record * pixels
        let isStreamed = !limit.holds(known)
        for (path, size) in zip(files, sizes) {
            if isStreamed, let size {
                parts.append(try stream(path, size, &labels))
            } else {
                let taken = isStreamed ? known : labels.count * pixels
                blocks.append(try load(path, format, limit, taken: taken, &labels))
            }
        }
        let storage: Dataset.Storage
        if isStreamed {
            guard parts.count == files.count else {
                throw DatasetError(
                    files[0], "packed and plain files cannot be mixed above data.memoryLimit; gunzip the packed ones")
            }
            storage = .files(FileRecords(parts, stride: record, length: pixels, format: format), places: nil)
        } else {
            storage = .memory(joined(blocks))
        }
        return Dataset(
            name: files[0], storage: storage, storedShape: [3, 32, 32], targets: .classes(labels, classCount: 10),
            classNames: classNames, sources: try Dataset.Source.of(files))
    }

    /// Bytes of a plain file; nil for a packed one.
    private static func size(_ path: String) throws(DatasetError) -> Int? {
        do throws(FileError) {
            let head = try FileBytes.prefix(FileKind.prefixLength, of: path)
            // A record begins with a label below 10: what begins so is none of another kind.
            let due = "the binary version of CIFAR-10 (data_batch_1.bin and so on)"
            if head.first ?? 0 >= 10, let mistake = FileKind.mistake(head, due: due) {
                throw FileError(path: path, .malformed(mistake))
            }
            return try GzipReader(path).isCompressed ? nil : RandomAccessFile(path).size
        } catch { throw DatasetError(error) }
    }

    private static func load(
        _ path: String, _ format: NumberFormat, _ limit: MemoryLimit, taken: Int, _ labels: inout [Int32]
    ) throws(DatasetError) -> FloatBuffer {
        let bytes: [UInt8]
        let most = max(0, limit.bytes / 4 - taken) / pixels * record
        do throws(FileError) {
            bytes = try FileBytes.read(path, limit: most + record)
        } catch {
            guard case .tooLarge = error.problem else { throw DatasetError(error) }
            try limit.check(
                limit.bytes / 4 + pixels, of: path, reason: "a packed file cannot be read batch by batch (gunzip it)")
            throw DatasetError(error)
        }
        let count = try recordCount(path, bytes.count)
        let inputs = FloatBuffer(count: count * pixels)
        for index in 0..<count { labels.append(try label(bytes[index * record], index, path)) }
        bytes.withUnsafeBytes { bytes in
            for index in 0..<count {
                format.decode(
                    bytes.baseAddress! + index * record + 1, count: pixels, into: inputs.pointer + index * pixels)
            }
        }
        return inputs
    }

    /// Reads the labels of a file whose pictures stay on the disk.
    private static func stream(
        _ path: String, _ size: Int, _ labels: inout [Int32]
    ) throws(DatasetError) -> FileRecords.Part {
        let count = try recordCount(path, size)
        do throws(FileError) {
            let file = try RandomAccessFile(path)
            var block = [UInt8](repeating: 0, count: min(count, 256) * record)
            for first in stride(from: 0, to: count, by: 256) {
                let length = min(256, count - first)
                let problem: Result<Void, FileError> = block.withUnsafeMutableBytes { bytes in
                    Result { () throws(FileError) in
                        try file.read(.init(rebasing: bytes[..<(length * record)]), at: first * record)
                    }
                }
                try problem.get()
                for index in 0..<length {
                    labels.append(try labelInFile(block[index * record], first + index, path))
                }
            }
            return FileRecords.Part(file: file, offset: 1, count: count)
        } catch { throw DatasetError(error) }
    }

    private static func recordCount(_ path: String, _ size: Int) throws(DatasetError) -> Int {
        guard size > 0, size % record == 0 else {
            throw DatasetError(
                path,
                "\(size) bytes are not a whole number of records of \(record) bytes (a label and 3x32x32 pixels); "
                    + "the binary version of CIFAR-10 is due (data_batch_1.bin and so on, unpacked from the tar file)")
        }
        return size / record
    }

    private static func label(_ byte: UInt8, _ index: Int, _ path: String) throws(DatasetError) -> Int32 {
        guard byte < 10 else {
            throw DatasetError(
                path,
                "record \(index) (byte \(index * record)) has the label \(byte); CIFAR-10's labels lie in 0...9")
        }
        return Int32(byte)
    }

    private static func labelInFile(_ byte: UInt8, _ index: Int, _ path: String) throws(FileError) -> Int32 {
        do throws(DatasetError) {
            return try label(byte, index, path)
        } catch { throw FileError(path: error.place, .malformed(error.message)) }
    }

    private static func joined(_ blocks: [FloatBuffer]) -> FloatBuffer {
        guard blocks.count != 1 else { return blocks[0] }
        let all = FloatBuffer(count: blocks.reduce(0) { $0 + $1.count })
        var place = 0
        for block in blocks {
            (all.pointer + place).update(from: block.pointer, count: block.count)
            place += block.count
        }
        return all
    }
}

/// The binary files of CIFAR-10.
package struct CIFAR10Files: DataSource {
    /// The binary files to learn from, one after the other.
    package var files: [String]
    /// The binary files to validate on; nil where there are none.
    package var validationFiles: [String]?
    /// Bytes as they are, 0...255, in place of 0...1.
    package var raw: Bool

    package init(
        files: [String], validationFiles: [String]? = nil, raw: Bool = false
    ) {
        self.files = files
        self.validationFiles = validationFiles
        self.raw = raw
    }

    package init() { self.init(files: []) }

    package static let word = "cifar10"
    package static let meaning = "the binary files of CIFAR-10"
    package static let example = "{ cifar10: \"data_batch_1.bin\" }"
    package static let needs: String? = "its files: { cifar10: { files: [\"...\"] } }"
    package static let fields: [Field<CIFAR10Files>] = [
        Field("files", \.files, paths, "one file or several").required.main,
        Field("validationFiles", \.validationFiles, .optional(paths), "files to validate on"),
        Field("raw", \.raw, .flag, "whether bytes stay 0 to 255, in place of 0 to 1"),
    ]
    private static let paths: FieldType<[String]> = {
        let several = FieldType<[String]>.list(.path).checked { $0.isEmpty ? "at least one file is due" : nil }
        return FieldType<[String]>(
            .either([several.form, .path]),
            decode: { if case .text(let path) = $0 { [path] } else { several.decode($0) } }, encode: several.encode)
    }()

    package var hasValidationFiles: Bool { validationFiles != nil }
    package static var filesToValidateOn: [String] { ["FILE..."] }

    package func validating(on files: [String]) -> CIFAR10Files? {
        guard !files.isEmpty else { return nil }
        var copy = self
        copy.validationFiles = files
        return copy
    }

    package func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset {
        try CIFAR10Reader.read(files: files, raw: raw, limit: limit)
    }

    package func validation(like training: Dataset, _ limit: MemoryLimit) throws(DatasetError) -> Dataset? {
        guard let files = validationFiles else { return nil }
        return try CIFAR10Reader.read(files: files, raw: raw, limit: limit)
    }
}
