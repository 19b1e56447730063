import Foundation
import TestSupport
import Testing

/// Being told to stop, and a loss that is not finite, where nobody can steer.
@Suite struct SignalTests {
    let scratch = ScratchFolder()

    @Test(
        arguments: [
            (SIGINT, 130), (SIGTERM, 143), (SIGQUIT, 131), (SIGUSR1, 138), (SIGUSR2, 140),
            (SIGXCPU, 152),
        ] as [(Int32, Int32)])
    func `a signal finishes the step saves and closes`(signal: Int32, code: Int32) async throws {
        try scratch.write("endless.json5", Configs.endless)
        let process = try RunningProgram(
            ["train", "endless.json5", "--headless", "--log", "log", "--run", "run"], in: scratch)
        try await eventually("the first evaluation") {
            (try? scratch.text("log"))?.contains(#""event":"evaluation""#) == true ? true : nil
        }
        process.send(signal)
        let outcome = try await process.outcome()
        #expect(outcome.code == code)
        let log = Log(try scratch.text("log"))
        #expect(log.end?["reason"] as? String == "interrupted")
        #expect(log.end?["kept"] as? String == "last")
        let steps = try log.events("step").count
        #expect(log.end?["step"] as? Int == steps)
        let weights = try tensorBytes(scratch.bytes("run/checkpoints/last.safetensors"))
        #expect(!weights.isEmpty)
        #expect(
            scratch.names(in: "run/checkpoints").filter { !$0.hasPrefix("step-") }
                == ["best.safetensors", "last.safetensors"])
        #expect(outcome.output.contains("endless: interrupted at step "))
    }

    @Test func `a second signal leaves at once`() async throws {
        try scratch.write("endless.json5", Configs.endless)
        // A log that nobody reads holds the end up for ever.
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        // Not for the processes of other tests.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { for end in ends { close(end) } }
        let process = try RunningProgram(
            ["train", "endless.json5", "--headless", "--log", "-"], in: scratch, output: ends[1])
        var lastCount: Int32 = 0
        var sameFor = 0
        try await eventually("a full pipe", every: 100) {
            var count: Int32 = 0
            _ = ioctl(ends[0], UInt(FIONREAD), &count)
            // A pipe may be small; what lies in it unchanged for two seconds fills it.
            sameFor = count > 0 && count == lastCount ? sameFor + 1 : 0
            lastCount = count
            return sameFor > 20 ? true : nil
        }
        process.send(SIGTERM)
        try await Task.sleep(for: .milliseconds(400))
        #expect(!process.hasEnded, "the first signal waits for the log")
        process.send(SIGTERM)
        let outcome = try await process.outcome()
        #expect(outcome.code == 143)
    }

    @Test func `a warning that comes again does not cut the saving short`() async throws {
        try scratch.write("endless.json5", Configs.endless)
        let process = try RunningProgram(
            ["train", "endless.json5", "--headless", "--log", "log", "--run", "run"], in: scratch)
        try await eventually("the first steps") {
            (try? scratch.text("log"))?.contains(#""event":"step","step":3,"#) == true ? true : nil
        }
        // As the kernel does once a second beyond `ulimit -t`, and a batch system before it ends the job.
        for signal in [SIGXCPU, SIGXCPU, SIGUSR1, SIGTERM] {
            process.send(signal)
            try await Task.sleep(for: .milliseconds(20))
        }
        let outcome = try await process.outcome()
        #expect(outcome.code == 128 + SIGXCPU, "the first says why")
        #expect(Log(try scratch.text("log")).end?["reason"] as? String == "interrupted")
        #expect(scratch.names(in: "run/checkpoints").contains("last.safetensors"))
    }

    @Test(arguments: [
        "{ random: { count: 7000, shape: [3, 64, 64] }, memoryLimit: 1e9 }", "{ digits: 200000, memoryLimit: 1e9 }",
        "{ sequences: { kind: 'copy', length: 1000, count: 12000 }, memoryLimit: 1e9 }",
    ])
    func `a signal is answered while data is made`(data: String) async throws {
        let process = try RunningProgram(
            [
                "train", "--headless", "--set", "data=\(data)", "--set", "name=big", "--set", "threads=1", "--run",
                "a/run",
            ], in: scratch)
        try await Task.sleep(for: .milliseconds(700))
        process.send(SIGTERM)
        let outcome = try await process.outcome()
        #expect(outcome.code == 143 && outcome.output.contains("big: interrupted before its first step"))
        #expect(scratch.names(in: "a") == [], "nothing ran, nothing is left")
    }

    @Test(arguments: [SIGTERM, SIGUSR1])
    func `a pipe without a reader is said and a signal answered`(signal: Int32) async throws {
        try scratch.write("points.json5", Configs.points)
        #expect(mkfifo(scratch / "pipe", 0o600) == 0)
        let process = try RunningProgram(
            ["train", "points.json5", "--headless", "--log", "pipe", "--run", "run"], in: scratch)
        try await eventually("the words") {
            process.errors.contains("waiting for a reader of pipe\n") ? true : nil
        }
        process.send(signal)
        let outcome = try await process.outcome()
        #expect(outcome.code == 128 + signal)
        #expect(scratch.names(in: ".").contains("run") == false, "nothing ran, nothing is left")
    }

    @Test func `a pipe that finds its reader has the whole log`() async throws {
        try scratch.write("points.json5", Configs.points)
        #expect(mkfifo(scratch / "pipe", 0o600) == 0)
        let process = try RunningProgram(["train", "points.json5", "--headless", "--log", "pipe"], in: scratch)
        try await eventually("the words") { process.errors.contains("waiting for a reader of pipe") ? true : nil }
        let reader = try #require(FileHandle(forReadingAtPath: scratch / "pipe"))
        let log = try #require(String(data: reader.readToEnd() ?? Data(), encoding: .utf8))
        #expect(try await process.outcome().code == 0)
        #expect(try Log(log).events("step").count == 32 && log.hasSuffix("}\n"))
    }

    @Test(arguments: ["ulimit -v 500000", "ulimit -v 400000", "ulimit -n 8", "ulimit -d 100000"])
    func `a limit of the shell is one line`(limit: String) async throws {
        let process = try RunningProgram(
            [
                "-c",
                "\(limit); exec '\(Program.path)' train --headless --set data.digits=1500 --set epochs=1 --set threads=2",
            ], in: scratch, program: "/bin/sh")
        let outcome = try await process.outcome()
        #expect(outcome.code == 1)
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count == 1 && lines[0].hasPrefix("sitter: "), "\(outcome.errors)")
        #expect(lines.first?.contains("ulimit") == true)
    }

