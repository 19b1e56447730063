/// How a file tells its records apart.
package enum RecordForm: Sendable {
    /// Each ends with a line end.
    case lines
    /// TFRecord frames: a length of eight bytes, little endian, its checksum of four, the data, and its checksum of four.
    case tensorFlow

    /// Where the last record ends that lies whole within the first `count` bytes; 0 where none does. O(bytes), or O(records).
    ///
    /// - Precondition: `bytes` are whole records.
    package func lastEnd(in bytes: [UInt8], atMost count: Int) -> Int {
        switch self {
        case .lines: return (bytes[..<count].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        case .tensorFlow:
            var end = 0
            while end + 8 <= count {
                let length = bytes[end..<end + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
                guard end + 16 + length <= count else { break }
                end += 16 + length
            }
            return end
        }
    }
}
