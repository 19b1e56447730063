import Files
import Foundation
import RunStore
import TestSupport
import Testing

@Suite struct RunDirectoryTests {
    private let folder = ScratchFolder()

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test
    func `a new folder is made with its checkpoints, and with those above it`() throws {
        let directory = try RunDirectory.prepare(folder / "runs/today/first/")
        #expect(directory.path == folder / "runs/today/first")
        #expect(exists(directory.checkpoints))
    }

    @Test
    func `an empty folder will do, also one that a run left before its first step`() throws {
        _ = try RunDirectory.prepare(folder.path)
        _ = try RunDirectory.prepare(folder.path)
        #expect(exists(folder / "checkpoints"))
    }

    @Test
    func `runs to compare with are remembered once, by their whole paths`() throws {
        let directory = try RunDirectory.prepare(folder / "run")
        #expect(directory.compared == [])
        try directory.compare(with: [])
        #expect(!exists(directory.comparedFile))
        try directory.compare(with: ["/a/one", "/a/b/../\"two\""])
        try directory.compare(with: ["/a/three", "/a/./one"])
        #expect(directory.compared == ["/a/one", "/a/\"two\"", "/a/three"])
        try Data("{ broken".utf8).write(to: URL(fileURLWithPath: directory.comparedFile))
        #expect(directory.compared == [])
    }

    @Test
    func `a folder that holds anything is refused, and what it holds is named`() throws {
        try Data().write(to: URL(fileURLWithPath: folder / "notes.txt"))
        #expect(
            throws: FileError(
                path: folder.path,
                .malformed("the folder is not empty (it holds notes.txt); choose a new one or empty it"))
        ) { try RunDirectory.prepare(folder.path) }
        #expect(!exists(folder / "checkpoints"))
    }

    @Test
    func `the folder of another run is refused, also one with checkpoints only`() throws {
        let directory = try RunDirectory.prepare(folder / "run")
        try Data().write(to: URL(fileURLWithPath: directory.last))
        #expect(throws: FileError.self) { try RunDirectory.prepare(folder / "run") }
    }

    @Test
    func `a file in its place or above it is refused`() throws {
        try Data().write(to: URL(fileURLWithPath: folder / "file"))
        #expect(
            throws: FileError(
                path: folder / "file", .malformed("a file is in its place; choose another name for the folder"))
        ) { try RunDirectory.prepare(folder / "file") }
        #expect(throws: FileError.self) { try RunDirectory.prepare(folder / "file/run") }
    }

    @Test(arguments: ["/proc/run", "", "a\0b"])
    func `a place where nothing can be written is refused, and so is no place`(_ path: String) {
        #expect(throws: FileError.self) { try RunDirectory.prepare(path) }
    }

    @Test
    func `the config is written whole`() throws {
        let directory = try RunDirectory.prepare(folder / "run")
        try directory.takeConfig(Array("{}\n".utf8))
        #expect(try folder.text("run/config.json") == "{}\n")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == [
                "checkpoints", "config.json",
            ])
    }

    @Test
    func `the event file's name is one that TensorBoard looks for, whatever the host is called`() throws {
        let directory = try RunDirectory.prepare(folder / "run")
        let name = directory.eventFile(began: 1_760_000_000.9, host: "a/b c")
        #expect(name.hasPrefix(folder / "run/events.out.tfevents.1760000000.a-b-c."))
    }

    @Test
    func `only a folder can be the run of yesterday`() throws {
        _ = try RunDirectory.prepare(folder / "run")
        #expect(try RunDirectory.existing(folder / "run").journal == folder / "run/journal.ndjson")
        #expect(throws: FileError(path: folder / "none", .missing)) { try RunDirectory.existing(folder / "none") }
        try Data().write(to: URL(fileURLWithPath: folder / "file"))
        #expect(throws: FileError.self) { try RunDirectory.existing(folder / "file") }
    }

    @Test
    func `of two runs that both found the folder empty only one gets it`() throws {
        let (one, other) = (try RunDirectory.prepare(folder / "run"), try RunDirectory.prepare(folder / "run"))
        try one.takeConfig(Array("one".utf8))
        #expect(
            throws: FileError(
                path: folder / "run", .malformed("another run has just taken this folder; choose a new one"))
        ) { try other.takeConfig(Array("other".utf8)) }
        #expect(try folder.text("run/config.json") == "one")
    }
}
