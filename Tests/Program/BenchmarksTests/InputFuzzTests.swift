import Benchmarks
import TestSupport
import Testing

/// A million of them: `sitter bench fuzz`.
@Suite("Random keys, mouse events, resizes, pastes and garbage")
struct InputFuzzTests {
    @Test(.timeLimit(.minutes(5)), arguments: 1...4)
    func `never crash nor hang`(seed: UInt64) {
        let folder = ScratchFolder()
        let outcome = InputFuzz(count: 24_000, seed: seed).direct(exportsIn: folder.path)
        #expect(outcome.events > 24_000 && outcome.frames > 300)
        #expect(outcome.missed == [], "every screen, prompt and sheet is reached")
        #expect(outcome.commands > 10)
        #expect(outcome.longest < 2)
    }

    @Test(.timeLimit(.minutes(5)))
    func `leave a real terminal as it was`() throws {
        let (isRestored, exits) = try InputFuzz(count: 8_000, seed: 5).onTerminal()
        #expect(isRestored && exits > 0)
    }
}
