import Cells
import Charts
import History
import Themes

/// What all views draw with: the frame's buffer, the colours and glyphs of the terminal, the state and where everything lies.
struct Pen {
    var buffer: CellBuffer
    let state: DashboardState
    let layout: ScreenLayout
    let palette: Palette
    let glyphs: GlyphSet

    var isASCII: Bool { glyphs.isASCII }
    var size: Size { buffer.size }
    /// The run as the view shows it, which stands still while frozen.
    var run: RunHistory { state.run.history }
    /// The run as it is now.
    var live: RunHistory { state.run.live }

    /// Share of the planned updates that are done, 0...1.
    var progress: Double {
        let total = live.description.totalSteps
        return total > 0 ? min(1, Double(live.status.position.step) / Double(total)) : 0
    }

    /// Writes text in a role, clipped to `limit` columns.
    /// - Returns: the column after the last one written.
    @discardableResult
    mutating func write(_ text: String, x: Int, y: Int, _ role: ColorRole = .text, limit: Int = .max) -> Int {
        buffer.write(shown(text), x: x, y: y, style: palette[role], limit: limit)
    }

    /// Writes text so that it ends just before `endX`.
    @discardableResult
    mutating func write(_ text: String, endX: Int, y: Int, _ role: ColorRole = .text) -> Int {
        buffer.write(shown(text), endX: endX, y: y, style: palette[role])
    }

    /// Writes spans one after the other.
    /// - Returns: the column after the last one written.
    @discardableResult
    mutating func write(_ spans: [Span], x: Int, y: Int, limit: Int = .max) -> Int {
        var column = x
        for span in spans {
            let left = limit == .max ? Int.max : max(0, limit - (column - x))
            column = write(span.text, x: column, y: y, span.role, limit: left)
        }
        return column
    }

    /// Writes spans so that the last one ends just before `endX`.
    @discardableResult
    mutating func write(_ spans: [Span], endX: Int, y: Int) -> Int {
        let start = endX - width(of: spans)
        write(spans, x: start, y: y)
        return start
    }

    mutating func put(_ glyph: Unicode.Scalar, x: Int, y: Int, _ role: ColorRole) {
        buffer[x, y] = Cell(glyph, palette[role])
    }

    /// Columns that spans take.
    func width(of spans: [Span]) -> Int { spans.reduce(0) { $0 + displayWidth(shown($1.text)) } }

    /// Text as this terminal can show it, cut to a number of columns.
    func clip(_ text: String, to width: Int) -> String {
        isASCII ? clipped(asciiText(text), to: width, mark: ".") : clipped(text, to: width)
    }

    /// Text as this terminal can show it.
    func shown(_ text: String) -> String { isASCII ? asciiText(text) : text }
}

/// Text with the stand-ins of plain ASCII for the dashboard's glyphs.
func asciiText(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    var plain = ""
    for scalar in text.unicodeScalars {
        if scalar == "…" { plain += "..." } else { plain.unicodeScalars.append(asciiGlyph(scalar)) }
    }
    return plain
}

/// The one-column stand-in of a glyph in plain ASCII.
func asciiGlyph(_ glyph: Unicode.Scalar) -> Unicode.Scalar {
    if glyph.value < 0x80 { return glyph }
    switch glyph {
    case "─", "–", "—", "⠤", "━", "−": return "-"
    case "│", "▏": return "|"
    case "╭", "╮", "╰", "╯", "├", "┤", "┬", "┴", "┼", "┿", "▴": return "+"
    case "▸", "→", "╸", "›": return ">"
    case "◂", "←", "‹": return "<"
    case "▾", "↓": return "v"
    case "↑": return "^"
    case "○": return "o"
    case "●": return "@"
    case "◆": return "*"
    case "▲": return "!"
    case "×": return "x"
    case "÷": return "/"
    case "┊": return ":"
    case "·", "…", "⠂", "⠄": return "."
    case "█", "▇", "▀", "▄": return "#"
    default: return "?"
    }
}
