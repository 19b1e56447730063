import Foundation
import TestSupport
import Testing

/// Steering by `--commands`.
@Suite struct CommandScriptTests {
    let scratch = ScratchFolder()

    func train(_ script: String, _ changes: String...) async throws -> Log {
        try scratch.write("points.json5", Configs.points)
        try scratch.write("script.ndjson", script)
        let outcome = try await Program.run(
            ["train", "points.json5", "--headless", "--commands", "script.ndjson", "--log", "log", "--run", "run"]
                + changes.flatMap { ["--set", $0] }, in: scratch)
        #expect(outcome.code == 0, "\(outcome.errors)")
        return Log(try scratch.text("log"))
    }

    @Test func `every command acts before the update of its step`() async throws {
        let log = try await train(
            """
            {"step":2,"setLearningRate":0.01}
            {"step":4,"scaleLearningRate":0.5}
            {"step":6,"followSchedule":true}
            {"step":8,"pause":true}
            {"step":8,"steps":2}
            {"step":10,"resume":true}
            {"step":12,"evaluate":true}
            {"step":20,"stop":{"keep":"last"}}
            """)
        let receipts = try log.events("command")
        #expect(
            receipts.compactMap { $0["command"] as? String } == [
                "setLearningRate", "scaleLearningRate", "followSchedule", "pause", "step", "resume", "evaluate", "stop",
            ])
        #expect(receipts.compactMap { $0["step"] as? Int } == [2, 4, 6, 8, 8, 10, 12, 20])
        #expect(receipts.allSatisfy { $0["accepted"] as? Bool == true && $0["author"] as? String == "script" })
        #expect(receipts[1]["old"] as? Double == 0.01)
        #expect(receipts[1]["new"] as? Double == 0.005)
        let rates = try log.events("step").compactMap { $0["learningRate"] as? Double }
        #expect(Array(rates[..<8]) == [0.1, 0.1, 0.01, 0.01, 0.005, 0.005, 0.1, 0.1])
        #expect(rates.count == 20)
        #expect(try log.events("evaluation").compactMap { $0["step"] as? Int } == [8, 12, 16])
        #expect(log.end?["reason"] as? String == "stopped")
        #expect(log.end?["kept"] as? String == "last")
        #expect(log.end?["step"] as? Int == 20)
    }

    @Test func `stopping for the best before any evaluation evaluates`() async throws {
        let log = try await train(#"{"step":3,"stop":{"keep":"best"}}"#)
        #expect(try log.events("evaluation").compactMap { $0["step"] as? Int } == [3])
        #expect(log.end?["kept"] as? String == "best")
        #expect(log.end?["bestStep"] as? Int == 3)
    }

    @Test(arguments: ["0", "-0.1", #""NaN""#, "2e6", #""Infinity""#])
    func `a rate that makes no sense is refused with a reason`(rate: String) async throws {
        let log = try await train(#"{"step":2,"setLearningRate":\#(rate)}"#)
        let receipt = try #require(try log.events("command").first)
        #expect(receipt["accepted"] as? Bool == false)
        #expect((receipt["reason"] as? String)?.contains("above 0 and at most 1e6") == true)
        #expect(Set(try log.events("step").compactMap { $0["learningRate"] as? Double }) == [0.1])
    }

    @Test func `a pause that nothing ends is refused`() async throws {
        let log = try await train(#"{"step":5,"pause":true}"#)
        let receipt = try #require(try log.events("command").first)
        #expect(receipt["accepted"] as? Bool == false)
        #expect(try log.events("step").count == 32)
    }

    @Test func `a command after the end is answered too`() async throws {
        let log = try await train(#"{"step":100,"evaluate":true}"#)
        let receipt = try #require(try log.events("command").first)
        #expect(receipt["accepted"] as? Bool == false)
        #expect(receipt["reason"] as? String == "the run ended before step 100")
    }
}
