import Cells
import CursesTerminal
import Foundation
import Themes

/// What the standard output shows of glyphs and colours, for commands that print and go.
struct PlainScreen {
    let palette: Palette
    let glyphs: GlyphSet
    let width: Int

    /// The terminal where there is one; else no colours, and 80 columns.
    init() {
        let environment = ProcessInfo.processInfo.environment
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let found = TerminalCapabilities.detect(environment: environment)
        let hasColors = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty
        palette = Palette(theme: .sitterDark, depth: hasColors ? found?.colors ?? .mono : .mono)
        glyphs = found?.glyphs ?? (isTerminal ? .ascii : .unicode)
        var size = winsize()
        let columns = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 80
        width = min(120, max(40, columns))
        isPlain = !isTerminal
    }

    private let isPlain: Bool

    /// What was drawn, ready to be printed: on the terminal's own background.
    func text(of buffer: CellBuffer) -> String {
        guard !isPlain else { return buffer.text }
        var buffer = buffer
        buffer.restyle(buffer.bounds) { $0.on(.terminalDefault) }
        return buffer.textWithColors
    }

    /// Words in the colour of a role, where there are colours.
    func colored(_ text: String, _ role: ColorRole) -> String {
        guard !isPlain else { return text }
        var buffer = CellBuffer(size: Size(width: displayWidth(text), height: 1))
        buffer.write(text, x: 0, y: 0, style: palette[role].on(.terminalDefault))
        return buffer.textWithColors
    }
}
