import Cells

/// Where the panels of a screen lie: what mouse, cursor and scrolling go by. A value of the state and its size, never kept.
package struct PanelPlaces: Hashable, Sendable {
    /// The frame around all panels with its borders, empty where there is none.
    package var frame = Rect(x: 0, y: 0, width: 0, height: 0)
    /// Each visible panel, the ruling with its title included.
    package var rects: [PanelID: Rect] = [:]
    /// The plot whose columns all charts over steps share, nil where none is shown.
    package var stepPlot: Rect?
    /// The rulings that can be dragged; where two meet, the first is taken.
    package var rulings: [Ruling] = []

    /// No panels.
    package init() {}

    /// A ruling that can be dragged: one row or one column of cells.
    package struct Ruling: Hashable, Sendable {
        let ruling: Splits.Ruling
        let row: Int?
        let columns: Range<Int>

        /// A ruling between two panes.
        package init(_ ruling: Splits.Ruling, column: Int) {
            self.ruling = ruling
            row = nil
            columns = column..<column + 1
        }

        /// A ruling in a row, left of a column.
        package init(_ ruling: Splits.Ruling, row: Int, before endX: Int) {
            self.ruling = ruling
            self.row = row
            columns = 0..<max(0, endX)
        }
    }

    /// The panel below a place of the screen.
    package func panel(atX x: Int, y: Int) -> PanelID? { rects.first { $0.value.contains(x: x, y: y) }?.key }

    /// Whether a place is on the numbers below the charts over steps: dragging them pans.
    func isOnStepAxis(x: Int, y: Int, of size: Size) -> Bool {
        guard let stepPlot, x >= stepPlot.x, x < stepPlot.endX else { return false }
        return size.height >= 10 && y == size.height - 2
    }

    /// The ruling below the pointer that can be dragged.
    package func ruling(atX x: Int, y: Int) -> Splits.Ruling? {
        guard y > frame.y, y < frame.endY - 1 else { return nil }
        return rulings.first { $0.columns.contains(x) && ($0.row == nil || $0.row == y) }?.ruling
    }
}
