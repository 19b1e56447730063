import Cells
import Charts
import Testing

@Suite("Sparkline")
struct SparklineTests {
    private func row(_ values: [Double?], _ width: Int, _ glyphs: GlyphSet = .unicode) -> [String] {
        let line = Sparkline(values: values)
        return drawn(width, 1) { line.draw(into: &$0, x: 0, y: 0, width: width, glyphs: glyphs) { _ in .plain } }
    }

    @Test
    func `eight heights from 0 to 1`() {
        let values = (0..<8).map { Double($0) / 7 }
        #expect(row(values, 8) == ["▁▂▃▄▅▆▇█"])
        #expect(row(values, 8, .ascii) == [":-=+*#%@"])
    }

    @Test
    func `missing values are blank, those beyond the range are limited`() {
        #expect(row([nil, -3, .nan, 9, .infinity, nil], 6) == [" ▁ ██"])
    }

    @Test
    func `the largest of the values that share a column shows`() {
        #expect(row([0, 1, 0, 0, nil, 0.5, nil, nil], 4) == ["█▁▅"])
    }

    @Test
    func `in several rows blocks stand on each other`() {
        func rows(_ glyphs: GlyphSet) -> [String] {
            drawn(5, 2) {
                Sparkline(values: [0, 0.5, 0.75, 1, nil]).draw(
                    into: &$0, rect: Rect(x: 0, y: 0, width: 5, height: 2), glyphs: glyphs
                ) { _ in .plain }
            }
        }
        #expect(rows(.unicode) == ["  ▅█", "▁███"])
        #expect(rows(.ascii) == ["  *@", ":@@@"])
    }

    @Test
    func `a short series is stretched`() {
        #expect(row([0, 1], 5) == ["▁▁▁██"])
        #expect(row([], 5) == [])
    }

    @Test
    func `the style is that of the limited value`() {
        var buffer = CellBuffer(size: Size(width: 3, height: 1))
        Sparkline(values: [0.2, 5, nil]).draw(into: &buffer, x: 0, y: 0, width: 3, glyphs: .unicode) {
            style(UInt8($0 * 10))
        }
        #expect(buffer.cells.map(\.style) == [style(2), style(10), .plain])
    }
}
