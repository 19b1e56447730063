/// A screen as a value: rows of cells, drawn whole each frame. Writing outside of it is clipped, never an error.
@usableFromInline package struct CellBuffer: Hashable, Sendable {
    /// Columns and rows, fixed when the buffer is made.
    @usableFromInline package let size: Size
    /// Row by row, `size.width * size.height` of them.
    @usableFromInline package internal(set) var cells: [Cell]
    /// Whether any letter of two columns has been written.
    @usableFromInline var hasWideLetters = false

    /// A screen full of one cell. O(cells).
    package init(size: Size, filledWith cell: Cell = .blank) {
        self.size = size
        cells = Array(repeating: cell, count: size.width * size.height)
    }

    /// Columns.
    package var width: Int { size.width }
    /// Rows.
    package var height: Int { size.height }
    /// The whole buffer as a rectangle, from column and row 0.
    package var bounds: Rect { Rect(x: 0, y: 0, width: size.width, height: size.height) }

    /// The cell at a place; outside of the buffer reading gives a blank and writing does nothing.
    @inlinable package subscript(x: Int, y: Int) -> Cell {
        get {
            guard x >= 0, x < size.width, y >= 0, y < size.height else { return .blank }
            return cells[y * size.width + x]
        }
        set {
            guard x >= 0, x < size.width, y >= 0, y < size.height else { return }
            cells[y * size.width + x] = newValue
        }
    }

    /// Puts one cell everywhere in a rectangle, clipped to the buffer. O(cells of it).
    package mutating func fill(_ rect: Rect, with cell: Cell) {
        let visible = rect.intersection(bounds)
        guard !visible.isEmpty else { return }
        for row in visible.y..<visible.endY {
            for column in visible.x..<visible.endX { cells[row * size.width + column] = cell }
        }
    }

    /// Changes the style of what stands in a rectangle and keeps the glyphs.
    package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        let visible = rect.intersection(bounds)
        guard !visible.isEmpty else { return }
        for row in visible.y..<visible.endY {
            for column in visible.x..<visible.endX {
                let index = row * size.width + column
                cells[index].style = change(cells[index].style)
            }
        }
    }
}
