import Files

/// The bytes of one IDX file: 0, 0, the type of numbers (8 is bytes), the rank, each extent in 32 bits big-endian, the
/// numbers.
struct IDXFile {
    let path: String
    let extents: [Int]
    private let bytes: [UInt8]

    var valueCount: Int { bytes.count - headerLength }
    var values: ArraySlice<UInt8> { bytes[headerLength...] }
    private var headerLength: Int { 4 + 4 * extents.count }

    /// Content beyond what the header says that is still read, to say how much is there.
    private static let surplus = 1 << 24

    /// The extents that a file's header announces; at most as many numbers as are ever read.
    static func extents(of path: String, ranks: ClosedRange<Int>) throws(DatasetError) -> [Int] {
        let head = try reading(path) { () throws(FileError) in try FileBytes.prefix(FileKind.prefixLength, of: path) }
        let extents = try extents(head, ranks, path)
        _ = try product(extents, path)
        return extents
    }

    /// A plain file of pictures that stays on the disk: its records, with the length that the header announces.
    static func records(_ path: String, extents: [Int], format: NumberFormat) throws(DatasetError) -> FileRecords {
        let file = try reading(path) { () throws(FileError) in try RandomAccessFile(path) }
        let header = 4 + 4 * extents.count
        let numbers = try product(extents, path)
        guard file.size == header + numbers else {
            throw wrongLength(path, extents, due: header + numbers, there: "\(file.size)")
        }
        let length = numbers / max(1, extents[0])
        return FileRecords(
            [.init(file: file, offset: header, count: extents[0])], stride: length, length: length, format: format)
    }

    init(_ path: String, ranks: ClosedRange<Int>) throws(DatasetError) {
        self.path = path
        let extents = try Self.extents(of: path, ranks: ranks)
        self.extents = extents
        let due = 4 + 4 * extents.count + extents.reduce(1, *)
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileBytes.read(path, limit: due + Self.surplus)
        } catch {
            if case .tooLarge(let limit) = error.problem {
                throw Self.wrongLength(path, extents, due: due, there: "more than \(limit)")
            }
            throw DatasetError(error)
        }
        guard bytes.count == due else {
            throw Self.wrongLength(path, extents, due: due, there: "\(bytes.count)")
        }
        self.bytes = bytes
    }

    private static func wrongLength(_ path: String, _ extents: [Int], due: Int, there: String) -> DatasetError {
        let shape = extents.map(String.init).joined(separator: "x")
        return DatasetError(
            path,
            "\(shape) bytes with their header make \(due) bytes, but \(there) are there; copy or download it again")
    }

    private static func extents(
        _ head: [UInt8], _ ranks: ClosedRange<Int>, _ path: String
    ) throws(DatasetError) -> [Int] {
        if let mistake = FileKind.mistake(head, due: "an IDX file", own: [.empty, .idx]) {
            throw DatasetError(path, mistake)
        }
        guard head.count >= 4 else {
            throw DatasetError(path, "no IDX file: the header takes at least 8 bytes, but \(head.count) are there")
        }
        guard head[0] == 0, head[1] == 0 else {
            throw DatasetError(
                path, "no IDX file: it begins with \(hexadecimal(head.prefix(4))); 00 00 08 and the rank are due")
        }
        guard head[2] == 8 else {
            throw DatasetError(
                path, "holds numbers of type 0x\(hexadecimal(head[2...2])); only 0x08 (unsigned bytes) is read")
        }
        let rank = Int(head[3])
        guard ranks.contains(rank) else {
            let due = ranks.count == 1 ? "\(ranks.lowerBound)" : "\(ranks.lowerBound) to \(ranks.upperBound)"
            let what = ranks.count == 1 ? "labels" : "pictures"
            throw DatasetError(path, "has rank \(rank), but \(what) have rank \(due)")
        }
        guard head.count >= 4 + 4 * rank else {
            throw DatasetError(
                path, "the header of rank \(rank) takes \(4 + 4 * rank) bytes, but \(head.count) are there")
        }
        return (0..<rank).map { axis in head[(4 + 4 * axis)...].prefix(4).reduce(0) { $0 << 8 | Int($1) } }
    }

    /// How many numbers the extents make; more than memory can hold is an error.
    private static func product(_ extents: [Int], _ path: String) throws(DatasetError) -> Int {
        var product = 1
        for extent in extents {
            let (next, overflow) = product.multipliedReportingOverflow(by: extent)
            guard !overflow, next <= FileBytes.defaultLimit else {
                let shape = extents.map(String.init).joined(separator: "x")
                throw DatasetError(path, "says it holds \(shape) bytes; at most \(FileBytes.defaultLimit) are read")
            }
            product = next
        }
        return product
    }

    private static func reading<Value>(
        _ path: String, _ body: () throws(FileError) -> Value
    ) throws(DatasetError) -> Value {
        do throws(FileError) {
            return try body()
        } catch {
            guard error.problem == .missing, let advice = KnownFile.advice(for: path) else { throw DatasetError(error) }
            throw DatasetError(path, "no such file; \(advice)")
        }
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
}
