/// Text with the stand-ins of plain ASCII for the dashboard's glyphs.
func asciiText(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    var plain = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "…": plain += "..."
        case "±": plain += "+-"
        default: plain.unicodeScalars.append(asciiGlyph(scalar))
        }
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
    case "◂", "←", "‹", "≤": return "<"
    case "“", "”": return "\""
    case "▾", "↓": return "v"
    case "↑": return "^"
    case "○": return "o"
    case "●": return "@"
    case "◆": return "*"
    case "■": return "="
    case "▲": return "!"
    case "×": return "x"
    case "µ": return "u"
    case "÷": return "/"
    case "┊": return ":"
    case "·", "…", "⠂", "⠄": return "."
    case "█", "▇", "▀", "▄": return "#"
    default: return "?"
    }
}
