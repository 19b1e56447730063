import Foundation
import Machine

/// A line on the standard error that says how far a long piece of work is, while somebody sits at the terminal.
final class WaitingLine {
    private let what: String
    private let isShown = isatty(STDERR_FILENO) == 1
    private var shown = -Double.infinity

    init(_ what: String) { self.what = what }

    /// Says how much is done, 0...1, a few times a second.
    func show(_ share: Double) {
        let now = MonotonicClock.seconds
        guard isShown, now - shown > 0.2 else { return }
        shown = now
        FileHandle.standardError.say("\r\(what) \(Int(share * 100)) % \u{1B}[K")
    }

    /// Says what is being done, in place of a share.
    func show(_ words: String) {
        guard isShown else { return }
        FileHandle.standardError.say("\r\(what): \(words) \u{1B}[K")
    }

    /// Takes the line away.
    func clear() { if isShown { FileHandle.standardError.say("\r\u{1B}[K") } }
}
