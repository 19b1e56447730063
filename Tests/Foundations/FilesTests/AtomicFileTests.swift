import Files
import Glibc
import TestSupport
import Testing

@Suite struct AtomicFileTests {
    private let folder = ScratchFolder()

    private func problem(_ path: String) throws -> FileError.Problem {
        let error = try #require(throws: FileError.self) { try AtomicFile.write([1], to: path) }
        #expect(error.path == path)
        return error.problem
    }

    @Test func `the bytes stand there and nothing else`() throws {
        try AtomicFile.write([1, 2, 3], to: folder / "a")
        #expect(try folder.bytes("a") == [1, 2, 3])
        #expect(folder.names() == ["a"])
    }

    @Test func `an existing file is replaced and keeps its mode`() throws {
        try chmod(folder.write("a", noise(5_000)), 0o640)
        try AtomicFile.write("new".utf8, to: folder / "a")
        var status = stat()
        stat(folder / "a", &status)
        #expect(try folder.bytes("a") == Array("new".utf8))
        #expect(status.st_mode & 0o777 == 0o640)
    }

    @Test func `a link stays a link`() throws {
        try folder.write("target", [1])
        symlink("target", folder / "link")
        try AtomicFile.write([2], to: folder / "link")
        var status = stat()
        lstat(folder / "link", &status)
        #expect(status.st_mode & S_IFMT == S_IFLNK)
        #expect(try folder.bytes("target") == [2])
    }

    @Test func `pieces are written in their order`() throws {
        let large = noise(700_000)
        try AtomicFile.write(to: folder / "a") { writer throws(FileError) in
            try writer.append([1, 2])
            try writer.append(large)
            try writer.append((3..<5).lazy.map { UInt8($0) })
        }
        #expect(try folder.bytes("a") == [1, 2] + large + [3, 4])
    }

    @Test func `a failure in the middle leaves the old file and no temporary`() throws {
        try folder.write("a", [7])
        let failure = FileError(path: folder / "source", .truncated(.gzip))
        #expect(throws: failure) {
            try AtomicFile.write(to: folder / "a") { writer throws(FileError) in
                try writer.append([1, 2])
                throw failure
            }
        }
        #expect(try folder.bytes("a") == [7])
        #expect(folder.names() == ["a"])
    }

    @Test func `places that cannot hold a file are refused`() throws {
        #expect(try problem(folder / "absent/a") == .missingFolder(folder / "absent"))
        #expect(try problem(folder.write("file", [1]) + "/a") == .missingFolder(folder / "file"))
        #expect(try problem(folder.path) == .isFolder)
        #expect(try problem("/dev/null") == .notRegular)
        #expect(try problem("") == .missing)
        #expect(
            try problem(folder / String(repeating: "n", count: 300)) == .system(doing: "rename", code: ENAMETOOLONG))
        #expect(folder.names() == ["file"])
    }

    @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
    func `an unwritable folder is refused`() throws {
        chmod(folder.path, 0o500)
        defer { chmod(folder.path, 0o700) }
        #expect(try problem(folder / "a") == .notWritable)
    }
}
