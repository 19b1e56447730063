import Cells

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

    /// The ruling below the pointer that can be dragged.
    package func ruling(atX x: Int, y: Int) -> Splits.Ruling? {
        guard style == .framed, y > frame.y, y < frame.endY - 1 else { return nil }
        if let dividerX, dividerX == x, panelRects[.stdTrend] == nil { return .column }
        if let accuracy = panelRects[.accuracy], panelRects[.loss] != nil, y == accuracy.y { return .upper }
        if let layers = panelRects[.layers], let log = panelRects[.log], y == log.y, y == layers.endY,
            panelRects[.loss]?.endY == y
        {
            return .upper
        }
        if let rate = panelRects[.learningRate], panelRects[.loss] != nil, y == rate.y, x < dividerX ?? size.width {
            return .lower
        }
        return nil
    }
}
