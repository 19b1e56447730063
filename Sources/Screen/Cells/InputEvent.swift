/// One thing a person (or the terminal) sent, already told apart from escape sequences.
package enum InputEvent: Hashable, Sendable {
    case key(Key)
    case mouse(Mouse)
    /// Text pasted in brackets, never steering, only filling prompts; lines end in `\n`, no other control characters but tabs.
    case paste(String)
    /// The terminal's window got or lost the keyboard.
    case focus(gained: Bool)
    /// An escape sequence or a key that means nothing here, swallowed whole.
    case ignored

    /// A key that was pressed, with what Shift makes of it.
    package enum Key: Hashable, Sendable {
        case character(Character)
        case enter, escape, tab, backTab, backspace, delete
        case up, down, left, right, home, end, pageUp, pageDown
        /// Ctrl with a lower-case letter.
        case control(Character)
    }

    /// A turn of the mouse, and the cell it happened over.
    package struct Mouse: Hashable, Sendable {
        /// What the left button or the wheel did; other buttons are `ignored` events.
        package enum Kind: Hashable, Sendable { case press, release, drag, wheelUp, wheelDown }
        /// What was done.
        package var kind: Kind
        /// Column from 0.
        package var x: Int
        /// Row from 0.
        package var y: Int

        package init(kind: Kind, x: Int, y: Int) {
            self.kind = kind
            self.x = x
            self.y = y
        }
    }
}
