import Cells
import Testing

@Suite("Changes between two frames")
struct ChangesTests {
    private func frame(_ rows: String...) -> CellBuffer {
        var buffer = CellBuffer(size: Size(width: rows.map(displayWidth).max() ?? 0, height: rows.count))
        for (y, row) in rows.enumerated() { buffer.write(row, x: 0, y: y, style: .plain) }
        return buffer
    }

    @Test
    func `equal frames have none`() {
        #expect(frame("abc", "def").changes(from: frame("abc", "def")).isEmpty)
    }

    @Test
    func `neighbouring cells come as one run, and runs end at the row's end`() {
        let changes = frame("aXXdX", "Xbcde").changes(from: frame("abcde", "abcde"))
        #expect(changes.map(\.x) == [1, 4, 0])
        #expect(changes.map(\.y) == [0, 0, 1])
        #expect(changes.map(\.range) == [1..<3, 4..<5, 5..<6])
    }

    @Test
    func `a style alone is a change`() {
        let earlier = frame("abc")
        var later = earlier
        later[1, 0].style = Style(attributes: .reverse)
        #expect(later.changes(from: earlier).map(\.range) == [1..<2])
    }

    @Test
    func `another size repaints every row`() {
        let changes = frame("ab", "cd").changes(from: frame("ab"))
        #expect(changes.map(\.range) == [0..<2, 2..<4])
        #expect(CellBuffer(size: Size(width: 0, height: 3)).changes(from: frame("ab")).isEmpty)
    }

    @Test(arguments: 0..<20)
    func `copying the changes makes the earlier frame the later one`(_ seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next(_ bound: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % bound)
        }
        var earlier = CellBuffer(size: Size(width: 7, height: 4))
        for _ in 0..<20 { earlier[next(7), next(4)] = Cell("a") }
        var later = earlier
        for _ in 0..<next(12) { later[next(7), next(4)] = Cell(next(2) == 0 ? "a" : "b") }
        for change in later.changes(from: earlier) {
            for (offset, index) in change.range.enumerated() {
                #expect(earlier.cells[index] != later.cells[index])
                earlier[change.x + offset, change.y] = later.cells[index]
            }
        }
        #expect(earlier == later)
    }

    @Test
    func `a wide letter is sent whole, however little of it is new`() {
        let earlier = frame("a训练  ")
        var later = earlier
        later[2, 0].style = Style(attributes: .reverse)
        #expect(later.changes(from: earlier).map(\.range) == [1..<3])
        #expect(frame("a练练  ").changes(from: earlier).map(\.x) == [1])
    }
}
