import Cells
import Charts
import Testing

@Suite("Envelopes of a line chart")
struct EnvelopeTests {
    private func chart(_ columns: [ChartColumn?], upperEdgeOnly: Bool = false) -> LineChart {
        .unit(.envelope(columns: columns, style: style(1), upperEdgeOnly: upperEdgeOnly))
    }

    @Test
    func `the fill is a checker that has both ends`() {
        let full = [ChartColumn?](repeating: ChartColumn(low: 0, high: 1), count: 8)
        #expect(chart(full).rows(4, 2, .unicode) == ["⢝⢝⢝⢝", "⣕⣕⣕⣕"])
        #expect(chart(full).rows(4, 2, .ascii) == ["':':", ":.:."])
    }

    @Test
    func `without colours only the upper ends stand`() {
        let columns: [ChartColumn?] = [0.2, 0.4, 0.6, 1, 0.6, 0.4].map { ChartColumn(low: 0, high: $0) }
        #expect(chart(columns, upperEdgeOnly: true).rows(3, 2, .unicode) == [" ⡈⡀", "⠌ ⠈"])
        #expect(chart(columns, upperEdgeOnly: true).rows(6, 2, .ascii) == ["  .'.", ".'   '"])
    }

    @Test
    func `columns without data stay empty`() {
        let columns: [ChartColumn?] = [
            ChartColumn(low: 0, high: 0), nil, ChartColumn(low: .nan, high: 0), ChartColumn(low: 0, high: .infinity),
        ]
        #expect(chart(columns).rows(4, 1, .ascii) == ["."])
    }

    @Test(arguments: [1, 2, 3, 7, 40, 120], [GlyphSet.unicode, .ascii])
    func `a spike of one step shows at every width`(_ width: Int, _ glyphs: GlyphSet) {
        let count = LineChart.dotColumns(width: width, glyphs: glyphs)
        for position in 0..<count {
            for upperEdgeOnly in [false, true] {
                var columns = [ChartColumn?](repeating: ChartColumn(low: 0.1, high: 0.2), count: count)
                columns[position] = ChartColumn(low: 0.1, high: 0.9)
                let rows = chart(columns, upperEdgeOnly: upperEdgeOnly).rows(width, 6, glyphs)
                let column = position / (glyphs == .unicode ? 2 : 1)
                #expect(rows.first?.count == column + 1)
            }
        }
    }

    @Test
    func `a spike above the axis is an arrow over its fill`() {
        let columns: [ChartColumn?] = [nil, ChartColumn(low: 0, high: 40), nil]
        #expect(chart(columns).rows(3, 3, .ascii) == [" ^", " .", " ."])
        #expect(chart(columns, upperEdgeOnly: true).rows(3, 3, .ascii) == [" ^"])
    }

    @Test
    func `a range under the axis is an arrow, a range through its lower end is cut`() {
        let columns: [ChartColumn?] = [ChartColumn(low: -9, high: -5), ChartColumn(low: -9, high: 0.1)]
        #expect(chart(columns).rows(2, 1, .ascii) == ["v."])
    }

    @Test
    func `zero lies infinitely far below on a logarithmic axis`() {
        let scale = AxisScale(kind: .logarithmic, low: 0.1, high: 10)
        let columns: [ChartColumn?] = [ChartColumn(low: 0, high: 10), ChartColumn(low: -1, high: 0)]
        let chart = LineChart.unit(.envelope(columns: columns, style: style(1)), y: scale)
        #expect(chart.rows(2, 2, .ascii) == ["'", "'v"])
    }

    @Test
    func `as many columns as dots`() {
        #expect(LineChart.dotColumns(width: 70, glyphs: .unicode) == 140)
        #expect(LineChart.dotColumns(width: 70, glyphs: .ascii) == 70)
        #expect(LineChart.dotColumns(width: -1, glyphs: .unicode) == 0)
    }
}
