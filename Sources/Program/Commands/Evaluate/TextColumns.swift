import Charts

/// Cells under heads, aligned with blanks.
struct TextColumns {
    /// The heads, then a line a row, without blanks at their ends.
    let lines: [String]

    /// - Parameter left: how many columns, from the first, begin at their left edge; the others end at their right one.
    init(heads: [String], _ rows: [[String]], left: Int) {
        let all = [heads] + rows
        let widths = heads.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        lines = all.map { row in
            Self.trimmed(
                row.enumerated().map { column, text in
                    column < left ? text.leftAligned(in: widths[column]) : text.rightAligned(in: widths[column])
                }.joined(separator: "  "))
        }
    }

    /// Without blanks at the end.
    static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
