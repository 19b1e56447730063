import Cells
import Charts
import Themes

/// Colours and glyphs of the terminal, and how words look in them.
struct Look {
    let palette: Palette
    let glyphs: GlyphSet

    var isASCII: Bool { glyphs.isASCII }

    /// Text as this terminal can show it.
    func shown(_ text: String) -> String { isASCII ? asciiText(text) : text }

    /// Text as this terminal can show it, cut to a number of columns.
    func clip(_ text: String, to width: Int) -> String {
        isASCII ? clipped(asciiText(text), to: width, mark: ".") : clipped(text, to: width)
    }

    /// Columns that spans take.
    func width(of spans: [Span]) -> Int { spans.reduce(0) { $0 + displayWidth(shown($1.text)) } }

    /// Spans with their styles, as a frame takes them.
    func runs(_ spans: [Span]) -> [(String, Style)] { spans.map { (shown($0.text), palette[$0.role]) } }
}
