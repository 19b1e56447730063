import Foundation
import TestSupport
import Testing

/// What may not be meant is said before the first step, and what no text leads to is refused.
@Suite struct StartWarningTests {
    let scratch = ScratchFolder()

    private static let config =
        "{ data: { csv: \"t.csv\" }, model: [{ linear: 2 }], epochs: 2, batchSize: 8, threads: 1 }"

    @Test func `a line each on the standard error, the run goes on`() async throws {
        try scratch.write("t.csv", (0..<40).map { "\($0 * 7 % 41).5,\($0 * 5 % 37).25,\($0 % 2)\n" }.joined())
        try scratch.write("c.json5", Self.config)
        let outcome = try await Program.run("train", "c.json5", "--headless", in: scratch)
        #expect(outcome.code == 0 && outcome.output.contains("done at step 10 of 10"))
        #expect(
            outcome.errors
                == "sitter: t.csv: line 1 looks like data (0.5, 0.25, 0), and is taken for the names of the columns; header: "
                + "false makes it an example\n")
        let described = try await Program.run("describe", "c.json5", in: scratch)
        #expect(described.code == 0 && described.errors == outcome.errors)
    }

    @Test func `a run that is trained again on other data says so`() async throws {
        func table(_ last: Int) -> String {
            "x,y,kind\n" + (0..<40).map { "\($0 * 7 % 41).5,\($0 * 5 % 37).25,\($0 < 39 ? $0 % 2 : last)\n" }.joined()
        }
        try scratch.write("t.csv", table(1))
        try scratch.write("c.json5", Self.config)
        #expect(try await Program.run("train", "c.json5", "--headless", "--run", "r", in: scratch).errors.isEmpty)
        #expect(try await Program.run("train", "r/config.json", "--headless", in: scratch).errors.isEmpty)
        try scratch.write("t.csv", table(0))
        let again = try await Program.run("train", "r/config.json", "--headless", in: scratch)
        #expect(again.code == 0 && again.errors.contains("t.csv: is not the file that the recorded run had"))
    }
}
