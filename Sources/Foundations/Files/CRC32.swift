import CZlib

/// CRC-32, the check sum of gzip, zip and PNG.
package enum CRC32 {
    /// The check sum of all the bytes.
    package static func checksum(of bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(crc32_z(0, $0.baseAddress, $0.count)) }
    }
}
