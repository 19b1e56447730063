import Cells

/// One series or mark of a line chart.
package enum ChartLayer: Hashable, Sendable {
    /// Single glyphs at least 2 columns apart; the last point and those that `keep` always stand.
    case marker(points: [ChartPoint], glyph: Unicode.Scalar, ascii: Unicode.Scalar, style: Style)
    /// Points in order of x, joined by segments; a y that is not finite breaks the line.
    case line(points: [ChartPoint], dash: LineDash, style: Style)
    /// The range of values in each column of dots, `LineChart.dotColumns(width:glyphs:)` of them, as a sparse fill
    /// whose ends always stand; only the upper ends where `upperEdgeOnly` asks for it.
    case envelope(columns: [ChartColumn?], style: Style, upperEdgeOnly: Bool = false)
    /// A broken vertical through the plot; its label stands right of it in the top row, or where else it has room.
    case verticalMark(x: Double, label: String?, style: Style)
    /// The big dot of now.
    case dot(ChartPoint, style: Style)

    var style: Style {
        switch self {
        case .marker(_, _, _, let style), .line(_, _, let style), .envelope(_, let style, _),
            .verticalMark(_, _, let style), .dot(_, let style):
            style
        }
    }
}
