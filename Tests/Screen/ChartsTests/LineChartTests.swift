import Cells
import Charts
import Testing

@Suite("Line chart")
struct LineChartTests {
    private let flat = ChartLayer.line(points: points(0, 0), dash: .solid, style: style(2))

    @Test
    func `markers stay two columns apart, and the newest and those to keep always stand`() {
        var evaluations = (0...10).map { ChartPoint(x: Double($0) / 10, y: 0) }
        func rows() -> [String] {
            LineChart.unit(.marker(points: evaluations, glyph: "○", ascii: "o", style: style(1))).rows(11, 1, .unicode)
        }
        #expect(rows() == ["○ ○ ○ ○ ○ ○"])
        evaluations[3].keep = true
        #expect(rows() == ["○  ○ ○ ○  ○"])
        evaluations[4].keep = true
        #expect(rows() == ["○  ○○ ○ ○ ○"])
    }

    @Test
    func `markers can stand further apart, so that the line between them is seen`() {
        let evaluations = (0...10).map { ChartPoint(x: Double($0) / 10, y: 0) }
        let chart = LineChart.unit(
            .marker(points: evaluations, glyph: "○", ascii: "o", style: style(1), apart: 4), flat)
        #expect(chart.rows(11, 1, .unicode) == ["○⣀⣀⣀○⣀⣀⣀⣀⣀○"])
    }

