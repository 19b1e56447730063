import Foundation
import TestSupport
import Testing

/// A run to which much was done, also going back in time and racing copies, can be had again bit for bit.
@Suite struct RerunTests {
    let scratch = ScratchFolder()

    /// More than two dozen interventions over three branches and a race; 96 steps.
    private static let script = """
        {"step":3,"scaleLearningRate":0.5}
        {"step":5,"setLearningRate":0.02}
        {"step":7,"evaluate":true}
        {"step":9,"undo":true}
        {"step":12,"followSchedule":true}
        {"step":14,"rescaleSchedule":0.015}
        {"step":17,"setSchedule":{"cosine":{"rate":0.01,"to":0.001,"length":{"epochs":4},"warmup":3}}}
        {"step":21,"holdLearningRate":1.5}
        {"step":22,"evaluate":true}
        {"step":24,"setLearningRate":20}
        {"step":27,"restore":{"from":"best","scale":0.5}}
        {"step":31,"rewind":{"to":20,"scale":0.7}}
        {"branch":1,"step":23,"setLearningRate":0.03}
        {"branch":1,"step":26,"race":{"steps":9,"scales":[0.1,1,5],"adopt":true}}
        {"branch":1,"step":33,"restore":{"from":"snapshot","scale":0.9}}
        {"branch":1,"step":34,"followSchedule":true}
        {"branch":1,"step":36,"setBatchSize":40}
        {"branch":1,"step":39,"scaleLearningRate":3}
        {"branch":1,"step":44,"rewind":38}
        {"branch":2,"step":40,"undo":true}
        {"branch":2,"step":46,"rewind":{"to":12,"rate":0.004}}
        {"branch":3,"step":13,"scaleLearningRate":2}
        {"branch":3,"step":30,"evaluate":true}
        {"branch":3,"step":41,"setLearningRate":0.005}
        {"branch":3,"step":60,"rewind":55}
        {"branch":4,"step":70,"scaleLearningRate":0.5}
        {"branch":4,"step":71,"note":"as at the end of a long evening"}

        """

    private func train(_ arguments: String...) async throws -> Program.Outcome {
        try await Program.run(arguments, in: scratch)
    }

    @Test(arguments: [false, true])
    func `it is identical on one thread and on two, also where it was killed on the way`(isKilled: Bool) async throws {
        try scratch.write("net.json5", ResumeTests.Course.dropoutAndBatchNorm.config)
        try scratch.write("script.ndjson", Self.script)
        let begin = ["train", "net.json5", "--headless", "--run", "run", "--commands", "script.ndjson"]
        if isKilled {
            let process = try RunningProgram(begin + ["--slow", "120"], in: scratch)
            try await Task.sleep(for: .milliseconds(900))
            process.send(SIGKILL)
            _ = try await process.outcome()
            let resumed = try await Program.run(["train", "--resume", "run", "--headless"], in: scratch)
            try #require(resumed.code == 0, "\(resumed.errors)")
        } else {
            let outcome = try await Program.run(begin, in: scratch)
            try #require(outcome.code == 0, "\(outcome.errors)")
        }
        let journal = try scratch.text("run/journal.ndjson")
        #expect(journal.components(separatedBy: #""accepted":false"#).count == 1, "\(journal)")
        #expect(journal.components(separatedBy: #"{"rewind":"#).count == 5, "\(journal)")
        for threads in ["1", "2"] {
            let again = try await train("rerun", "run", "--threads", threads)
            #expect(again.code == 0 && again.output.contains("step 96  identical"), "\(again.output) \(again.errors)")
        }
        // Another number in one tensor of the newest checkpoint's past: the run is another one.
        try scratch.write(
            "run/config.json", try scratch.text("run/config.json").replacing("\"seed\": 3", with: "\"seed\": 4"))
        let other = try await train("rerun", "run")
        #expect(other.code == 1 && other.output.contains("is the first tensor with other bits"), "\(other.output)")
    }

    @Test func `what was done is a script that does it again`() async throws {
        try scratch.write("net.json5", ResumeTests.Course.dropoutAndBatchNorm.config)
        try scratch.write("script.ndjson", Self.script)
        let first = try await train("train", "net.json5", "--headless", "--run", "run", "--commands", "script.ndjson")
        try #require(first.code == 0, "\(first.errors)")
        let export = try await train("rerun", "run", "--export", "again.ndjson")
        #expect(export.code == 0, "\(export.errors)")
        #expect(try await train("rerun", "run", "--export", "again.ndjson").code == 2)
        let second = try await train(
            "train", "run/config.json", "--headless", "--run", "second", "--commands", "again.ndjson")
        try #require(second.code == 0, "\(second.errors)")
        let weights = "checkpoints/last.safetensors"
        #expect(try scratch.bytes("run/" + weights) == scratch.bytes("second/" + weights))
    }

    @Test func `what is no run is said in a line`() async throws {
        try scratch.write("empty/config.json", "{}")
        for (words, line) in [
            (["rerun"], "which run?"), (["rerun", "nowhere"], "nowhere"),
            (["rerun", "empty"], "the key \"data\" is missing"),
        ] {
            let outcome = try await Program.run(words, in: scratch)
            #expect(outcome.code == 2 && outcome.errors.contains(line), "\(outcome.errors)")
        }
    }
}
