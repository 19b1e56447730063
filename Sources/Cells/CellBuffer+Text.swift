extension CellBuffer {
    /// Writes text from a place to the right, clipped to `limit` columns and to the buffer.
    ///
    /// Text is shown through `displayText(_:)`: control characters and glyphs wider than one column become `?`-like
    /// stand-ins, combining marks are dropped, so that one scalar is one column.
    /// - Returns: the column after the last one written.
    @discardableResult
    package mutating func write(_ text: String, x: Int, y: Int, style: Style, limit: Int = .max) -> Int {
        var column = x
        var left = limit
        for scalar in displayScalars(text) {
            guard left > 0 else { break }
            self[column, y] = Cell(scalar, style)
            column += 1
            left -= 1
        }
        return column
    }

    /// Writes text so that it ends just before `endX`.
    /// - Returns: the column where it began.
    @discardableResult
    package mutating func write(_ text: String, endX: Int, y: Int, style: Style) -> Int {
        let start = endX - displayWidth(text)
        write(text, x: start, y: y, style: style)
        return start
    }

    /// The rows as text, trailing spaces dropped: what tests compare and what export writes.
    package var text: String {
        (0..<height).map { row in
            var line = String.UnicodeScalarView()
            line.append(contentsOf: cells[row * width..<(row + 1) * width].lazy.map(\.glyph))
            while line.last == " " { line.removeLast() }
            return String(line)
        }.joined(separator: "\n")
    }
}
