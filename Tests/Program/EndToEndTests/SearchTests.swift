import Foundation
import TestSupport
import Testing

/// Searches in processes of their own.
@Suite struct SearchTests {
    let scratch = ScratchFolder()

    private static let config = """
        {
          data: { digits: 1200 }, validation: { fraction: 0.25 },
          model: ["flatten", { linear: { choice: [16, 32] } }, "relu", { linear: 10 }],
          optimizer: { sgd: { learningRate: { logUniform: [1e-4, 30] } } },
          epochs: 6, batchSize: 8, seed: 4, checkpoints: { minutes: 0.002 }, search: { trials: 9, rounds: 2 },
        }
        """

    init() throws { try scratch.write("ranges.json5", Self.config) }

    private func answer(_ outcome: Program.Outcome) throws -> [String: Any] {
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    /// What of each trial is determined.
    private func trials(_ answer: [String: Any]) throws -> [String] {
        try #require(answer["trials"] as? [[String: Any]]).map { trial in
            let keys = ["trial", "round", "state", "accuracy", "meanLoss", "values"]
            let told = try JSONSerialization.data(
                withJSONObject: trial.filter { keys.contains($0.key) }, options: .sortedKeys)
            return String(decoding: told, as: UTF8.self)
        }
    }

    private func search(_ folder: String, _ more: String...) async throws -> Program.Outcome {
        try await Program.run(["search", "ranges.json5", "--dir", folder, "--json"] + more, in: scratch)
    }

    @Test func `the same seed makes the same trials in one process and in three`() async throws {
        let one = try answer(await search("one", "--jobs", "1"))
        let three = try answer(await search("three", "--jobs", "3"))
        #expect(try trials(one) == trials(three) && trials(one).count == 9)
        let other = try answer(await search("other", "--seed", "5"))
        #expect(try trials(one) != trials(other))
    }

    @Test func `a killed search goes on and comes to what one comes to that was not`() async throws {
        let whole = try trials(answer(await search("whole")))
        for pause in [150, 400, 700] {
            let process = try RunningProgram(
                ["search", "ranges.json5", "--dir", "killed", "--json"], in: scratch)
            try await Task.sleep(for: .milliseconds(pause))
            process.send(SIGKILL)
            _ = try await process.outcome()
        }
        #expect(try trials(answer(await search("killed"))) == whole)
        let ends = try scratch.text("killed/trials.ndjson").matches(of: /"event":"end","trial":(\d+)/).map(\.1)
        // A trial that was found hopeless right before a kill is not taken up again to be stopped.
        #expect(Set(ends).count == ends.count, "no run ends twice")
    }

    @Test func `an interrupted search saves its runs, says how to go on, and does`() async throws {
        let words = [
            "search", "ranges.json5", "--dir", "left", "--headless", "--reduction", "1", "--epochs", "1000000",
        ]
        let process = try RunningProgram(words, in: scratch)
        func hasRuns(_ event: String) -> Bool {
            [0, 1].allSatisfy { run in
                (try? scratch.text("left/trial-00\(run)/journal.ndjson"))?.contains("\"event\":\"\(event)\"") == true
            }
        }
        try await eventually("two runs") { hasRuns("checkpoint") ? true : nil }
        let other = try await Program.run(words, in: scratch)
        #expect(other.code == 2 && other.errors.contains("another process searches there"))
        process.send(SIGINT)
        let outcome = try await process.outcome()
        #expect(outcome.code == 130 && outcome.output.contains("sitter search --resume left goes on"))
        #expect(hasRuns("end"), "their ends are written: interrupted")
        let resumed = try RunningProgram(["search", "--resume", "left", "--headless"], in: scratch)
        try await eventually("the runs to go on") { hasRuns("resume") ? true : nil }
        resumed.send(SIGTERM)
        #expect(try await resumed.outcome().code == 143)
    }

    @Test func `every trial is a run, and the best one's config can be trained`() async throws {
        let answer = try answer(await search("all", "--trials", "4", "--rounds", "1"))
        let runs = try await Program.run(["runs", "all", "--json"], in: scratch)
        #expect(runs.output.split(separator: "\n").count == 4)
        let best = try #require(answer["config"] as? String)
        #expect(try await Program.run(["train", best, "--headless", "--set", "epochs=1"], in: scratch).code == 0)
    }

    @Test func `folds are runs of their own, and their spread is told`() async throws {
        let answer = try answer(await search("folds", "--folds", "3", "--trials", "2", "--epochs", "1"))
        let trials = try #require(answer["trials"] as? [[String: Any]])
        #expect(trials.allSatisfy { ($0["runs"] as? [String])?.count == 3 })
        #expect((answer["best"] as? [String: Any])?["spread"] as? Double ?? -1 >= 0)
        #expect(scratch.names(in: "folds").contains("trial-001-fold-2"))
    }
}
