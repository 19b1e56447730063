import CNcurses

/// The sequences beyond terminfo that switch mouse, paste and focus reports on and off, and what undoes everything.
struct ModeSequences {
    let on: String
    let off: String
    /// What the mouse needs of them.
    let mouseOn: String
    let mouseOff: String
    /// Whether the terminal has a window title that `OSC 2` sets.
    let hasTitle: Bool
    /// All that a crash has to undo.
    let reset: String

    /// For the current ncurses screen.
    init(name: String) {
        // Terminals without a mouse (vt100) may print these; the Linux console has its mouse from elsewhere.
        let isXterm = curses_string_capability("kmous") != nil && !name.hasPrefix("linux")
        hasTitle = isXterm
        // Buttons, drags, SGR coordinates; focus; bracketed paste; the title kept on the terminal's own stack.
        mouseOn = isXterm ? "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h" : ""
        mouseOff = isXterm ? "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l" : ""
        on = isXterm ? "\u{1B}[22;2t\(mouseOn)\u{1B}[?1004h\u{1B}[?2004h" : ""
        off = isXterm ? "\u{1B}[?2004l\u{1B}[?1004l\(mouseOff)\u{1B}[23;2t" : ""
        // ST first: the crash may have cut a string in two.
        let capabilities = ["sgr0", "op", "cnorm", "rmcup"].map(Self.capability)
        reset = (isXterm ? "\u{1B}\\" : "") + off + capabilities.joined()
    }

    /// A terminfo string without its padding marks (`$<5>`).
    private static func capability(_ name: String) -> String {
        guard let pointer = curses_string_capability(name) else { return "" }
        return String(cString: pointer).replacing(/\$<[0-9.]+[*\/]*>/, with: "")
    }
}
