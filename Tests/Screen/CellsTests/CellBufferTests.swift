import Cells
import Testing

@Suite("Cell buffer")
struct CellBufferTests {
    private let bold = Style(attributes: .bold)

    @Test
    func `outside of the buffer reads are blank and writes do nothing`() {
        var buffer = CellBuffer(size: Size(width: 2, height: 2))
        for (x, y) in [(-1, 0), (0, -1), (2, 0), (0, 2), (Int.max, Int.min)] {
            buffer[x, y] = Cell("x")
            #expect(buffer[x, y] == .blank)
        }
        #expect(buffer == CellBuffer(size: Size(width: 2, height: 2)))
    }

    @Test
    func `a negative size is an empty buffer`() {
        #expect(CellBuffer(size: Size(width: -3, height: 4)).cells.isEmpty)
    }

    @Test
    func `a fill is clipped`() {
        var buffer = CellBuffer(size: Size(width: 4, height: 3))
        buffer.fill(Rect(x: 2, y: -5, width: 9, height: 7), with: Cell("#"))
        #expect(buffer.text == "  ##\n  ##\n")
    }

    @Test
    func `restyling keeps the glyphs`() {
        var buffer = CellBuffer(size: Size(width: 3, height: 1))
        buffer.write("abc", x: 0, y: 0, style: .plain)
        buffer.restyle(Rect(x: 1, y: 0, width: 9, height: 1)) { $0.adding(.bold) }
        #expect(buffer.cells == [Cell("a"), Cell("b", bold), Cell("c", bold)])
    }
}
