import Files

/// TFRecord frames of tensorflow.Event messages, as `EventFileWriter` and TensorBoard's own writers make them.
extension RecordedSeries {
    mutating func readEvents(_ bytes: [UInt8], path: String) throws(FileError) {
        var tags: [[UInt8]: RecordedNumber?] = [:]
        var began: Double?
        var place = 0
        // Length (8 bytes) and its checksum (4), the data and its checksum (4).
        while place + 12 <= bytes.count {
            let length = bytes.littleEndian(at: place, count: 8)
            let sum = bytes[place..<place + 8].withUnsafeBytes { CRC32C.masked(CRC32C.checksum(of: $0)) }
            guard UInt64(sum) == bytes.littleEndian(at: place + 8, count: 4) else {
                throw FileError(
                    path: path, .malformed("no event file, or a damaged one: no record begins at byte \(place)"))
            }
            guard length <= UInt64(bytes.count - place - 12), place + 16 + Int(length) <= bytes.count else { return }
            let data = place + 12..<place + 12 + Int(length)
            readEvent(ProtobufReader(bytes, data), tags: &tags, began: &began)
            place = data.upperBound + 4
        }
    }

    /// Event { wall_time = 1, step = 2, summary = 5 }
    private mutating func readEvent(
        _ message: ProtobufReader, tags: inout [[UInt8]: RecordedNumber?], began: inout Double?
    ) {
        var message = message
        var time = 0.0
        var step = 0
        var summaries: [ProtobufReader] = []
        while let field = message.next() {
            switch (field.number, field.value) {
            case (1, .fixed64(let bits)): time = Double(bitPattern: bits)
            case (2, .varint(let value)): step = Int(truncatingIfNeeded: value)
            case (5, .bytes(let summary)): summaries.append(summary)
            default: break
            }
        }
        if began == nil { began = time }
        guard step >= 0 else { return }
        for summary in summaries { readSummary(summary, step: step, seconds: time - (began ?? time), tags: &tags) }
    }

    /// Summary { value = 1 { tag = 1, simple_value = 2 } }
    private mutating func readSummary(
        _ message: ProtobufReader, step: Int, seconds: Double, tags: inout [[UInt8]: RecordedNumber?]
    ) {
        var message = message
        while let field = message.next() {
            guard field.number == 1, case .bytes(var value) = field.value else { continue }
            var tag: [UInt8] = []
            var number: Float?
            while let part = value.next() {
                switch (part.number, part.value) {
                case (1, .bytes(let text)): tag = text.content
                case (2, .fixed32(let bits)): number = Float(bitPattern: bits)
                default: break
                }
            }
            guard let number else { continue }
            let known = tags[tag] ?? RecordedNumber(tag: String(decoding: tag, as: UTF8.self))
            tags[tag] = known
            if let known { take(known, Double(number), step: step, seconds: seconds) }
        }
    }
}

/// Reads the fields of one message (<https://protobuf.dev/programming-guides/encoding>); what makes no sense ends it.
struct ProtobufReader {
    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case fixed32(UInt32)
        case bytes(ProtobufReader)
    }

    private let bytes: [UInt8]
    private var place: Int
    private let end: Int

    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        place = range.lowerBound
        end = range.upperBound
    }

    /// What is left, as a string's or a packed list's bytes.
    var content: [UInt8] { Array(bytes[place..<end]) }

    mutating func next() -> (number: UInt64, value: Value)? {
        guard place < end, let tag = varint() else { return nil }
        switch tag & 7 {
        case 0: return varint().map { (tag >> 3, .varint($0)) }
        case 1: return fixed(8).map { (tag >> 3, .fixed64($0)) }
        case 2:
            guard let length = varint(), length <= UInt64(end - place) else { return nil }
            let range = place..<place + Int(length)
            place = range.upperBound
            return (tag >> 3, .bytes(ProtobufReader(bytes, range)))
        case 5: return fixed(4).map { (tag >> 3, .fixed32(UInt32(truncatingIfNeeded: $0))) }
        default: return nil
        }
    }

    private mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < end, shift < 64 {
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    private mutating func fixed(_ count: Int) -> UInt64? {
        guard count <= end - place else { return nil }
        defer { place += count }
        return bytes.littleEndian(at: place, count: count)
    }
}

extension [UInt8] {
    /// An unsigned number of `count` bytes, the least first.
    fileprivate func littleEndian(at place: Int, count: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in (0..<count).reversed() { value = value << 8 | UInt64(self[place + index]) }
        return value
    }
}
