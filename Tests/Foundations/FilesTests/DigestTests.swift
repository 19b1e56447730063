import Files
import TestSupport
import Testing

/// Against the examples of FIPS 180-4 and NIST's CAVP, and what `sha256sum` prints.
@Suite struct DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func `standard examples`(text: String, digest: String) {
        #expect(Digest.sha256(of: Array(text.utf8)) == digest)
    }

    @Test func `a million letters`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(Digest.sha256(of: bytes) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// The digests of 0, 1, 2 ... 199 letters "a", one after the other, digested: every padding length is in it.
    @Test func `every length around the block size`() {
        let all = (0..<200).map { Digest.sha256(of: [UInt8](repeating: UInt8(ascii: "a"), count: $0)) }.joined()
        #expect(
            Digest.sha256(of: Array(all.utf8)) == "019f2b9f1af27a53a1f046da7e98af2c179f431e4b5bebb000e74040917a4123")
    }

    @Test(arguments: [1, 3, 63, 64, 65, 127, 1_000])
    func `pieces give the same as the whole`(size: Int) {
        let bytes = noise(5_000)
        var hash = SHA256()
        for start in stride(from: 0, to: bytes.count, by: size) {
            bytes[start..<min(bytes.count, start + size)].withUnsafeBytes { hash.update($0) }
        }
        var whole = SHA256()
        bytes.withUnsafeBytes { whole.update($0) }
        #expect(hash.finalized() == whole.finalized())
    }

    @Test(arguments: [0, 5, 262_144, 700_000])
    func `a file gives the digest of its bytes`(size: Int) throws {
        let folder = ScratchFolder()
        let bytes = packed(noise(size))
        #expect(try Digest.sha256(ofFile: folder.write("a", bytes)) == Digest.sha256(of: bytes))
    }

    @Test func `a missing file is an error`() {
        #expect(throws: FileError(path: "/absent", .missing)) { try Digest.sha256(ofFile: "/absent") }
    }
}
