import Cells
import Charts
import Testing

/// The same chart in braille, blocks and ASCII.
@Suite("One chart in three glyph sets")
struct GlyphSetTests {
    private func chart(_ glyphs: GlyphSet) -> String {
        let points = (0...16).map { ChartPoint(x: Double($0), y: Double($0 < 8 ? $0 : 16 - $0)) }
        let chart = LineChart(
            x: AxisScale(kind: .linear, low: 0, high: 16), y: AxisScale(kind: .linear, low: 0, high: 8),
            layers: [
                .marker(points: [ChartPoint(x: 12, y: 8)], glyph: "○", ascii: "o", style: .plain),
                .line(points: points, dash: .solid, style: .plain),
            ], yTicks: [Tick(value: 0, label: "0"), Tick(value: 8, label: "8")])
        var buffer = CellBuffer(size: Size(width: 12, height: 4))
        chart.draw(
            into: &buffer, plot: Rect(x: 2, y: 0, width: 10, height: 4), labels: Rect(x: 0, y: 0, width: 1, height: 4),
            glyphs: glyphs)
        return buffer.text
    }

    @Test func `braille`() {
        #expect(
            chart(.unicode) == """
                8    ⢀⠔⢣ ○
                    ⢀⠎  ⢣
                   ⡠⠊    ⠑⢄
                0 ⡜       ⠈⢆
                """)
    }

    @Test func `blocks`() {
        #expect(
            chart(.blocks) == """
                8     ▄▚ ○
                     ▞  ▚
                   ▄▀    ▀▚
                0 ▞        ▚
                """)
    }

    @Test func `ascii`() {
        #expect(
            chart(.ascii) == """
                8    _-| o
                    _|  |
                   _'    |_
                0 _'      |_
                """)
    }

    @Test(
        arguments: zip([(0.0, 0.0), (1, 1), (0, 1), (1, 0)], ["▖", "▝", "▘", "▗"]))
    func `four quarters make every block`(place: (Double, Double), glyph: String) {
        let chart = LineChart(
            x: AxisScale(kind: .linear, low: 0, high: 1), y: AxisScale(kind: .linear, low: 0, high: 1),
            layers: [.line(points: [ChartPoint(x: place.0, y: place.1)], dash: .solid, style: .plain)])
        var buffer = CellBuffer(size: Size(width: 1, height: 1))
        chart.draw(into: &buffer, plot: buffer.bounds, labels: nil, glyphs: .blocks)
        #expect(buffer.text == glyph)
    }
}
