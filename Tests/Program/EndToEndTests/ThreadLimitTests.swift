import Foundation
import TestSupport
import Testing

/// `ulimit -u`, which does not bind root: the program runs as somebody else.
@Suite struct ThreadLimitTests {
    let scratch = ScratchFolder()

    /// The limit counts all processes of a user, so that each test has one of its own.
    private static func become(_ user: Int) -> String { "setpriv --reuid=\(user) --regid=65534 --clear-groups" }

    /// Whether the tests may become somebody else, who may run the program.
    static let canBecomeAnother: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "\(become(61_000)) test -x '\(Program.path)' 2>/dev/null && prlimit --version >/dev/null",
        ]
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    @Test(.enabled(if: canBecomeAnother), arguments: 1...5, ["", "--run run"])
    func `too few threads are one line, nothing is left, and nothing hangs`(limit: Int, options: String) async throws {
        try scratch.write("points.json5", Configs.points)
        #expect(chmod(scratch.path, 0o777) == 0)
        let user = 61_000 + 2 * limit + (options.isEmpty ? 0 : 1)
        let process = try RunningProgram(
            [
                "-c",
                "exec prlimit --nproc=\(limit):\(limit) \(Self.become(user)) \"$0\" train points.json5 --headless --set threads=3 "
                    + options, Program.path,
            ], in: scratch, environment: ["OPENBLAS_NUM_THREADS": nil], program: "/bin/sh")
        let outcome = try await process.outcome()
        #expect(outcome.code == 1)
        #expect(outcome.errors.hasPrefix("sitter: ") && outcome.errorLines.count == 2, "\(outcome.errors)")
        #expect(outcome.errors.contains("threads are needed") && outcome.errors.contains("ulimit -u"))
        #expect(scratch.names() == ["points.json5"])
    }
}
