import Cells

extension CellBuffer {
    /// The screen as a text with SGR sequences (ECMA-48 8.3.117), for `cat` to show it in its colours.
    var ansi: String {
        var text = ""
        for y in 0..<height {
            var style = Style.plain
            for x in 0..<width {
                let cell = self[x, y]
                if cell.style != style {
                    text += Self.sequence(cell.style)
                    style = cell.style
                }
                text.unicodeScalars.append(cell.glyph)
            }
            text += style == .plain ? "\n" : "\u{1B}[m\n"
        }
        return text
    }

    private static func sequence(_ style: Style) -> String {
        var codes = ["0"]
        for (attribute, code) in [
            (Style.Attributes.bold, "1"), (.dim, "2"), (.underline, "4"), (.reverse, "7"),
        ] where style.attributes.contains(attribute) { codes.append(code) }
        codes += codesOf(style.foreground, 38) + codesOf(style.background, 48)
        return "\u{1B}[\(codes.joined(separator: ";"))m"
    }

    private static func codesOf(_ color: Color, _ base: Int) -> [String] {
        switch color {
        case .terminalDefault: []
        case .indexed(let index): ["\(base);5;\(index)"]
        case .rgb(let red, let green, let blue): ["\(base);2;\(red);\(green);\(blue)"]
        }
    }
}
