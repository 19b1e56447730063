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

    /// What is left, as a packed list of varints.
    var varints: [UInt64] {
        var reader = self
        var numbers: [UInt64] = []
        while let number = reader.varint() { numbers.append(number) }
        return numbers
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
    func littleEndian(at place: Int, count: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in (0..<count).reversed() { value = value << 8 | UInt64(self[place + index]) }
        return value
    }
}
