import Cells

/// One thing that happened at the terminal.
package enum TerminalEvent: Hashable, Sendable {
    case input(InputEvent)
    /// The terminal has another size now, or says again which it has; the next frame is drawn whole.
    case resized(Size)
    /// Nobody is at the other end any more; no other event follows.
    case endOfInput
}
