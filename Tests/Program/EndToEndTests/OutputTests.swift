import Foundation
import TestSupport
import Testing

/// What a run writes costs nobody a file, and is whole or said not to be.
@Suite struct OutputTests {
    let scratch = ScratchFolder()

    init() throws {
        try scratch.write("points.json5", Configs.points)
        try scratch.write("table.json5", Self.table)
        try scratch.write("habits.json5", "{}")
        try scratch.write("mine.theme", "theme[main_bg]=\"#000000\"\n")
        try scratch.write("script.ndjson", "{\"step\":3,\"pause\":false}\n")
        try scratch.write("train.csv", Self.rows)
        try scratch.write("check.csv", Self.rows)
    }

    private static let table = """
        {
          name: "table", data: { csv: { file: "train.csv", validationFile: "check.csv" } }, model: [{ linear: 2 }],
          optimizer: { sgd: { learningRate: 0.1 } }, epochs: 2, batchSize: 4, seed: 1,
        }
        """
    private static let rows = "x,y,class\n" + (0..<16).map { "\($0),\(16 - $0).5,\($0 % 2)\n" }.joined()

    @Test(arguments: ["table.json5", "train.csv", "check.csv", "habits.json5", "mine.theme"])
    func `the log is never written over a file that is read, whatever links to it`(_ name: String) async throws {
        try FileManager.default.linkItem(atPath: scratch / name, toPath: scratch / "hard")
        try FileManager.default.createSymbolicLink(atPath: scratch / "soft", withDestinationPath: "hard")
        let before = try scratch.bytes(name)
        for log in [name, "hard", "soft"] {
            let outcome = try await Program.run(
                "train", "table.json5", "--headless", "--settings", "habits.json5", "--theme", "./mine.theme", "--log",
                log,
                "--overwrite", in: scratch)
            #expect(outcome.code == 2)
            #expect(outcome.errors.contains("--log \(log): this file is read") && outcome.errorLines.count == 2)
        }
        #expect(try scratch.bytes(name) == before)
    }

    @Test(
        arguments: [
            "r/journal.ndjson", "r/../r/journal.ndjson", "./r//config.json", "r/checkpoints/../checkpoints/log",
            "new/../r/checkpoints/log", "r/events.out.tfevents.1", "alias/journal.ndjson", "hidden",
        ])
    func `the log is never a file of the run's own folder, however it is written`(_ log: String) async throws {
        let files = FileManager.default
        try files.createSymbolicLink(atPath: scratch / "alias", withDestinationPath: "./r")
        try files.createSymbolicLink(atPath: scratch / "hidden", withDestinationPath: "alias/journal.ndjson")
        for log in [log, scratch / log] {
            let outcome = try await Program.run(
                "train", "points.json5", "--headless", "--run", "r", "--log", log, in: scratch)
            #expect(outcome.code == 2)
            #expect(outcome.errors.contains("--log \(log): the run writes this file itself"), "\(outcome.errors)")
        }
        #expect(!files.fileExists(atPath: scratch / "r"), "nothing was made for it")
    }

    @Test func `of runs that begin at once with one folder one trains, and the others say so`() async throws {
        let runs = try (0..<3).map { _ in
            try RunningProgram(["train", "points.json5", "--headless", "--run", "run"], in: scratch)
        }
        var codes: [Int32] = []
        for run in runs { codes.append(try await run.outcome().code) }
        #expect(codes.sorted() == [0, 2, 2])
        #expect(scratch.names(in: "run").count == 6)
        #expect(scratch.names(in: "run/checkpoints").count { !$0.hasPrefix("step-") } == 2)
    }

    @Test func `files that ended early make the exit code 1 and a line of the summary, and end with a whole line`()
        async throws
    {
        let run = try RunningProgram(
            ["-c", "ulimit -f 16; exec \"$0\" train points.json5 --headless --log log --set epochs=20", Program.path],
            in: scratch, program: "/bin/sh")
        let outcome = try await run.outcome()
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("\n  lost   the log is not whole: log: no file may be longer here"))
        let log = try scratch.text("log")
        #expect(log.utf8.count > 3000 && log.hasSuffix("}\n"))
    }

    @Test(arguments: ["--log log", "--log - >log"])
    func `a log goes on where there is room again, and lacks nothing`(log: String) async throws {
        let run = try RunningProgram(
            [
                "-c", "ulimit -S -f 8; exec \"$0\" train points.json5 --headless --set epochs=3000 --slow 6000 \(log)",
                Program.path,
            ],
            in: scratch, program: "/bin/sh")
        try await eventually("the end of the room") {
            (try? scratch.bytes("log").count).flatMap { $0 > 3000 ? true : nil }
        }
        let raise = try RunningProgram(
            ["--pid", "\(run.identifier)", "--fsize=unlimited:"], in: scratch, program: "prlimit")
        #expect(try await raise.outcome().code == 0)
        let outcome = try await run.outcome()
        #expect(outcome.code == 0)
        let steps = try Log(try scratch.text("log")).events("step").compactMap { $0["step"] as? Int }
        #expect(steps == Array(0..<24_000))
    }
}
