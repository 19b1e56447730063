import Commands
import Testing

/// A million of them: `sitter bench fuzz`.
@Suite("Random keys, mouse events, resizes, pastes and garbage")
struct InputFuzzTests {
    @Test(.timeLimit(.minutes(5)), arguments: 1...4)
    func neverCrashNorHang(seed: UInt64) {
        let outcome = InputFuzz(count: 24_000, seed: seed).direct()
        #expect(outcome.events > 24_000 && outcome.frames > 300)
        // The whole house was visited.
        #expect(outcome.commands > 10 && outcome.exits > 0 && outcome.exports > 0 && outcome.themes > 0)
        #expect(outcome.longest < 5)
    }

    @Test(.timeLimit(.minutes(5)))
    func leaveARealTerminalAsItWas() throws {
        let (isRestored, exits) = try InputFuzz(count: 8_000, seed: 5).onTerminal()
        #expect(isRestored && exits > 0)
    }
}
