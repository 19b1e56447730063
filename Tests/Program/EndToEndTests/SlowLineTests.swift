import Foundation
import TestSupport
import Testing

/// A terminal on a line of 9,600 baud: 960 bytes a second and no more.
@Suite struct SlowLineTests {
    let scratch = ScratchFolder()

    private func steps() -> Int { ((try? scratch.text("log")) ?? "").count(of: "\"event\":\"step\"") }

    /// What the run was told, oldest first.
    private func commands() throws -> [String] {
        try Log(scratch.text("log")).events("command").compactMap { $0["command"] as? String }
    }

    @Test func `keys are answered and the trainer goes on`() async throws {
        try scratch.write("endless.json5", Configs.endless)
        let terminal = WatchedTerminal(width: 80, height: 24, speed: B9600, pace: .bytesPerSecond(960))
        let program = try RunningProgram(
            ["train", "endless.json5", "--log", "log"], in: scratch,
            environment: ["TERM": "vt100", "COLORTERM": nil, "LC_ALL": "C.UTF-8", "TMUX": nil, "NO_COLOR": nil],
            terminal: terminal.device)

        // The whole screen is some thousand bytes; a key pressed meanwhile does not wait for all of them.
        _ = try await terminal.bytes(until: "endless", after: 0)
        var start = terminal.count
        terminal.type("?")
        let help = try await terminal.bytes(until: "pause", after: start)
        #expect(help < 1_500, "the help began after \(help) bytes")
        terminal.type("\u{1B}")
        _ = try await terminal.bytes(until: "accuracy", after: terminal.count)

        // In the midst of a run whose every frame differs. A steering key waits 0.4 s, some 400 bytes, by itself.
        let before = steps()
        start = terminal.count
        terminal.type(" ")
        let pause = try await terminal.bytes(until: "paused", after: start)
        #expect(pause < 1_500, "the pause was seen after \(pause) bytes")
        #expect(steps() > before, "the trainer went on until then")
        #expect(try commands() == ["pause"])
        terminal.type(" ")
        try await eventually("training again") { try commands() == ["pause", "resume"] ? true : nil }

        // A line that takes nothing at all stops nobody: neither the trainer nor the keys.
        terminal.read(at: .standstill)
        // What is being read at this moment still is.
        try await Task.sleep(for: .milliseconds(100))
        let standing = (bytes: terminal.count, steps: steps())
        try await eventually("300 steps more") { steps() > standing.steps + 300 ? true : nil }
        terminal.type(" ")
        try await eventually("the second pause") { try commands().count == 3 ? true : nil }
        #expect(terminal.count == standing.bytes)

        terminal.read(at: .unlimited)
        program.send(SIGTERM)
        let outcome = try await program.outcome()
        #expect(outcome.code == 143)
        #expect(Log(try scratch.text("log")).end?["reason"] as? String == "interrupted")
    }
}

extension String {
    fileprivate func count(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
