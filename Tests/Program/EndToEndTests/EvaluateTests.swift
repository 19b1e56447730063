import Foundation
import TestSupport
import Testing

/// `sitter evaluate` over runs that have been.
@Suite struct EvaluateTests {
    let scratch = ScratchFolder()

    /// - Parameter stepsPerSecond: slower than it could be, so that no checkpoint waits for the one before.
    private func train(
        _ run: String, _ config: String, _ changes: String..., stepsPerSecond: String = "1000000"
    ) async throws {
        try scratch.write("\(run).json5", config)
        let outcome = try await Program.run(
            ["train", "\(run).json5", "--headless", "--run", run, "--log", "\(run).ndjson", "--slow", stepsPerSecond]
                + changes.flatMap { ["--set", $0] },
            in: scratch)
        try #require(outcome.code == 0, "\(outcome.errors)")
    }

    private func evaluate(_ arguments: String...) async throws -> [String: Any] {
        let outcome = try await Program.run(["evaluate", "--json"] + arguments, in: scratch)
        try #require(outcome.code == 0, "\(outcome.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    @Test func `the last weights have the loss and the accuracy that the log ends with`() async throws {
        try await train("run", Configs.convolution)
        let line = try #require(try scratch.lines("run.ndjson").last { $0.contains("\"evaluation\"") })
        let logged = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        for threads in ["1", "2"] {
            let found = try await evaluate("run", "--weights", "last", "--threads", threads)
            #expect(found["loss"] as? Double == logged["loss"] as? Double)
            #expect(found["accuracy"] as? Double == logged["accuracy"] as? Double)
            #expect(found["examples"] as? Int == 64)
        }
    }

    @Test func `predictions of an average are the mean of those of its members`() async throws {
        try await train("a", Configs.points)
        try await train("b", Configs.points, "initializer=xavierNormal")
        for run in [["a"], ["b"], ["a", "b"]] {
            let name = run.joined()
            let outcome = try await Program.run(
                ["evaluate"] + run + ["--predictions", "\(name).csv"], in: scratch)
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(outcome.errors.isEmpty)
        }
        func rows(_ name: String) throws -> [[Double]] {
            try scratch.lines(name).dropFirst().dropLast().map { $0.split(separator: ",").compactMap { Double($0) } }
        }
        let (first, second, both) = (try rows("a.csv"), try rows("b.csv"), try rows("ab.csv"))
        #expect(both.count == 32)
        for index in both.indices {
            #expect(both[index][0] == first[index][0])
            for column in 3..<7 {
                #expect(abs(both[index][column] - (first[index][column] + second[index][column]) / 2) < 1e-6)
            }
        }
        #expect(try scratch.lines("ab.csv")[0].hasPrefix("index,label,predicted,probability 0,"))
    }

    @Test func `cosine restarts give a snapshot at the end of each period`() async throws {
        try await train(
            "run", Configs.points, "schedule={cosineRestarts: 8}", "checkpoints={steps: 4, keep: 100}",
            stepsPerSecond: "40")
        let found = try await evaluate("run", "--snapshots")
        let members = try #require(found["members"] as? [[String: Any]])
        // A slow disk may have kept fewer of them.
        let files = scratch.names(in: "run/checkpoints")
        let kept = [8, 16, 24, 32].filter { step in
            files.contains { $0.hasPrefix("step-\(String(step + 1_000_000_000).dropFirst())-") }
        }
        #expect(members.map { $0["weights"] as? String } == kept.map { "step \($0)" })
        #expect(found["averaged"] as? Int == kept.count)
    }

    @Test func `other data of the run's kind is prepared as the run's own`() async throws {
        try scratch.write("table.csv", "x,y\n" + (0..<40).map { "\($0),\(2 * $0 + 1)\n" }.joined())
        try scratch.write("other.csv", "x,y\n" + (0..<9).map { "\($0 * 3),\(6 * $0 + 1)\n" }.joined())
        try scratch.write("wide.csv", "x,z,y\n1,2,3\n")
        try await train(
            "run",
            """
            {
              data: { csv: { file: "table.csv", task: "regression" } }, preprocessing: ["standardize"],
              model: [{ linear: 1 }], loss: "mse", optimizer: { sgd: { learningRate: 0.3 } }, epochs: 60, seed: 1,
            }
            """)
        let found = try await evaluate("run", "--data", "other.csv", "--weights", "last")
        let figures = try #require(found["regression"] as? [String: Any])
        #expect(found["examples"] as? Int == 9)
        #expect(try #require(figures["r2"] as? Double) > 0.999)
        for file in ["table.csv", "other.csv"] {
            let before = try scratch.bytes(file)
            let spared = try await Program.run(
                ["evaluate", "run", "--data", "other.csv", "--predictions", file, "--overwrite"], in: scratch)
            #expect(spared.code == 2, "\(spared.errors)")
            #expect(try scratch.bytes(file) == before)
        }
        let nothing = try await Program.run("evaluate", "run", in: scratch)
        #expect(nothing.code == 2)
        #expect(nothing.errors.contains("holds no examples out"))
        let none = try await Program.run("evaluate", "run", "--data", "absent.csv", in: scratch)
        #expect(none.code == 2)
        #expect(none.errorLines.count == 2)
    }

    @Test(arguments: [
        (["nowhere"], "nowhere"), (["."], "no run directory"), ([], "which run?"),
        (["run", "--weights", "777"], "keeps no checkpoint 777"), (["run", "--data", "x"], "is made, not read"),
        (["run", "other"], "predicts 3 classes, and run 4 classes"),
        (["run", "--set", "epochs=3"], "all else is as the run had it"),
        (["run", "--augment"], "views are of pictures"), (["run", "--predictions", "x.txt"], "ends in .csv or .npy"),
        (["run", "--set", "data.blobs.classes=6"], "the run knows the classes 0...3"),
    ])
    func `what cannot be is one line and exit code 2`(arguments: [String], words: String) async throws {
        try await train("run", Configs.points)
        try await train(
            "other",
            Configs.points.replacing("classes: 4", with: "classes: 3").replacing("linear: 4", with: "linear: 3"))
        let outcome = try await Program.run(["evaluate"] + arguments, in: scratch)
        #expect(outcome.code == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(outcome.errorLines.count == 2)
    }
}
