extension CellBuffer {
    /// Writes text from a place to the right, clipped to `limit` columns and to the buffer.
    ///
    /// Text is shown through `displayScalars(_:)`: a wide letter takes two cells, control characters and emoji become
    /// stand-ins, combining marks are dropped. Of a wide letter that is cut in two a dot is left.
    /// - Returns: the column after the last one written.
    @discardableResult
    package mutating func write(_ text: String, x: Int, y: Int, style: Style, limit: Int = .max) -> Int {
        if let end = writeASCII(text, x: x, y: y, style: style, limit: limit) { return end }
        var column = x
        var left = limit
        for scalar in displayScalars(text) {
            guard left > 0 else { break }
            if scalar.isWide { hasWideLetters = true }
            self[column, y] = Cell(left == 1 && scalar.isWide ? "·" : scalar, style)
            column += 1
            left -= 1
        }
        return column
    }

    /// Writes text that needs no stand-ins; nil, and nothing written, where some of it does.
    private mutating func writeASCII(_ text: String, x: Int, y: Int, style: Style, limit: Int) -> Int? {
        text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
            for byte in bytes where byte < 0x20 || byte >= 0x7F { return nil }
            let end = x + Swift.max(0, Swift.min(bytes.count, limit))
            guard y >= 0, y < size.height else { return end }
            let row = y * size.width
            var column = Swift.max(0, x)
            let last = Swift.min(end, size.width)
            while column < last {
                cells[row + column] = Cell(Unicode.Scalar(bytes[column - x]), style)
                column += 1
            }
            return end
        } ?? nil
    }

    /// Writes text so that it ends just before `endX`.
    /// - Returns: the column where it began.
    @discardableResult
    package mutating func write(_ text: String, endX: Int, y: Int, style: Style) -> Int {
        let start = endX - displayWidth(text)
        write(text, x: start, y: y, style: style)
        return start
    }

    /// Puts a stand-in where something has been written over one half of a wide letter, or an edge cuts it.
    package mutating func mendHalves() {
        guard hasWideLetters else { return }
        for row in 0..<height {
            let start = row * width
            var isOpen = false
            for index in start..<start + width {
                let glyph = cells[index].glyph
                if isOpen != (glyph == Cell.secondHalf) { cells[isOpen ? index - 1 : index].glyph = "·" }
                isOpen = glyph.isWide
            }
            if isOpen { cells[start + width - 1].glyph = "·" }
        }
    }

    /// The rows as text, trailing spaces dropped: what tests compare and what export writes.
    package var text: String {
        (0..<height).map { row in
            var line = String.UnicodeScalarView()
            line.append(
                contentsOf: cells[row * width..<(row + 1) * width].lazy.map(\.glyph).filter { $0 != Cell.secondHalf })
            while line.last == " " { line.removeLast() }
            return String(line)
        }.joined(separator: "\n")
    }
}
