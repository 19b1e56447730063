import Cells

/// One series or mark of a line chart.
package enum ChartLayer: Hashable, Sendable {
    /// Single glyphs at least so many columns apart; the last point and those that `keep` always stand.
    case marker(points: [ChartPoint], glyph: Unicode.Scalar, ascii: Unicode.Scalar, style: Style, apart: Int = 2)
    /// Points in order of x, joined by segments; a y that is not finite breaks the line. On a logarithmic axis zero and less
    /// lie far below the plot.
    case line(points: [ChartPoint], dash: LineDash, style: Style)
    /// The range of values in each column of dots, `LineChart.dotColumns(width:glyphs:)` of them, as a sparse fill
    /// whose ends always stand; only the upper ends where `upperEdgeOnly` asks for it.
    case envelope(columns: [ChartColumn?], style: Style, upperEdgeOnly: Bool = false)
    /// A broken vertical through the plot; its label stands right of it in the top row, or where else it has room.
    /// Where the label has room nowhere its short form stands.
    case verticalMark(x: Double, label: String?, style: Style, short: String? = nil)
    /// A level to compare with, through the whole plot, with its words in it near the right end, or where else it is free;
    /// nothing where the axis does not reach it.
    case level(y: Double, label: String?, dash: LineDash, style: Style)
    /// Words about a point, as far right as they are free, in its row or one of the two above and below.
    case words(String, beside: ChartPoint, style: Style)
    /// The big dot of now.
    case dot(ChartPoint, style: Style)

    /// Whether there is anything that an axis can be read for.
    package var hasValues: Bool {
        switch self {
        case .marker(let points, _, _, _, _), .line(let points, _, _): points.contains { $0.y.isFinite }
        case .envelope(let columns, _, _): columns.contains { $0 != nil }
        case .level, .dot: true
        case .verticalMark, .words: false
        }
    }

    var style: Style {
        switch self {
        case .marker(_, _, _, let style, _), .line(_, _, let style), .envelope(_, let style, _),
            .verticalMark(_, _, let style, _), .level(_, _, _, let style), .words(_, _, let style),
            .dot(_, let style):
            style
        }
    }
}
