/// How a file tells its records apart.
package enum RecordForm: Sendable {
    /// Each ends with a line end.
    case lines
    /// TFRecord frames: a length of eight bytes, little endian, its checksum of four, the data, and its checksum of four.
    case tensorFlow

    /// Where the last record ends that lies whole within the first `count` bytes; 0 where none does. O(bytes), or O(records).
    ///
    /// What is no record is behind the last one.
    /// - Precondition: `bytes` begin with a record.
    package func lastEnd(in bytes: [UInt8], atMost count: Int) -> Int {
        switch self {
        case .lines: return (bytes[..<count].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        case .tensorFlow:
            var end = 0
            while count - end >= 16 {
                let length = bytes.littleEndian(at: end, count: 8)
                guard length <= UInt64(count - end - 16) else { break }
                end += 16 + Int(length)
            }
            return end
        }
    }
}
