import Files
import Foundation
import RunStore
import TestSupport
import Testing

@Suite struct CheckpointFilesTests {
    private let folder = ScratchFolder()

    private func directory() throws -> RunDirectory { try RunDirectory.prepare(folder / "run") }

    @Test func `files are named by their step and listed from the newest`() throws {
        let files = try directory().states
        #expect(files.path(step: 1200) == (folder / "run/checkpoints/step-000001200.safetensors"))
        for step in [5, 1_000_000_000, 70] { try folder.write("run/checkpoints/" + name(files, step), "x") }
        try folder.write("run/checkpoints/best.safetensors", "x")
        try folder.write("run/checkpoints/step-x.safetensors", "x")
        #expect(files.steps == [1_000_000_000, 70, 5])
    }

    @Test func `one that is set aside counts no more and is still there`() throws {
        let files = try directory().states
        try folder.write("run/checkpoints/" + name(files, 8), "x")
        files.setAside(step: 8)
        #expect(files.steps.isEmpty && folder.exists("run/checkpoints/step-000000008.safetensors.unsound"))
    }

    @Test(arguments: [2, 3, 5, 8])
    func `of many the newest two and the oldest stay, with gaps that grow towards the past`(
        _ most: Int
    ) throws {
        let files = try directory().states
        for step in 1...200 {
            try folder.write("run/checkpoints/" + name(files, step * 10), "x")
            files.thin(to: most)
        }
        let steps = files.steps
        #expect(steps.count == most)
        #expect(steps.prefix(2) == [2000, 1990])
        if most > 2 { #expect(steps.last == 10) }
        let gaps = zip(steps, steps.dropFirst()).map(-)
        // Each gap is at most little smaller than the one before it: the past thins out.
        #expect(zip(gaps, gaps.dropFirst()).allSatisfy { $1 * 3 >= $0 }, "\(steps)")
    }

    private func name(_ files: CheckpointFiles, _ step: Int) -> String {
        String(files.path(step: step).split(separator: "/").last ?? "")
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
                    error?.description.hasSuffix("this run is alive in another process; stop that one first") == true)
            }
        }
        #expect(!RunLock.isHeld(directory))
        _ = try RunLock(directory)
    }
}
