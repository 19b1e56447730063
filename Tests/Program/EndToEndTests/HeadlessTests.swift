import Foundation
import TestSupport
import Testing

/// Training without a screen: what it says and what it leaves behind.
@Suite struct HeadlessTests {
    let scratch = ScratchFolder()

    init() throws {
        try scratch.write("small.json5", Configs.convolution)
        try scratch.write("points.json5", Configs.points)
    }

    func train(_ arguments: String...) async throws -> Program.Outcome {
        let outcome = try await Program.run(["train"] + arguments, in: scratch)
        try #require(outcome.code == 0, "\(outcome.errors)")
        return outcome
    }

    @Test func `without a terminal it trains with a line an epoch and a summary`() async throws {
        let outcome = try await train("points.json5")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("points: 128 examples, 32 held out, 60 parameters, 32 steps of 16 on ") == true)
        for epoch in 1...4 { #expect(lines.contains { $0.hasPrefix("epoch \(epoch)/4  step \(epoch * 8)  train ") }) }
        #expect(lines.contains { $0.hasPrefix("points: done at step 32 of 32") })
        #expect(outcome.errors == "")
    }

    @Test func `the log has its keys in order`() async throws {
        try scratch.write("script.ndjson", #"{"step":3,"scaleLearningRate":0.5}"#)
        _ = try await train("small.json5", "--headless", "--log", "log", "--commands", "script.ndjson")
        let log = Log(try scratch.text("log"))
        var seen: Set<String> = []
        for line in log.lines {
            let keys = Log.keys(line)
            let event = try #require(line.firstMatch(of: /^\{"event":"(\w+)"/)).output.1
            seen.insert(String(event))
            switch event {
            case "step":
                #expect(
                    keys == [
                        "event", "step", "branch", "epoch", "loss", "penalty", "accuracy", "learningRate",
                        "gradientNorm", "samplesPerSecond",
                    ])
            case "evaluation": #expect(keys == ["event", "step", "branch", "epoch", "loss", "accuracy"])
            case "layers":
                let layer = [
                    "name", "kind", "mean", "std", "min", "max", "zeros", "saturated", "neverFired", "sampled",
                    "histogram", "low", "high", "counts", "signalNorm", "gradientNorm", "updateRatio",
                ]
                let layers = line.matches(of: /"name":/).count
                #expect(layers > 0)
                #expect(
                    keys == ["event", "step", "branch", "layers"] + [[String]](repeating: layer, count: layers).joined()
                )
            case "command":
                #expect(
                    keys == ["event", "step", "branch", "author", "command", "accepted", "old", "new", "reason"])
            case "end":
                #expect(
                    keys == ["event", "step", "branch", "reason", "kept", "bestStep", "bestLoss", "bestAccuracy"])
            default: Issue.record("an event of another kind: \(line)")
            }
        }
        #expect(seen == ["step", "evaluation", "layers", "command", "end"])
    }

    @Test func `the log tells every step and evaluation`() async throws {
        _ = try await train("small.json5", "--headless", "--log", "log")
        let log = Log(try scratch.text("log"))
        #expect(try log.events("step").compactMap { $0["step"] as? Int } == Array(0..<16))
        #expect(try log.events("evaluation").compactMap { $0["step"] as? Int } == [8, 16])
        #expect(try log.events("evaluation").compactMap { $0["epoch"] as? Int } == [0, 1])
        #expect(try log.events("layers").compactMap { $0["step"] as? Int } == [0, 5, 10, 15])
        #expect(log.end?["reason"] as? String == "completed")
        #expect(log.lines.last?.hasPrefix(#"{"event":"end","step":16,"#) == true)
    }

    @Test func `the log on the standard output is alone there`() async throws {
        let outcome = try await train("points.json5", "--log", "-")
        let log = Log(outcome.output)
        #expect(try log.events("step").count == 32)
        #expect(outcome.output.hasSuffix("}\n"))
        #expect(outcome.errors.contains("points: done at step 32 of 32"))
    }

    @Test func `a run directory holds what it should`() async throws {
        _ = try await train("points.json5", "--headless", "--run", "a/b/run")
        let names = scratch.names(in: "a/b/run")
        #expect(
            names.filter { !$0.hasPrefix("events.out.tfevents.") } == [
                "checkpoints", "config.json", "description.json", "journal.ndjson", "lock",
            ])
        #expect(names.count == 6)
        #expect(
            scratch.names(in: "a/b/run/checkpoints") == [
                "best.safetensors", "last.safetensors", "step-000000000-0.safetensors", "step-000000032-1.safetensors",
            ])
        for line in try scratch.text("a/b/run/journal.ndjson").split(separator: "\n") {
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        }
    }

    @Test func `the config of a run directory trains the same again`() async throws {
        try scratch.write("pictures.json5", Configs.pictures)
        try scratch.write("images.idx", Configs.images)
        try scratch.write("labels.idx", Configs.labels)
        _ = try await train("pictures.json5", "--headless", "--run", "run", "--log", "first")
        _ = try await train("run/config.json", "--headless", "--log", "second")
        #expect(Log(try scratch.text("first")).withoutSpeed == Log(try scratch.text("second")).withoutSpeed)
    }

    @Test func `weights of a file are where training begins`() async throws {
        _ = try await train("points.json5", "--headless", "--run", "first")
        let last = "first/checkpoints/last.safetensors"
        // A rate too small to move any weight.
        _ = try await train(
            "points.json5", "--headless", "--run", "second", "--weights", last, "--set",
            "optimizer.sgd.learningRate=1e-20")
        #expect(
            try tensorBytes(scratch.bytes(last)) == tensorBytes(scratch.bytes("second/checkpoints/last.safetensors")))
    }

    @Test func `early stopping keeps the best`() async throws {
        _ = try await train(
            "points.json5", "--headless", "--log", "log", "--run", "run", "--set", "epochs=50", "--set",
            "earlyStopping={patience: 2, minimumDelta: 1}")
        let log = Log(try scratch.text("log"))
        #expect(log.end?["reason"] as? String == "earlyStopping")
        #expect(log.end?["kept"] as? String == "best")
        // The first evaluation cannot be bettered by 1; two more are waited for.
        #expect(log.end?["step"] as? Int == 24)
        let receipt = try #require(try log.events("command").first)
        #expect(receipt["author"] as? String == "earlyStopping")
        #expect(receipt["accepted"] as? Bool == true)
    }

    @Test(arguments: [nil, "dumb", ""] as [String?])
    func `without a capable terminal there are lines`(terminal: String?) async throws {
        let process = try RunningProgram(["train", "points.json5"], in: scratch, environment: ["TERM": terminal])
        let outcome = try await process.outcome()
        #expect(outcome.code == 0)
        #expect(!outcome.output.contains("\u{1B}"))
    }

    @Test func `help and version are answers`() async throws {
        let help = try await Program.run("--help", in: scratch)
        #expect(help.code == 0)
        #expect(help.output.contains("usage: sitter "))
        let train = try await Program.run("train", "--help", in: scratch)
        #expect(train.code == 0)
        #expect(train.output.contains("--commands FILE"))
        let version = try await Program.run("--version", in: scratch)
        #expect(version.code == 0)
        #expect(version.output.wholeMatch(of: /sitter \d+\.\d+\.\d+\n/) != nil)
    }
}
