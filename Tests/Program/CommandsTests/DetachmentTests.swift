import Commands
import Testing

/// What is made of the process that takes a run up.
@Suite struct DetachmentTests {
    private func verdict(_ change: (inout Detachment.Look) -> Void) -> Detachment.Verdict? {
        var look = Detachment.Look()
        change(&look)
        return look.verdict
    }

    @Test func `a process that has made the rest of the run did go on`() {
        #expect(verdict { $0.exitCode = 0 } == .ended)
        #expect(verdict { $0.exitCode = 2 } == .failed)
    }

    @Test func `it is waited for until it answers`() {
        #expect(verdict { _ in } == nil)
        #expect(verdict { $0.hasClaim = true } == nil)
        #expect(verdict { $0.answers = true } == .goesOn)
    }

    @Test func `a signal ends the waiting, and so does time`() {
        #expect(verdict { $0.isInterrupted = true } == .late)
        #expect(verdict { ($0.isInterrupted, $0.hasClaim) = (true, true) } == .goesOn)
        #expect(verdict { ($0.seconds, $0.hasClaim) = (Detachment.patience + 1, true) } == .goesOn)
    }
}
