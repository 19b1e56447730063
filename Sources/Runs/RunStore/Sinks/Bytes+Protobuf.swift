import Files

/// Protocol buffers, as far as event files need them (<https://protobuf.dev/programming-guides/encoding>).
extension [UInt8] {
    /// The wire types of a field's tag.
    private enum WireType: UInt64 {
        case varint = 0
        case fixed64 = 1
        case lengthDelimited = 2
        case fixed32 = 5
    }

    mutating func field(_ number: UInt64, integer: Int) {
        tag(number, .varint)
        varint(UInt64(bitPattern: Int64(integer)))
    }

    mutating func field(_ number: UInt64, double: Double) {
        tag(number, .fixed64)
        append(double: double)
    }

    mutating func field(_ number: UInt64, float: Float) {
        tag(number, .fixed32)
        appendLittleEndian(float.bitPattern)
    }

    mutating func field(_ number: UInt64, string: String) {
        field(number, lengthOf: string.utf8.count)
        append(contentsOf: string.utf8)
    }

    /// A message or a packed list, given as its bytes.
    mutating func field(_ number: UInt64, message: [UInt8]) {
        field(number, lengthOf: message.count)
        append(contentsOf: message)
    }

    /// Only the head of a message of so many bytes; they are to follow.
    mutating func field(_ number: UInt64, lengthOf count: Int) {
        tag(number, .lengthDelimited)
        varint(UInt64(count))
    }

    mutating func append(double: Double) { appendLittleEndian(double.bitPattern) }

    /// Appends a TFRecord frame: length, masked CRC-32C of the length, data, masked CRC-32C of the data.
    mutating func appendRecord(_ data: [UInt8]) {
        let length = UInt64(data.count).littleEndian
        appendLittleEndian(UInt64(data.count))
        appendLittleEndian(CRC32C.masked(Swift.withUnsafeBytes(of: length) { CRC32C.checksum(of: $0) }))
        append(contentsOf: data)
        appendLittleEndian(CRC32C.masked(CRC32C.checksum(of: data)))
    }

    private mutating func tag(_ number: UInt64, _ type: WireType) { varint(number << 3 | type.rawValue) }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    private mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
