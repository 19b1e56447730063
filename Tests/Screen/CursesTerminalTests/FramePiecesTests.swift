import Cells
import CursesTerminal
import Testing

@Suite("Frames for a slow line")
struct FramePiecesTests {
    private let size = Size(width: 40, height: 10)

    private func differing(_ one: CellBuffer, _ other: CellBuffer) -> Int {
        zip(one.cells, other.cells).count { $0 != $1 }
    }

    @Test
    func `a fast line gets them whole`() {
        var pieces = FramePieces()
        let frame = CellBuffer(size: size, filledWith: Cell("x"))
        #expect(pieces.next(of: frame, over: nil, bytes: nil) == frame)
    }

    @Test(arguments: [1, 40, 120, 1_000, 100_000])
    func `every piece keeps to the budget, and together they are the frame`(bytes: Int) {
        var pieces = FramePieces()
        let frame = CellBuffer(size: size, filledWith: Cell("x"))
        var shown = CellBuffer(size: size)
        var count = 0
        while shown != frame, count < 1_000 {
            let next = pieces.next(of: frame, over: shown, bytes: bytes)
            let sent = differing(next, shown)
            #expect(sent > 0 && sent <= max(1, bytes))
            shown = next
            count += 1
        }
        #expect(shown == frame)
        #expect(pieces.next(of: frame, over: shown, bytes: bytes) == frame)
    }

    @Test
    func `what has just changed comes first`() {
        var pieces = FramePieces()
        var frame = CellBuffer(size: size, filledWith: Cell("x"))
        var shown = pieces.next(of: frame, over: nil, bytes: 60)
        #expect(differing(shown, frame) > 300)
        frame.write("paused", x: 20, y: 9, style: .plain)
        shown = pieces.next(of: frame, over: shown, bytes: 60)
        #expect(shown.text.hasSuffix("paused"))
    }

    @Test
    func `a screen whose beginning never rests is still drawn to its end`() {
        var pieces = FramePieces()
        var shown = CellBuffer(size: size)
        var frame = CellBuffer(size: size, filledWith: Cell("x"))
        for round in 0..<60 {
            // Two rows that differ in every cell each time: more than the budget.
            frame.fill(Rect(x: 0, y: 0, width: 40, height: 2), with: Cell(round.isMultiple(of: 2) ? "a" : "b"))
            shown = pieces.next(of: frame, over: shown, bytes: 60)
        }
        #expect((80..<400).allSatisfy { shown.cells[$0] == Cell("x") })
    }

    @Test
    func `a frame of another size begins anew, an empty one is nothing`() {
        var pieces = FramePieces()
        let large = CellBuffer(size: size, filledWith: Cell("x"))
        _ = pieces.next(of: large, over: nil, bytes: 100)
        let small = CellBuffer(size: Size(width: 3, height: 2), filledWith: Cell("y"))
        #expect(pieces.next(of: small, over: nil, bytes: 100) == small)
        let none = CellBuffer(size: Size(width: 0, height: 0))
        #expect(pieces.next(of: none, over: nil, bytes: 100) == none)
    }
}
