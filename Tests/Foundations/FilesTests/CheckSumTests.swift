import Files
import Testing

@Suite struct CheckSumTests {
    /// RFC 3720, appendix B.4, and the check value of the CRC catalogue.
    @Test(
        arguments: [
            ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
            ([UInt8](repeating: 0xFF, count: 32), 0x62a8_ab43),
            (Array(0..<32), 0x46dd_794e),
            (Array((0..<32).reversed()), 0x113f_db5c),
            (Array("123456789".utf8), 0xe306_9283),
            ([], 0),
        ] as [([UInt8], UInt32)])
    func `castagnoli vectors`(bytes: [UInt8], sum: UInt32) {
        #expect(CRC32C.checksum(of: bytes) == sum)
    }

    @Test func `every length agrees with the definition bit by bit`() {
        let bytes = noise(70)
        for length in 0...bytes.count {
            var sum = UInt32.max
            for byte in bytes[..<length] {
                sum ^= UInt32(byte)
                for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0x82f6_3b78 : sum >> 1 }
            }
            #expect(CRC32C.checksum(of: Array(bytes[..<length])) == ~sum)
        }
    }

    @Test func `a sum continues`() {
        let bytes = noise(100)
        let first = bytes[..<37].withUnsafeBytes { CRC32C.checksum(of: $0) }
        #expect(
            bytes[37...].withUnsafeBytes { CRC32C.checksum(of: $0, continuing: first) } == CRC32C.checksum(of: bytes))
    }

    /// Event files begin with a record of 24 bytes: `18 00 00 00 00 00 00 00 a3 7f 4b 22`, its length and that one's sum.
    @Test func `the mask is the one of TFRecord`() {
        #expect(CRC32C.masked(CRC32C.checksum(of: [24, 0, 0, 0, 0, 0, 0, 0])) == 0x224b_7fa3)
        #expect(CRC32C.masked(0) == 0xa282_ead8)
        #expect(CRC32C.masked(0x0000_8000) == 0xa282_ead9)
        #expect(CRC32C.masked(0x0000_0001) == 0xa284_ead8)
    }

    @Test func `the sum of gzip zip and PNG`() {
        #expect(CRC32.checksum(of: Array("123456789".utf8)) == 0xcbf4_3926)
        #expect(CRC32.checksum(of: []) == 0)
    }
}