    @Test
    func `zero and less lie below a logarithmic axis`() {
        let scale = AxisScale(kind: .logarithmic, low: 0.01, high: 1)
        let chart = LineChart.unit(.line(points: points(1, 1, 0, 0, 1, 1), dash: .solid, style: style(1)), y: scale)
        let rows = chart.rows(6, 3, .unicode)
        #expect(rows[0].hasPrefix("⠉") && rows[2].contains("▾"))
        let marker = LineChart.unit(.marker(points: points(0, -1), glyph: "○", ascii: "o", style: style(1)), y: scale)
        #expect(marker.rows(4, 2, .ascii) == ["", "v  v"])
        #expect(
            LineChart.unit(.line(points: points(.nan, .nan), dash: .solid, style: style(1)), y: scale).rows(
                2, 2, .unicode
            ).isEmpty)
    }

    @Test
    func `a level goes through the plot behind everything, with its words where it is free`() {
        let level = ChartLayer.level(y: 0, label: "two", dash: .solid, style: style(3))
        #expect(LineChart.unit(level).rows(9, 2, .unicode) == ["", "⣀⣀⣀⣀ two"])
        #expect(LineChart.unit(level).rows(4, 1, .unicode) == ["⣀⣀⣀⣀"])
        let half = ChartLayer.line(
            points: [ChartPoint(x: 0.6, y: 0), ChartPoint(x: 1, y: 0)], dash: .solid, style: style(1))
        #expect(LineChart.unit(half, level).rows(11, 1, .ascii) == ["_ two _____"])
    }

    @Test
    func `words about a point stand in its row or in one beside it`() {
        let words = ChartLayer.words("two", beside: ChartPoint(x: 1, y: 0), style: style(1))
        #expect(LineChart.unit(words).rows(9, 2, .unicode) == ["", "     two"])
        #expect(LineChart.unit(flat, words).rows(9, 2, .unicode) == ["     two", "⣀⣀⣀⣀⣀⣀⣀⣀⣀"])
        #expect(LineChart.unit(flat, words).rows(9, 1, .unicode) == ["⣀⣀⣀⣀⣀⣀⣀⣀⣀"])
        let beyond = ChartLayer.words("two", beside: ChartPoint(x: 1, y: 9), style: style(1))
        #expect(LineChart.unit(beyond).rows(9, 2, .unicode).isEmpty)
    }

    @Test(arguments: [-0.1, 1.1, .nan, .infinity])
    func `a level that the axis does not reach is not drawn`(_ y: Double) {
        #expect(LineChart.unit(.level(y: y, label: "two", dash: .solid, style: style(1))).rows(9, 2, .unicode).isEmpty)
    }

    @Test
    func `markers beyond the axis are arrows`() {
        let chart = LineChart.unit(.marker(points: points(5, 0.5, -5), glyph: "○", ascii: "o", style: style(1)))
        #expect(chart.rows(5, 3, .unicode) == ["▴", "  ○", "    ▾"])
        #expect(chart.rows(5, 3, .ascii) == ["^", "  o", "    v"])
    }

    @Test
    func `the dot of now`() {
        let chart = LineChart.unit(.dot(ChartPoint(x: 0.5, y: 0), style: style(1)), flat)
        #expect(chart.rows(5, 1, .unicode) == ["⣀⣀●⣀⣀"])
        #expect(chart.rows(5, 1, .ascii) == ["__@__"])
    }

    @Test
    func `the upper layer owns a cell, with its glyph and its style alone`() {
        let marker = ChartLayer.marker(points: [ChartPoint(x: 0.5, y: 0)], glyph: "◆", ascii: "*", style: style(1))
        let fill = ChartLayer.envelope(
            columns: .init(repeating: ChartColumn(low: 0, high: 1), count: 6), style: style(3))
        var buffer = CellBuffer(size: Size(width: 3, height: 2))
        LineChart.unit(marker, flat, fill).draw(into: &buffer, plot: buffer.bounds, labels: nil, glyphs: .unicode)
        #expect(buffer.text == "⢝⢝⢝\n⣀◆⣀")
        #expect(buffer.cells.map(\.style) == [3, 3, 3, 2, 1, 2].map(style))
        LineChart.unit(fill, flat, marker).draw(into: &buffer, plot: buffer.bounds, labels: nil, glyphs: .unicode)
        #expect(buffer.text == "⢝⢝⢝\n⣕⣕⣕")
    }

    @Test
    func `a vertical mark stands behind the curves with its label in the top row`() {
        let chart = LineChart.unit(flat, .verticalMark(x: 0.2, label: "you", style: style(1)))
        #expect(chart.rows(9, 3, .unicode) == [" ┊ you", " ┊", "⣀⣀⣀⣀⣀⣀⣀⣀⣀"])
        #expect(chart.rows(9, 3, .ascii) == ["  : you", "  :", "_________"])
    }

    @Test
    func `the label of a mark gives way to curves and to the edge`() {
        let top = ChartLayer.line(points: points(1, 1), dash: .solid, style: style(2))
        let mark = ChartLayer.verticalMark(x: 0.2, label: "you", style: style(1))
        #expect(LineChart.unit(top, mark).rows(9, 3, .unicode) == ["⠉⠉⠉⠉⠉⠉⠉⠉⠉", " ┊ you", " ┊"])
        let late = ChartLayer.verticalMark(x: 1, label: "you", style: style(1))
        #expect(LineChart.unit(late).rows(9, 2, .unicode) == ["    you ┊", "        ┊"])
        let short = ChartLayer.verticalMark(x: 1, label: "too long", style: style(1), short: "you")
        #expect(LineChart.unit(short).rows(9, 2, .unicode) == ["    you ┊", "        ┊"])
        #expect(LineChart.unit(late).rows(3, 2, .unicode) == ["  ┊", "  ┊"])
    }

    @Test(arguments: [-0.1, 1.1, .nan, .infinity])
    func `a mark beside the plot is not drawn`(_ x: Double) {
        #expect(LineChart.unit(.verticalMark(x: x, label: "you", style: style(1))).rows(9, 2, .unicode).isEmpty)
    }

    @Test
    func `labels stand right-aligned in their columns and dots where ticks meet, unless a curve is there`() {
        var chart = LineChart.unit(flat)
        chart.yTicks = [
            Tick(value: 0, label: "0"), Tick(value: 1, label: "100 %"), Tick(value: 0.5, label: "too wide"),
        ]
        chart.xTicks = [0, 0.5, 1]
        func rows(_ glyphs: GlyphSet) -> [String] {
            drawn(12, 4) {
                chart.draw(
                    into: &$0, plot: Rect(x: 7, y: 0, width: 5, height: 4),
                    labels: Rect(x: 1, y: 0, width: 5, height: 4), glyphs: glyphs)
            }
        }
        #expect(rows(.unicode) == [" 100 %   · ·", "", "         · ·", "     0 ⣀⣀⣀⣀⣀"])
        #expect(rows(.ascii) == [" 100 %   . .", "", "         . .", "     0 _____"])
    }

    @Test
    func `columns and rows of fractions are those of the dots`() {
        #expect(LineChart.cellColumn(0.2, width: 9, glyphs: .unicode) == 1)
        #expect(LineChart.cellColumn(1, width: 9, glyphs: .ascii) == 8)
        #expect(LineChart.cellColumn(1.01, width: 9, glyphs: .ascii) == nil)
        #expect(LineChart.cellColumn(0, width: 0, glyphs: .ascii) == nil)
        #expect(LineChart.cellRow(1, height: 5) == 0)
        #expect(LineChart.cellRow(0, height: 5) == 4)
        #expect(LineChart.cellRow(.nan, height: 5) == nil)
    }

    @Test
    func `cells that nothing is drawn on keep what they had`() {
        var buffer = CellBuffer(size: Size(width: 3, height: 2), filledWith: Cell("x"))
        LineChart.unit(flat).draw(into: &buffer, plot: buffer.bounds, labels: nil, glyphs: .ascii)
        #expect(buffer.text == "xxx\n___")
    }

    @Test(arguments: [0.0, 0.2, 0.4, 0.6, 0.8, 1])
    func `in ASCII a line is made of what its legend shows, at any height`(height: Double) {
        for dash in [LineDash.dashed, .dotted] {
            let sample = Set(dash.sample(glyphs: .ascii)).subtracting([" "])
            for layer in [
                ChartLayer.line(points: points(height, height), dash: dash, style: style(1)),
                .level(y: height, label: nil, dash: dash, style: style(1)),
            ] {
                let drawn = Set(LineChart.unit(layer).rows(24, 2, .ascii).joined()).subtracting([" "])
                #expect(drawn == sample, "\(dash)")
            }
        }
        // And a whole line is never made of the dots of another one.
        let solid = LineChart.unit(.line(points: points(height, height), dash: .solid, style: style(1)))
        #expect(!solid.rows(24, 3, .ascii).joined().contains("."))
    }

    @Test
    func `dashes in ASCII are as long as those of the legend`() {
        let line = ChartLayer.line(points: points(0.5, 0.5), dash: .dashed, style: style(1))
        #expect(LineChart.unit(line).rows(9, 1, .ascii) == ["- - - - -"])
        // Down a slope they are strokes of it.
        let slope = ChartLayer.line(points: points(1, 0), dash: .dashed, style: style(1))
        #expect(LineChart.unit(slope).rows(1, 5, .ascii).joined().contains("|"))
    }
}
