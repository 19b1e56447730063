import Cells
import Charts
import Testing

@Suite("Lines of a line chart")
struct LineTests {
    @Test
    func `a rising diagonal`() {
        let chart = LineChart.unit(.line(points: points(0, 1), dash: .solid, style: style(1)))
        #expect(chart.rows(4, 2, .unicode) == ["  ⡠⠊", "⡠⠊"])
        #expect(chart.rows(2, 2, .ascii) == [" /", "/"])
        #expect(chart.rows(8, 2, .ascii) == ["    _--'", "_--'"])
    }

    @Test
    func `a falling diagonal in ASCII leans the other way`() {
        let chart = LineChart.unit(.line(points: points(1, 0), dash: .solid, style: style(1)))
        #expect(chart.rows(2, 2, .ascii) == ["\\", " \\"])
    }

    @Test
    func `the four heights within a row`() {
        let shown = [0.0, 1.0 / 3, 2.0 / 3, 1].map { height in
            let chart = LineChart.unit(.line(points: points(height, height), dash: .solid, style: style(1)))
            return [chart.rows(2, 1, .unicode)[0], chart.rows(2, 1, .ascii)[0]]
        }
        #expect(shown == [["⣀⣀", "__"], ["⠤⠤", "--"], ["⠒⠒", "--"], ["⠉⠉", "''"]])
    }

    @Test
    func `a dashed line has strokes as long as its gaps, a dotted one single dots`() {
        func flat(_ dash: LineDash) -> LineChart {
            .unit(.line(points: points(0, 0), dash: dash, style: style(1)))
        }
        #expect(flat(.dashed).rows(9, 1, .unicode) == ["⣀⡀ ⣀⡀ ⣀⡀"])
        #expect(flat(.dotted).rows(9, 1, .unicode) == ["⡀⢀ ⡀⢀ ⡀⢀"])
        #expect(flat(.dashed).rows(9, 1, .ascii) == ["- - - - -"])
        #expect(flat(.dotted).rows(9, 1, .ascii) == [".  .  ."])
    }

    @Test
    func `legends show the same dashes`() {
        let dashes: [LineDash] = [.solid, .dashed, .dotted]
        #expect(dashes.map { $0.sample(glyphs: .unicode) } == ["⠤⠤", "⠤ ⠤", "⠂⠂"])
        #expect(dashes.map { $0.sample(glyphs: .ascii) } == ["--", "- -", ".."])
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `NaN and infinity break a line`(_ hole: Double) {
        let chart = LineChart.unit(.line(points: points(0, 0, hole, 0, 0), dash: .solid, style: style(1)))
        #expect(chart.rows(9, 1, .ascii) == ["___   ___"])
    }

    @Test
    func `a single point is a dot`() {
        let chart = LineChart.unit(.line(points: [ChartPoint(x: 0.5, y: 0.5)], dash: .solid, style: style(1)))
        #expect(chart.rows(3, 1, .ascii) == [" -"])
    }

    @Test
    func `values above and below the axis are arrows, and the line leaves the plot instead of running along its edge`()
    {
        let chart = LineChart.unit(.line(points: points(0.5, 9, 9, 0.5, -9, -9, 0.5), dash: .solid, style: style(1)))
        #expect(chart.rows(13, 3, .ascii) == ["| ^ ^ |", "|     |     _", "      | v v |"])
        let unicode = chart.rows(13, 3, .unicode)
        #expect(unicode[0].contains("▴") && unicode[2].contains("▾"))
        #expect(!unicode[0].contains("⠉"))
    }

    @Test
    func `a line from below to above crosses the plot`() {
        let chart = LineChart.unit(.line(points: points(-1, 2), dash: .solid, style: style(1)))
        #expect(chart.rows(9, 2, .ascii) == ["    _'  ^", "v  _'"])
    }

    @Test
    func `points beside the plot are cut off, and the segment to them is not`() {
        let line: [ChartPoint] = [ChartPoint(x: -1, y: 0), ChartPoint(x: 2, y: 0), ChartPoint(x: 3, y: 99)]
        #expect(LineChart.unit(.line(points: line, dash: .solid, style: style(1))).rows(5, 2, .ascii) == ["", "_____"])
    }

    @Test
    func `values that are not positive lie below a logarithmic axis`() {
        let scale = AxisScale(kind: .logarithmic, low: 0.1, high: 10)
        let chart = LineChart.unit(.line(points: points(1, 1, 0, 1, 1), dash: .solid, style: style(1)), y: scale)
        #expect(chart.rows(9, 1, .ascii) == ["--_ v _--"])
    }
}
