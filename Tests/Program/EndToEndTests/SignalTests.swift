import Foundation
import TestSupport
import Testing

/// Being told to stop, and a loss that is not finite, where nobody can steer.
@Suite struct SignalTests {
    let scratch = ScratchFolder()

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func `a signal finishes the step saves and closes`(signal: Int32, code: Int32) async throws {
        try scratch.write("endless.json5", Configs.endless)
        let process = try RunningProgram(
            ["train", "endless.json5", "--headless", "--log", "log", "--run", "run"], in: scratch)
        try await eventually("the first steps") {
            (try? scratch.text("log"))?.contains(#""event":"step","step":3,"#) == true ? true : nil
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
