import Cells
import Charts
import Testing

@Suite("Heat map")
struct HeatMapTests {
    private func buffer(
        _ map: HeatMap, _ width: Int, _ height: Int, _ glyphs: GlyphSet = .unicode, dithered: Bool = false
    ) -> CellBuffer {
        var buffer = CellBuffer(size: Size(width: width, height: height))
        map.draw(into: &buffer, rect: buffer.bounds, glyphs: glyphs, dithered: dithered) {
            style(UInt8(($0 * 100).rounded()))
        }
        return buffer
    }

    @Test
    func `the upper half is the foreground, the lower half the background, high values on top`() {
        let cells = buffer(HeatMap(columns: [[0, 99], [99, 0]]), 2, 1).cells
        #expect(cells[0] == Cell("▀", Style(foreground: .indexed(100), background: .indexed(0))))
        #expect(cells[1] == Cell("▀", Style(foreground: .indexed(0), background: .indexed(100))))
    }

    @Test
    func `two equal halves are one block`() {
        #expect(buffer(HeatMap(columns: [[5, 5]]), 1, 1).cells == [Cell("█", style(100))])
    }

    @Test
    func `the shade is the logarithm of one more than the count`() {
        let cells = buffer(HeatMap(columns: [[0], [9], [99]]), 3, 1).cells
        #expect(cells.map(\.style.foreground) == [.indexed(0), .indexed(50), .indexed(100)])
    }

    @Test
    func `ASCII has one value a cell and nothing for no count`() {
        #expect(buffer(HeatMap(columns: [[0, 99], [9, 0], [99, 0.001]]), 3, 2, .ascii).text == "@ .\n +@")
    }

    @Test
    func `without colours the shade is a count of dots`() {
        let map = HeatMap(columns: [[0, 99], [99, 99], [0, 0], [9, 0]])
        #expect(buffer(map, 4, 1, dithered: true).text.unicodeScalars.map(\.value) == [0x281B, 0x28FF, 0x2800, 0x2884])
    }

    @Test
    func `missing values leave their half or the whole cell alone`() {
        #expect(buffer(HeatMap(columns: [[.nan, 1], [1, .nan], [.nan, .nan]]), 3, 1).text == "▀▄")
    }

    @Test
    func `of the bins and columns that share a place the largest count shows`() {
        let map = HeatMap(columns: [[0, 0, 0, 9], [0, 0, 0, 0], [0, 0, 0, 0], [9, 0, 0, 0]])
        #expect(buffer(map, 2, 2, .ascii).text == "@\n @")
    }

    @Test
    func `a small map is stretched`() {
        #expect(buffer(HeatMap(columns: [[9, 0], [0, 9]]), 4, 2, .ascii).text == "  @@\n@@")
    }

    @Test
    func `an infinite count is the darkest and no data draws nothing`() {
        #expect(buffer(HeatMap(columns: [[.infinity], [3]]), 2, 1, .ascii).text == "@@")
        #expect(buffer(HeatMap(columns: []), 2, 1).text == "")
        #expect(buffer(HeatMap(columns: [[], []]), 2, 1).text == "")
        #expect(buffer(HeatMap(columns: [[0], [-3]]), 2, 1, .ascii).text == "")
    }
}
