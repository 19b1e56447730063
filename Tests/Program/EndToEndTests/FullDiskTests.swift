import Foundation
import TestSupport
import Testing

/// Disks that fill under a run, and those on which there is room again.
@Suite struct FullDiskTests {
    let scratch = ScratchFolder()

    init() throws { try scratch.write("points.json5", Configs.points) }

    /// Whether a file system of its own can be made here: for root in a mount namespace of its own.
    static let canMount: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "unshare -m sh -c 'mount -t tmpfs -o size=1m tmpfs /mnt' >/dev/null 2>&1"]
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Trains in a run folder on a disk of 24 MB, of which `free` kilobytes are free at first and, where `isFreed`, all in the end; the
    /// folder lies in `out` then.
    private func train(free: Int, isFreed: Bool, _ options: String) async throws -> Program.Outcome {
        try FileManager.default.createDirectory(atPath: scratch / "m", withIntermediateDirectories: true)
        let release = isFreed ? "rm m/filler" : "true"
        let lines = """
            mount -t tmpfs -o size=24m tmpfs m || exit 99
            dd if=/dev/zero of=m/filler bs=1024 count=$((24 * 1024 - \(free))) 2>/dev/null
            "$0" train points.json5 --headless \(options) & p=$!
            while [ "$(df --output=avail m | tail -n 1)" -gt 0 ] && kill -0 $p; do sleep 0.1; done
            sleep 1; \(release)
            wait $p; code=$?
            cp -r m out; exit $code
            """
        let process = try RunningProgram(
            ["-m", "sh", "-c", lines, Program.path], in: scratch, program: "unshare")
        return try await process.outcome()
    }

    @Test(
        .enabled(if: canMount), arguments: ["--run m/run --log m/log", "--run m/run", "--log m/log", "--log - > m/log"])
    func `what is written goes on where there is room again, and lacks nothing`(options: String) async throws {
        let outcome = try await train(
            free: 200, isFreed: true, "--set epochs=1000 --slow 1000 --set checkpoints.minutes=1000 \(options)")
        #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
        let said = outcome.output + outcome.errors
        #expect(
            said.contains("goes on, nothing of it is lost") && !said.contains("\n  lost   "),
            "the disk was full for a while")
        if options.contains("log") {
            let steps = try Log(try scratch.text("out/log")).events("step").compactMap { $0["step"] as? Int }
            #expect(steps == Array(0..<8_000))
        }
        if options.contains("run") {
            let listed = try await Program.run("runs", "out", "--json", in: scratch)
            #expect(listed.output.contains(#""state":"finished","#) && listed.output.contains(#""steps":8000,"#))
            #expect(scratch.exists("out/run/checkpoints/last.safetensors"))
        }
    }

    @Test(.enabled(if: canMount), arguments: ["--run m/run", "--log m/log", "--run m/run --log m/log"])
    func `a disk that stays full makes the exit code 1, and what is there ends with a whole record`(options: String)
        async throws
    {
        let outcome = try await train(
            free: 100, isFreed: false, "--set epochs=1000 --set checkpoints.minutes=1000 \(options)")
        #expect(outcome.code == 1)
        #expect(
            outcome.output.contains("lost   ") || outcome.output.contains("could not be saved"), "\(outcome.output)")
        #expect(outcome.output.contains("no space left on the disk"))
        for name in ["log", "run/journal.ndjson"] where scratch.exists("out/\(name)") {
            #expect(try scratch.text("out/\(name)").hasSuffix("}\n"))
        }
        guard options.contains("run") else { return }
        // The event file is read to its last whole record.
        let listed = try await Program.run("runs", "out", "--json", in: scratch)
        #expect(listed.code == 0, "\(listed.errors)")
    }
}
