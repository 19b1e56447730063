/// One thing a person (or the terminal) sent, already told apart from escape sequences.
package enum InputEvent: Hashable, Sendable {
    case key(Key)
    case mouse(Mouse)
    /// Text pasted in brackets: never steers, only fills prompts.
    case paste(String)
    /// The terminal's window got or lost the focus.
    case focus
    /// An escape sequence that means nothing here, swallowed whole (replies and unknown keys included).
    case ignored

    package enum Key: Hashable, Sendable {
        case character(Character)
        case enter, escape, tab, backTab, backspace, delete
        case up, down, left, right, home, end, pageUp, pageDown
        /// Ctrl with a lower-case letter.
        case control(Character)
    }

    package struct Mouse: Hashable, Sendable {
        package enum Kind: Hashable, Sendable { case press, release, drag, wheelUp, wheelDown }
        package var kind: Kind
        package var x: Int
        package var y: Int

        package init(kind: Kind, x: Int, y: Int) {
            self.kind = kind
            self.x = x
            self.y = y
        }
    }
}
