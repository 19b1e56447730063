import Cells
import Testing

@Suite("Rect")
struct RectTests {
    @Test
    func `negative sizes count as 0`() {
        #expect(Rect(x: 3, y: 4, width: -1, height: -7) == Rect(x: 3, y: 4, width: 0, height: 0))
    }

    @Test
    func `the right and lower edges are outside`() {
        let rect = Rect(x: 2, y: 1, width: 3, height: 2)
        #expect(rect.contains(x: 2, y: 1))
        #expect(rect.contains(x: 4, y: 2))
        #expect(!rect.contains(x: 5, y: 1))
        #expect(!rect.contains(x: 2, y: 3))
    }

    @Test
    func `an intersection is what both contain, cell by cell`() {
        let first = Rect(x: 1, y: 1, width: 4, height: 3)
        for x in -2...6 {
            for width in 0...5 {
                let second = Rect(x: x, y: 2, width: width, height: 4)
                let shared = first.intersection(second)
                for column in -3...12 {
                    for row in 0...7 {
                        let isInBoth = first.contains(x: column, y: row) && second.contains(x: column, y: row)
                        #expect(shared.contains(x: column, y: row) == isInBoth)
                    }
                }
            }
        }
    }

    @Test
    func `inset takes from both sides and ends at nothing`() {
        let rect = Rect(x: 0, y: 0, width: 6, height: 3)
        #expect(rect.inset(columns: 1, rows: 1) == Rect(x: 1, y: 1, width: 4, height: 1))
        #expect(rect.inset(columns: 1, rows: 2).isEmpty)
    }

    @Test(arguments: [-1, 0, 2, 5, 9])
    func `both parts of a split together are the whole`(_ count: Int) {
        let rect = Rect(x: 3, y: 4, width: 5, height: 5)
        let (top, below) = rect.split(top: count)
        #expect(top.height + below.height == 5 && below.y == top.endY && below.endY == rect.endY)
        let (left, right) = rect.split(left: count)
        #expect(left.width + right.width == 5 && right.x == left.endX && right.endX == rect.endX)
    }
}
