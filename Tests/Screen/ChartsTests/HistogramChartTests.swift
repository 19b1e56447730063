import Cells
import Charts
import Testing

@Suite("Histogram")
struct HistogramChartTests {
    private func rows(_ chart: HistogramChart, _ width: Int, _ height: Int, _ glyphs: GlyphSet) -> [String] {
        drawn(width, height) {
            chart.draw(into: &$0, rect: Rect(x: 0, y: 0, width: width, height: height), glyphs: glyphs) { _ in .plain }
        }
    }

    private let hill: [Double] = [0, 0, 1, 2, 4, 8, 4, 2, 1, 0, 0, 0]

    @Test
    func `a filled ridge on its ground`() {
        let chart = HistogramChart(counts: hill, low: -6, high: 6)
        #expect(rows(chart, 6, 2, .unicode) == ["  ⢸", "⡀⣠⣿⣧⡀⡀"])
        #expect(rows(chart, 12, 2, .ascii) == ["     #", "___.###.____"])
    }

    @Test
    func `below a value only the outline stands`() {
        let chart = HistogramChart(counts: hill + hill.reversed(), low: -12, high: 12, outlinedBelow: 0)
        #expect(rows(chart, 12, 2, .unicode) == ["  ⢸⡆     ⡇", "⡀⡠⠃⠱⡀⡀⡀⢀⣼⣿⣄⡀"])
    }

    @Test
    func `of the bins that share a column of dots the fullest shows`() {
        #expect(rows(HistogramChart(counts: [0, 4, 0, 0, 0, 0, 2, 0], low: 0, high: 1), 2, 1, .unicode) == ["⡇⢠"])
    }

    @Test
    func `the smallest count is a dot, and roots raise it`() {
        var chart = HistogramChart(counts: [1, 10_000], low: 0, high: 1)
        #expect(rows(chart, 1, 1, .unicode) == ["⣸"])
        chart = HistogramChart(counts: [25, 100], low: 0, high: 1, heights: .squareRoot)
        #expect(rows(chart, 1, 1, .unicode) == ["⣼"])
    }

    @Test
    func `the style is that of the value in the middle of the cell`() {
        var buffer = CellBuffer(size: Size(width: 4, height: 1))
        HistogramChart(counts: [1, 1, 0, 1], low: -2, high: 2, ground: style(9)).draw(
            into: &buffer, rect: buffer.bounds, glyphs: .ascii
        ) { $0 < 0 ? style(1) : style(2) }
        #expect(buffer.text == "##_#")
        #expect(buffer.cells.map(\.style) == [1, 1, 9, 2].map(style))
    }

    @Test
    func `the large version has its values under it`() {
        let chart = HistogramChart(counts: [1, 2, 4, 2, 1], low: -10, high: 10)
        let rows = drawn(15, 3) {
            chart.draw(into: &$0, rect: Rect(x: 0, y: 0, width: 15, height: 3), glyphs: .ascii, axis: .plain) { _ in
                .plain
            }
        }
        #expect(rows == ["      ###", "...#########...", "-10    0     10"])
    }

    @Test(arguments: [[], [0, 0], [.nan, -4]] as [[Double]])
    func `no counts leave the ground`(_ counts: [Double]) {
        #expect(rows(HistogramChart(counts: counts, low: 0, high: 1), 3, 2, .unicode) == ["", "⡀⡀⡀"])
    }

    @Test
    func `an infinite count fills its column`() {
        #expect(rows(HistogramChart(counts: [1, .infinity], low: 0, high: 1), 1, 1, .unicode) == ["⣸"])
    }
}
