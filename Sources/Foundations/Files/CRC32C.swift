/// CRC-32C (Castagnoli), the check sum of TFRecord and so of TensorBoard event files (RFC 3720, appendix B.4).
package enum CRC32C {
    /// The check sum of all the bytes.
    package static func checksum(of bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { checksum(of: $0) }
    }

    /// The check sum of all the bytes; with `previous`, of those before and these in one.
    package static func checksum(of bytes: UnsafeRawBufferPointer, continuing previous: UInt32 = 0) -> UInt32 {
        var sum = ~previous
        tables.withUnsafeBufferPointer { table in
            var index = 0
            // Eight bytes at once, each through the table that stands for its distance to the end ("slicing by 8").
            while bytes.count - index >= 8 {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                var mixed = word ^ UInt64(sum)
                sum = 0
                for slice in stride(from: 7, through: 0, by: -1) {
                    sum ^= table[slice << 8 | Int(mixed & 0xFF)]
                    mixed >>= 8
                }
                index += 8
            }
            while index < bytes.count {
                sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ bytes[index])] ^ sum >> 8
                index += 1
            }
        }
        return ~sum
    }

    /// The check sum as TFRecord stores it, so that sums of data that hold sums stay good: rotated right by 15 bits,
    /// plus 0xa282ead8.
    package static func masked(_ sum: UInt32) -> UInt32 {
        (sum >> 15 | sum << 17) &+ 0xa282_ead8
    }

    /// Eight tables of 256 in one; the k-th is for a byte with k more behind it.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var sum = UInt32(byte)
            // 0x1EDC6F41 with its bits in reverse.
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0x82f6_3b78 : sum >> 1 }
            tables[byte] = sum
        }
        for index in 256..<tables.count {
            let shorter = tables[index - 256]
            tables[index] = tables[Int(shorter & 0xFF)] ^ shorter >> 8
        }
        return tables
    }()
}
