import Files

/// Named tensors of one file: 8 bytes with the header's length, a JSON header, the numbers, all little-endian
/// (github.com/huggingface/safetensors).
package struct SafetensorsFile: Sendable {
    /// Where the file lies, for errors.
    package let path: String
    /// In the header's order.
    package let entries: [Entry]
    /// `__metadata__`, in the header's order.
    package let metadata: [Metadatum]
    private let bytes: [UInt8]

    /// One tensor's row of the header.
    package struct Entry: Hashable, Sendable {
        /// Its name, unique in the file: `3.body.0.weight`.
        package let name: String
        /// The type of its numbers.
        package let type: SafetensorsType
        /// Its extents; the numbers lie row-major.
        package let shape: Shape
        /// Where its bytes lie in the file.
        let range: Range<Int>
    }

    /// One string under `__metadata__`.
    package struct Metadatum: Hashable, Sendable {
        /// Its name, unique in the file.
        package let key: String
        /// Any text.
        package let value: String

        /// A text under a key.
        package init(key: String, value: String) { (self.key, self.value) = (key, value) }
    }

    /// The longest header that is read, as in the reference implementation.
    static let longestHeader = 100_000_000

    /// Reads and checks a whole file: the tensors must cover the data without gap or overlap.
    package static func read(_ path: String) throws(SafetensorsError) -> SafetensorsFile {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileBytes.read(path)
        } catch {
            throw SafetensorsError(error)
        }
        return try SafetensorsFile(bytes: bytes, path: path)
    }

    /// Checks a file's bytes.
    package init(bytes: [UInt8], path: String) throws(SafetensorsError) {
        if let mistake = FileKind.mistake(bytes, due: "a safetensors file", own: [.empty, .safetensors]) {
            throw SafetensorsError(path: path, mistake)
        }
        guard bytes.count >= 8 else {
            throw SafetensorsError(
                path: path, "no safetensors file: at least 8 bytes are due, but \(bytes.count) are there")
        }
        let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(Self.longestHeader) else {
            throw SafetensorsError(
                path: path,
                "no safetensors file: its header would take \(length) bytes; at most "
                    + "\(Self.longestHeader) are read")
        }
        guard length <= UInt64(bytes.count - 8) else {
            throw SafetensorsError(
                path: path, "is cut off: its header takes \(length) bytes, but \(bytes.count - 8) follow")
        }
        let dataStart = 8 + Int(length)
        let header = try SafetensorsHeader(bytes[8..<dataStart], path: path)
        try Self.checkCover(header.entries, length: bytes.count - dataStart, path: path)
        entries = header.entries.map { entry in
            let range = entry.range.lowerBound + dataStart..<entry.range.upperBound + dataStart
            return Entry(name: entry.name, type: entry.type, shape: entry.shape, range: range)
        }
        metadata = header.metadata
        self.path = path
        self.bytes = bytes
    }

    /// The same tensors under other names.
    func renamed(_ name: (String) -> String) -> SafetensorsFile {
        SafetensorsFile(
            path: path,
            entries: entries.map { Entry(name: name($0.name), type: $0.type, shape: $0.shape, range: $0.range) },
            metadata: metadata, bytes: bytes)
    }

    private init(path: String, entries: [Entry], metadata: [Metadatum], bytes: [UInt8]) {
        self.path = path
        self.entries = entries
        self.metadata = metadata
        self.bytes = bytes
    }

    /// The tensor of a name, in O(n) of them; nil where there is none.
    package subscript(name: String) -> Entry? { entries.first { $0.name == name } }

    /// The numbers of a tensor in single precision; nil for integers.
    package func floats(_ entry: Entry) -> [Float]? {
        guard entry.type != .int64 else { return nil }
        return [Float](unsafeUninitializedCapacity: entry.shape.count) { target, count in
            copy(entry, to: target.baseAddress)
            count = entry.shape.count
        }
    }

    /// The numbers of a tensor of integers; nil for others.
    package func integers(_ entry: Entry) -> [Int64]? {
        guard entry.type == .int64 else { return nil }
        return bytes.withUnsafeBytes { bytes in
            (0..<entry.shape.count).map { index in
                Int64(
                    littleEndian: bytes.loadUnaligned(
                        fromByteOffset: entry.range.lowerBound + 8 * index, as: Int64.self))
            }
        }
    }

    /// Writes the numbers of a tensor that holds no integers, in single precision.
    func copy(_ entry: Entry, to target: UnsafeMutablePointer<Float>?) {
        guard let target else { return }
        bytes.withUnsafeBytes { bytes in
            let start = entry.range.lowerBound
            func word<Word: FixedWidthInteger>(_ index: Int, _: Word.Type) -> Word {
                let offset = start + index * MemoryLayout<Word>.size
                return Word(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Word.self))
            }
            for index in 0..<entry.shape.count {
                switch entry.type {
                case .float32: target[index] = Float(bitPattern: word(index, UInt32.self))
                case .float64: target[index] = Float(Double(bitPattern: word(index, UInt64.self)))
                case .float16: target[index] = Float(Float16(bitPattern: word(index, UInt16.self)))
                case .bfloat16: target[index] = Float(bitPattern: UInt32(word(index, UInt16.self)) << 16)
                case .int64: preconditionFailure("tensor \(entry.name) holds integers")
                }
            }
        }
    }

    /// Checks that the tensors cover 0..<length once.
    private static func checkCover(_ entries: [Entry], length: Int, path: String) throws(SafetensorsError) {
        var end = 0
        let ordered = entries.sorted {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        for entry in ordered {
            guard entry.range.upperBound <= length else {
                throw SafetensorsError(
                    path: path, tensor: entry.name,
                    "ends at byte \(entry.range.upperBound) of the data, but \(length) bytes are there; the file is cut off"
                )
            }
            guard entry.range.lowerBound == end else {
                let what = entry.range.lowerBound < end ? "overlaps the one before it" : "leaves a gap before it"
                throw SafetensorsError(
                    path: path, tensor: entry.name,
                    "begins at byte \(entry.range.lowerBound) of the data and \(what), which ends at \(end)")
            }
            end = entry.range.upperBound
        }
        guard end == length else {
            throw SafetensorsError(
                path: path, "holds \(length) bytes of data, but its tensors take \(end); they must cover it all")
        }
    }
}
