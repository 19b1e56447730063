import Files
import Foundation
import RunStore
import TestSupport
import Testing

@Suite struct CheckpointFilesTests {
    private let folder = ScratchFolder()

    private func directory() throws -> RunDirectory { try RunDirectory.prepare(folder / "run") }

    @Test func `files are named by step and number, and listed from the newest`() throws {
        let files = try directory().states
        let entries = [(70, 3), (5, 0), (1_000_000_000, 11), (70, 2)].map {
            CheckpointFiles.Entry(step: $0, number: $1)
        }
        #expect(files.path(entries[0]) == (folder / "run/checkpoints/step-000000070-3.safetensors"))
        for entry in entries { try folder.write("run/checkpoints/" + name(files, entry), "x") }
        for other in ["best", "step-x", "step-000000001", "step-1-2-3"] {
            try folder.write("run/checkpoints/\(other).safetensors", "x")
        }
        #expect(files.entries.map(\.number) == [11, 3, 2, 0])
        #expect(Set(files.entries) == Set(entries))
    }

    @Test func `one that is set aside counts no more and is still there`() throws {
        let files = try directory().states
        let entry = CheckpointFiles.Entry(step: 8, number: 1)
        try folder.write("run/checkpoints/" + name(files, entry), "x")
        files.setAside(entry)
        #expect(files.entries.isEmpty && folder.exists("run/checkpoints/step-000000008-1.safetensors.unsound"))
    }

    @Test(arguments: [2, 3, 5, 8])
    func `of many the newest two and the oldest stay, with gaps that grow towards the past`(_ most: Int) throws {
        let files = try directory().states
        for number in 1...200 {
            try folder.write("run/checkpoints/" + name(files, .init(step: number * 10, number: number)), "x")
            files.thin(to: most)
        }
        let steps = files.entries.map(\.step)
        #expect(steps.count == most)
        #expect(steps.prefix(2) == [2000, 1990])
        if most > 2 { #expect(steps.last == 10) }
        let gaps = zip(steps, steps.dropFirst()).map(-)
        // Each gap is at most little smaller than the one before it: the past thins out.
        #expect(zip(gaps, gaps.dropFirst()).allSatisfy { $1 * 3 >= $0 }, "\(steps)")
    }

    private func name(_ files: CheckpointFiles, _ entry: CheckpointFiles.Entry) -> String {
        String(files.path(entry).split(separator: "/").last ?? "")
    }
}

@Suite struct RunLockTests {
    private let folder = ScratchFolder()

    @Test func `a directory is held until its holder lets go of it`() throws {
        let directory = try RunDirectory.prepare(folder / "run")
        #expect(!RunLock.isHeld(directory))
        do {
            let lock = try RunLock(directory)
            withExtendedLifetime(lock) {
                #expect(RunLock.isHeld(directory))
                let error = #expect(throws: FileError.self) { try RunLock(directory) }
                #expect(
                    error?.description.hasSuffix(
                        "this run is alive in another process; sitter attach \(directory.path) opens it, or stop it first"
                    )
                        == true)
            }
        }
        #expect(!RunLock.isHeld(directory))
        _ = try RunLock(directory)
    }
}
