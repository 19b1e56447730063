import Cells
import Dashboard

extension ScreenLayout {
    /// The fewest columns that a pane keeps: left, right.
    static let fewestColumns = (left: 30, right: 31)

    /// The ruling between the panes of every screen, nil where there is one pane.
    static func divider(width: Int, splits: Splits) -> Int? {
        guard let usual = divider(width: width) else { return nil }
        guard let share = splits.column else { return usual }
        let wanted = Int((share * Double(width)).rounded())
        return min(max(wanted, fewestColumns.left), max(fewestColumns.left, width - fewestColumns.right - 1))
    }

    /// The row of a ruling that was dragged, within bounds; the usual one where it was not.
    func row(of share: Double?, usual: Int, within range: ClosedRange<Int>) -> Int {
        guard let share else { return usual }
        let wanted = frame.y + Int((share * Double(frame.height - 1)).rounded())
        return min(max(wanted, range.lowerBound), range.upperBound)
    }

    /// The ruling between the panes can be dragged where it has the frame's whole height.
    mutating func addColumnRuling() {
        guard let dividerX, dividerTop == nil else { return }
        places.rulings.insert(PanelPlaces.Ruling(.column, column: dividerX), at: 0)
    }

    /// Lets the ruling above a panel be dragged.
    mutating func addRuling(_ ruling: Splits.Ruling, row: Int, before endX: Int? = nil) {
        places.rulings.append(PanelPlaces.Ruling(ruling, row: row, before: endX ?? size.width))
    }
}
