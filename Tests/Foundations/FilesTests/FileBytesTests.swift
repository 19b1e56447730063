import Files
import Glibc
import TestSupport
import Testing

@Suite struct FileBytesTests {
    private let folder = ScratchFolder()

    private func problem(_ path: String, limit: Int = 1 << 24) throws -> FileError.Problem {
        try #require(throws: FileError.self) { try FileBytes.read(path, limit: limit) }.problem
    }

    @Test(arguments: [0, 1, 2, 262_143, 262_144, 262_145, 1_000_000])
    func `plain and gzip files read the same`(size: Int) throws {
        let bytes = noise(size)
        #expect(try FileBytes.read(folder.write("plain", bytes)) == bytes)
        #expect(try FileBytes.read(folder.write("packed", packed(bytes))) == bytes)
    }

    @Test func `content that packs extremely well is complete`() throws {
        let zeros = [UInt8](repeating: 0, count: 5_000_001)
        #expect(try FileBytes.read(folder.write("zeros", packed(zeros, level: 9))) == zeros)
    }

    @Test func `what the gzip program wrote is read`() throws {
        // printf 'hello\n' | gzip -n
        let bytes: [UInt8] = [
            0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0xe7, 0x02, 0x00,
            0x20, 0x30, 0x3a, 0x36, 0x06, 0x00, 0x00, 0x00,
        ]
        #expect(try FileBytes.read(folder.write("hello", bytes)) == Array("hello\n".utf8))
    }

    @Test func `members in a row are one content and zeros behind are padding`() throws {
        let members = (0..<300).flatMap { packed(Array("\($0),".utf8)) }
        let all = Array((0..<300).map { "\($0)," }.joined().utf8)
        #expect(try FileBytes.read(folder.write("members", members)) == all)
        #expect(try FileBytes.read(folder.write("padded", members + [0, 0, 0])) == all)
    }

    @Test func `other bytes behind the data are refused`() throws {
        let bytes = packed(noise(100))
        let damage = FileError.Problem.corrupt(.gzip, detail: "other bytes follow its end")
        #expect(try problem(folder.write("a", bytes + [7])) == damage)
        #expect(try problem(folder.write("b", bytes + [0, 7])) == damage)
    }

    @Test func `truncation at every position is found`() throws {
        let bytes = packed(noise(300)) + packed(noise(20))
        let boundary = packed(noise(300)).count
        // With one byte it is a plain file that holds 1f; at the boundary it is complete.
        for length in 2..<bytes.count where length != boundary {
            #expect(try problem(folder.write("cut", Array(bytes[..<length]))) == .truncated(.gzip), "\(length)")
        }
    }

    @Test func `a thousand mutations are read or refused`() throws {
        let bytes = packed(noise(2_000))
        var generator = UInt64(7)
        var refused = 0
        for _ in 0..<1_000 {
            var broken = bytes
            generator = generator &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            broken[2 + Int(generator >> 33) % (broken.count - 2)] ^= 1 << UInt8(generator >> 20 & 7)
            let path = try folder.write("broken", broken)
            do throws(FileError) {
                _ = try FileBytes.read(path, limit: 1 << 20)
            } catch {
                refused += 1
            }
        }
        // Only the header has bits without meaning.
        #expect(refused > 950)
    }

    @Test func `more than the limit is refused`() throws {
        let bytes = noise(1_000)
        let plain = try folder.write("plain", bytes)
        #expect(try FileBytes.read(plain, limit: 1_000) == bytes)
        #expect(try problem(plain, limit: 999) == .tooLarge(limit: 999))
        let bomb = try folder.write("bomb", packed([UInt8](repeating: 0, count: 30_000_000)))
        #expect(try problem(bomb, limit: 1_000) == .tooLarge(limit: 1_000))
    }

    @Test func `a prefix is as long as asked or as the file`() throws {
        let bytes = noise(600_000)
        for path in try [folder.write("plain", bytes), folder.write("packed", packed(bytes))] {
            #expect(try FileBytes.prefix(16, of: path) == Array(bytes[..<16]))
            #expect(try FileBytes.prefix(300_000, of: path) == Array(bytes[..<300_000]))
            #expect(try FileBytes.prefix(1_000_000, of: path) == bytes)
            #expect(try FileBytes.prefix(0, of: path) == [])
        }
    }

    @Test func `what is no regular file is refused at once`() throws {
        #expect(try problem(folder / "absent") == .missing)
        #expect(try problem(folder.write("file", [1]) + "/below") == .missing)
        #expect(try problem("") == .missing)
        #expect(try problem("/dev/null\0x") == .missing)
        #expect(try problem(folder.path) == .isFolder)
        #expect(try problem("/dev/zero") == .notRegular)
        mkfifo(folder / "pipe", 0o600)
        #expect(try problem(folder / "pipe") == .notRegular)
        symlink("loop", folder / "loop")
        #expect(try problem(folder / "loop") == .system(doing: "open", code: ELOOP))
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything"))
    func `an unreadable file is refused`() throws {
        let path = try folder.write("secret", [1])
        chmod(path, 0)
        #expect(try problem(path) == .notReadable)
    }

    @Test func `refused files are closed again`() throws {
        let descriptor = { open("/dev/null", O_RDONLY | O_CLOEXEC) }
        let before = descriptor()
        close(before)
        for _ in 0..<500 { #expect(throws: FileError.self) { try FileBytes.read(folder.path) } }
        let after = descriptor()
        close(after)
        // Other tests run beside this one and hold a few files of their own.
        #expect(after < before + 400)
    }
}
