import Cells
import Charts
import Testing

@Suite("Drawing where there is no room or no sense")
struct DegenerateTests {
    private static let rects: [Rect] = [
        Rect(x: 0, y: 0, width: 0, height: 0), Rect(x: 0, y: 0, width: 1, height: 1),
        Rect(x: 5, y: 0, width: 0, height: 4),
        Rect(x: 0, y: 0, width: 1, height: 9), Rect(x: 0, y: 0, width: 9, height: 1),
        Rect(x: -3, y: -3, width: 6, height: 6),
        Rect(x: 8, y: 4, width: 30, height: 30), Rect(x: 100, y: 100, width: 5, height: 5),
        Rect(x: 2, y: 1, width: 2, height: 2),
    ]

    private static let scales: [AxisScale] = [
        AxisScale(kind: .linear, low: 0, high: 1), AxisScale(kind: .linear, low: 1, high: 1),
        AxisScale(kind: .linear, low: .nan, high: .nan), AxisScale(kind: .linear, low: 1, high: -1),
        AxisScale(kind: .linear, low: -1e308, high: 1e308), AxisScale(kind: .linear, low: 0, high: 1e-300),
        AxisScale(kind: .logarithmic, low: 1e-300, high: 1e300), AxisScale(kind: .logarithmic, low: 0, high: 1),
    ]

    private static let values: [Double] = [
        0, 1, -1, 0.5, .nan, .infinity, -.infinity, 1e308, -1e308, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
        0.3,
    ]

    @Test(arguments: rects, [GlyphSet.unicode, .ascii])
    func `line charts`(_ rect: Rect, _ glyphs: GlyphSet) {
        let wild = Self.values.flatMap { x in Self.values.map { ChartPoint(x: x, y: $0) } }
        let columns: [ChartColumn?] = Self.values.flatMap { low in
            Self.values.map { ChartColumn(low: low, high: $0) } + [nil]
        }
        for x in Self.scales {
            for y in Self.scales {
                for points in [wild, []] {
                    let layers: [ChartLayer] = [
                        .dot(ChartPoint(x: 0, y: .nan), style: style(1)),
                        .marker(points: points, glyph: "○", ascii: "o", style: style(2)),
                        .line(points: points, dash: .dashed, style: style(3)),
                        .verticalMark(x: 0.5, label: "a label that is long", style: style(4)),
                        .verticalMark(x: .nan, label: "", style: style(4)),
                        .envelope(columns: columns, style: style(5)),
                        .envelope(columns: [], style: style(5), upperEdgeOnly: true),
                    ]
                    let chart = LineChart(
                        x: x, y: y, layers: layers, xTicks: Self.values,
                        yTicks: Self.values.map { Tick(value: $0, label: "label") })
                    var buffer = CellBuffer(size: Size(width: 12, height: 6))
                    chart.draw(into: &buffer, plot: rect, labels: rect, glyphs: glyphs)
                    expectUntouched(buffer, outside: rect)
                }
            }
        }
    }

    @Test(arguments: rects, [GlyphSet.unicode, .ascii])
    func `everything else`(_ rect: Rect, _ glyphs: GlyphSet) {
        var buffer = CellBuffer(size: Size(width: 12, height: 6))
        for range in [(0.0, 1.0), (1, 1), (.nan, .infinity), (1e308, -1e308)] {
            for axis in [nil, style(1)] {
                for counts in [Self.values, [], [1]] {
                    HistogramChart(counts: counts, low: range.0, high: range.1, outlinedBelow: 0.5).draw(
                        into: &buffer, rect: rect, glyphs: glyphs, axis: axis
                    ) { _ in style(1) }
                }
            }
        }
        HeatMap(columns: [Self.values, Self.values]).draw(into: &buffer, rect: rect, glyphs: glyphs) { _ in style(1) }
        Sparkline(values: Self.values).draw(into: &buffer, x: rect.x, y: rect.y, width: rect.width, glyphs: glyphs) {
            _ in style(1)
        }
        Gauge(fraction: 0.3, done: style(1), rest: style(2)).draw(
            into: &buffer, x: rect.x, y: rect.y, width: rect.width, glyphs: glyphs)
        for width in [-4, rect.width] {
            RatioGauge(ratio: 1e-3, track: style(1), dot: style(2)).draw(
                into: &buffer, x: rect.x, y: rect.y, width: width, glyphs: glyphs)
            Sparkline(values: []).draw(into: &buffer, x: 0, y: 0, width: width, glyphs: glyphs) { _ in style(1) }
        }
        var frame = Frame(bounds: rect, style: style(1), rulings: [.vertical(x: 3, from: -9, through: 90)])
        for through in [0, 1, 2, 3, rect.endX - 1] {
            frame.headings.append(
                .init(
                    y: rect.y, from: rect.x, through: through, title: "title", titleStyle: style(2), focus: style(3),
                    note: [("note", style(2))], readOuts: [("figure", style(2))]))
            frame.axes.append(
                .init(
                    y: rect.endY - 1, from: rect.x, through: through, plotX: 0, caption: "step",
                    ticks: TickRow(ticks: [.init(column: 3, text: "3"), .init(column: 99, text: "")], style: style(2))))
        }
        frame.draw(into: &buffer, glyphs: glyphs)
    }

    private func expectUntouched(_ buffer: CellBuffer, outside rect: Rect) {
        for y in 0..<buffer.height {
            for x in 0..<buffer.width where !rect.contains(x: x, y: y) && buffer[x, y] != .blank {
                Issue.record("a chart in \(rect) wrote \(buffer[x, y]) at \(x), \(y)")
            }
        }
    }
}
