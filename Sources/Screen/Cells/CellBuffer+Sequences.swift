extension CellBuffer {
    /// The rows as text with the escape sequences of their colours and attributes (ECMA-48 SGR), for a terminal that is written to line
    /// by line; trailing spaces dropped, each row ends plain.
    package var textWithColors: String {
        (0..<height).map { row in
            let cells = cells[row * width..<(row + 1) * width].filter { $0.glyph != Cell.secondHalf }
            let end = cells.lastIndex { $0.glyph != " " || $0.style.background != .terminalDefault }.map { $0 + 1 } ?? 0
            var (line, last) = ("", Style.plain)
            for cell in cells[..<end] {
                if cell.style != last {
                    line += cell.style.sequence
                    last = cell.style
                }
                line.unicodeScalars.append(cell.glyph)
            }
            return last == .plain ? line : line + Style.plain.sequence
        }.joined(separator: "\n")
    }
}

extension Style {
    /// What switches a terminal from any style to this one.
    fileprivate var sequence: String {
        var numbers = ["0"]
        if attributes.contains(.bold) { numbers.append("1") }
        if attributes.contains(.dim) { numbers.append("2") }
        if attributes.contains(.underline) { numbers.append("4") }
        if attributes.contains(.reverse) { numbers.append("7") }
        numbers += foreground.numbers(base: 30) + background.numbers(base: 40)
        return "\u{1B}[\(numbers.joined(separator: ";"))m"
    }
}

extension Color {
    /// - Parameter base: 30 for what is drawn, 40 for what lies behind it.
    fileprivate func numbers(base: Int) -> [String] {
        switch self {
        case .terminalDefault: []
        case .indexed(let index) where index < 8: ["\(base + Int(index))"]
        case .indexed(let index) where index < 16: ["\(base + 52 + Int(index))"]
        case .indexed(let index): ["\(base + 8)", "5", "\(index)"]
        case .rgb(let red, let green, let blue): ["\(base + 8)", "2", "\(red)", "\(green)", "\(blue)"]
        }
    }
}
