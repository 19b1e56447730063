/// A rectangle of cells; columns grow to the right and rows downwards, from 0.
package struct Rect: Hashable, Sendable {
    /// The first column.
    package var x: Int
    /// The first row.
    package var y: Int
    /// How many columns, at least 0.
    package var width: Int
    /// How many rows, at least 0.
    package var height: Int

    /// Negative sizes count as 0.
    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    /// Columns and rows without the place.
    package var size: Size { Size(width: width, height: height) }
    /// Whether it holds no cell.
    package var isEmpty: Bool { width == 0 || height == 0 }
    /// The first column to the right of the rectangle.
    package var endX: Int { x + width }
    /// The first row below the rectangle.
    package var endY: Int { y + height }

    /// Whether a cell lies within.
    package func contains(x column: Int, y row: Int) -> Bool {
        column >= x && column < endX && row >= y && row < endY
    }

    /// The part both rectangles share, empty where they share none.
    package func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(x: left, y: top, width: min(endX, other.endX) - left, height: min(endY, other.endY) - top)
    }

    /// The rectangle without `columns` on both sides and `rows` above and below.
    package func inset(columns: Int, rows: Int) -> Rect {
        Rect(x: x + columns, y: y + rows, width: width - 2 * columns, height: height - 2 * rows)
    }

    /// The first `rows` rows and the rest below them.
    package func split(top rows: Int) -> (top: Rect, rest: Rect) {
        let taken = min(max(0, rows), height)
        return (
            Rect(x: x, y: y, width: width, height: taken),
            Rect(x: x, y: y + taken, width: width, height: height - taken)
        )
    }

    /// The first `columns` columns and the rest to their right.
    package func split(left columns: Int) -> (left: Rect, rest: Rect) {
        let taken = min(max(0, columns), width)
        return (
            Rect(x: x, y: y, width: taken, height: height),
            Rect(x: x + taken, y: y, width: width - taken, height: height)
        )
    }
}
