import Cells
import Charts
import Themes

/// A chart of one number over the steps in a row of a list, with an axis of its own, for screens that have the room.
struct SmallChart {
    /// Columns of y labels before the plot.
    private static let labelColumns = 6

    var y: AxisScale
    var role = ColorRole.train
    /// A value to compare with, as a dashed line.
    var level: Double?
    /// Whether the space below the line is filled, for amounts from 0 up.
    var isFilled = false

    /// How many values a chart of a width shows.
    static func columns(width: Int, glyphs: GlyphSet) -> Int {
        LineChart.dotColumns(width: width - labelColumns, glyphs: glyphs)
    }

    /// Where the plot begins.
    static func plotX(in rect: Rect) -> Int { rect.x + labelColumns }

    /// Draws as many values as `columns` says.
    func draw(_ values: [Double?], in rect: Rect, on canvas: inout Canvas) {
        guard !values.isEmpty else { return }
        let palette = canvas.palette
        let points = values.enumerated().map { ChartPoint(x: Double($0), y: $1 ?? .nan) }
        var layers = [ChartLayer.line(points: points, dash: .solid, style: palette[role])]
        if isFilled, palette.depth != .mono {
            let columns = values.map { value in value.map { ChartColumn(low: 0, high: $0) } }
            layers.append(.envelope(columns: columns, style: palette[.raw]))
        }
        draw(layers, x: AxisScale(kind: .linear, low: 0, high: Double(max(1, values.count - 1))), in: rect, on: &canvas)
    }

    /// Draws layers over an axis of their own; where there is nothing to read from the numbers beside them there are none.
    func draw(_ layers: [ChartLayer], x: AxisScale, in rect: Rect, on canvas: inout Canvas) {
        let palette = canvas.palette
        let plot = Rect(
            x: Self.plotX(in: rect), y: rect.y, width: rect.width - Self.labelColumns, height: rect.height)
        guard plot.width > 0, plot.height > 0 else { return }
        let isEmpty = !layers.contains(where: \.hasValues)
        let levels = level.map { [ChartLayer.level(y: $0, label: nil, dash: .dashed, style: palette[.good])] } ?? []
        LineChart(
            x: x, y: y, layers: layers + levels,
            yTicks: isEmpty && level == nil ? [] : Ticks.vertical(y, rows: plot.height, screen: canvas.size),
            graticule: palette[.frame], label: palette[.dimText]
        ).draw(
            into: &canvas.buffer, plot: plot, labels: Rect(x: rect.x, y: rect.y, width: 5, height: rect.height),
            glyphs: canvas.glyphs)
    }
}