    @Test func `a file that may not grow is an error and no crash`() async throws {
        try scratch.write("points.json5", Configs.points)
        let process = try RunningProgram(
            ["-c", "ulimit -f 8; exec '\(Program.path)' train points.json5 --headless --log log"],
            in: scratch, program: "/bin/sh")
        let outcome = try await process.outcome()
        #expect(
            outcome.code == 1
                && outcome.output.contains("  lost   the log is not whole: log: no file may be longer here"))
    }

    @Test(arguments: [("rewind", 0), ("{ skip: 1 }", 1), ("stop", 1)])
    func `a bad step is answered as the config says`(policy: String, code: Int32) async throws {
        try scratch.write("points.json5", Configs.points)
        try scratch.write("script.ndjson", #"{"step":10,"setLearningRate":1e6}"#)
        let outcome = try await Program.run(
            "train", "points.json5", "--headless", "--commands", "script.ndjson", "--log", "log", "--run", "run",
            "--set", "loss=mse", "--set", "model=[{linear: 8}, {linear: 8}, {linear: 4}]", "--set", "epochs=30",
            "--set",
            "onNotFinite=\(policy)", in: scratch)
        #expect(outcome.code == code, "\(outcome.output)")
        let log = Log(try scratch.text("log"))
        #expect(log.end?["reason"] as? String == (code == 0 ? "completed" : "notFinite"))
        let restores = try log.events("command").filter { $0["command"] as? String == "restore" }
        #expect(restores.isEmpty == (policy != "rewind"))
        #expect(restores.allSatisfy { $0["author"] as? String == "run" && $0["accepted"] as? Bool == true })
    }

    @Test func `a run that never had a good evaluation has no best`() async throws {
        try scratch.write("points.json5", Configs.points)
        try scratch.write("script.ndjson", #"{"step":5,"setLearningRate":1e6}"#)
        let outcome = try await Program.run(
            "train", "points.json5", "--headless", "--commands", "script.ndjson", "--run", "run",
            "--set", "loss=mse", "--set", "model=[{linear: 8}, {linear: 8}, {linear: 4}]", in: scratch)
        #expect(outcome.code == 1)
        #expect(scratch.names(in: "run/checkpoints").filter { !$0.hasPrefix("step-") } == ["last.safetensors"])
        #expect(outcome.output.contains("  kept   last weights: run/checkpoints/last.safetensors"))
    }

    @Test func `a loss that is not finite ends with one and keeps the best`() async throws {
        try scratch.write("points.json5", Configs.points)
        try scratch.write("script.ndjson", #"{"step":10,"setLearningRate":1e6}"#)
        let outcome = try await Program.run(
            "train", "points.json5", "--headless", "--commands", "script.ndjson", "--log", "log", "--run", "run",
            "--set", "loss=mse", "--set", "model=[{linear: 8}, {linear: 8}, {linear: 4}]", in: scratch)
        #expect(outcome.code == 1)
        let log = Log(try scratch.text("log"))
        #expect(log.end?["reason"] as? String == "notFinite")
        #expect(log.end?["kept"] as? String == "best")
        #expect(log.end?["bestStep"] as? Int == 8)
        let weights = try tensorBytes(scratch.bytes("run/checkpoints/best.safetensors"))
        let areFinite = weights.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 4).allSatisfy {
                bytes.loadUnaligned(fromByteOffset: $0, as: Float.self).isFinite
            }
        }
        #expect(areFinite)
        #expect(outcome.output.contains("not finite, the update was skipped"))
    }
}
