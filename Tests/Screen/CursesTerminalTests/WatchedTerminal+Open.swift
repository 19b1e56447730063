import Cells
import CursesTerminal
import TestSupport

extension WatchedTerminal {
    /// The screen on it.
    func open(colors: ColorDepth = .trueColor, name: String = "xterm-256color") throws -> Terminal {
        try Terminal(
            .descriptors(input: line, output: line),
            capabilities: TerminalCapabilities(name: name, colors: colors, glyphs: .unicode))
    }
}
