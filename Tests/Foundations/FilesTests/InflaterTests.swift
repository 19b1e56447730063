import CZlib
import Files
import Testing

@Suite struct InflaterTests {
    @Test(arguments: [(Inflater.Format.gzip, MAX_WBITS + 16), (.zlib, MAX_WBITS), (.deflate, -MAX_WBITS)])
    func `every format unpacks`(format: Inflater.Format, windowBits: Int32) throws {
        let bytes = noise(700_000)
        #expect(try Inflater.inflate(packed(bytes, windowBits: windowBits), format: format) == bytes)
    }

    @Test func `a whole piece exactly filled is complete`() throws {
        // The output ends exactly where the inflater's piece of 256 KiB does.
        let bytes = [UInt8](repeating: 9, count: 1 << 18)
        #expect(try Inflater.inflate(packed(bytes), format: .gzip) == bytes)
    }

    @Test func `problems name the format`() {
        #expect(throws: FileError.Problem.truncated(.deflate)) {
            try Inflater.inflate(packed(noise(99), windowBits: -MAX_WBITS).dropLast(), format: .deflate)
        }
        #expect(throws: FileError.Problem.truncated(.zlib)) { try Inflater.inflate([], format: .zlib) }
        #expect(throws: FileError.Problem.corrupt(.zlib, detail: "incorrect header check")) {
            try Inflater.inflate([1, 2, 3], format: .zlib)
        }
        #expect(throws: FileError.Problem.tooLarge(limit: 98)) {
            try Inflater.inflate(packed(noise(99)), format: .gzip, limit: 98)
        }
    }
}
