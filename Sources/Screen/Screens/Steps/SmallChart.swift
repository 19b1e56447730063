import Cells
import Charts
import Themes

/// Charts in the rows of a list, for screens that have the room.
extension Pen {
    /// Columns of y labels before a small chart's plot.
    private static let labelColumns = 6

    /// How many values a small chart of a width shows.
    func smallChartColumns(width: Int) -> Int {
        LineChart.dotColumns(width: width - Self.labelColumns, glyphs: glyphs)
    }

    /// Where the plot of a small chart begins.
    func smallChartPlot(in rect: Rect) -> Int { rect.x + Self.labelColumns }

    /// One number over the steps, as many values as `smallChartColumns`, with an axis of its own.
    /// - Parameters:
    ///   - level: a value to compare with, as a dashed line.
    ///   - isFilled: whether the space below the line is filled, for amounts from 0 up.
    mutating func drawSmallChart(
        _ values: [Double?], in rect: Rect, y: AxisScale, role: ColorRole, level: Double? = nil, isFilled: Bool = false
    ) {
        let plot = Rect(
            x: smallChartPlot(in: rect), y: rect.y, width: rect.width - Self.labelColumns, height: rect.height)
        guard plot.width > 0, plot.height > 0, !values.isEmpty else { return }
        let end = Double(max(1, values.count - 1))
        let points = values.enumerated().map { ChartPoint(x: Double($0), y: $1 ?? .nan) }
        var layers = [ChartLayer.line(points: points, dash: .solid, style: palette[role])]
        if let level {
            layers.append(
                .line(
                    points: [ChartPoint(x: 0, y: level), ChartPoint(x: end, y: level)], dash: .dashed,
                    style: palette[.good]))
        }
        if isFilled, palette.depth != .mono {
            let columns = values.map { value in value.map { ChartColumn(low: 0, high: $0) } }
            layers.append(.envelope(columns: columns, style: palette[.raw]))
        }
        LineChart(
            x: AxisScale(kind: .linear, low: 0, high: end), y: y, layers: layers,
            yTicks: yTicks(y, rows: plot.height), graticule: palette[.frame], label: palette[.dimText]
        ).draw(
            into: &buffer, plot: plot, labels: Rect(x: rect.x, y: rect.y, width: 5, height: rect.height), glyphs: glyphs
        )
    }
}
