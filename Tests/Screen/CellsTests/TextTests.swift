import Cells
import Testing

@Suite("Text in a cell buffer")
struct TextTests {
    private var buffer = CellBuffer(size: Size(width: 6, height: 2))

    @Test
    mutating func `text is cut at the left and the right edge`() {
        buffer.write("abcdef", x: -2, y: 0, style: .plain)
        buffer.write("abcdef", x: 3, y: 1, style: .plain)
        #expect(buffer.text == "cdef\n   abc")
    }

    @Test
    mutating func `rows outside take no text`() {
        buffer.write("abc", x: 0, y: 2, style: .plain)
        buffer.write("abc", x: 0, y: -1, style: .plain)
        #expect(buffer.text == "\n")
    }

    @Test
    mutating func `a limit cuts and the column behind the text comes back`() {
        #expect(buffer.write("abcdef", x: 1, y: 0, style: .plain, limit: 3) == 4)
        #expect(buffer.write("abc", x: 0, y: 1, style: .plain, limit: 0) == 0)
        #expect(buffer.text == " abc\n")
    }

    @Test
    mutating func `text can end at a column`() {
        #expect(buffer.write("é○", endX: 6, y: 0, style: .plain) == 4)
        #expect(buffer.text == "    é○\n")
    }

    @Test(
        arguments: [
            ("loss", "loss"), ("e\u{301}te\u{301}", "ete"), ("é", "é"), ("a\tb\u{1B}[m", "a·b·[m"), ("漢字", "漢\0字\0"),
            ("✅", "·"), ("\u{200B}x\u{FEFF}", "x"), ("─ ◆ ⠤ ▁", "─ ◆ ⠤ ▁"), ("a\u{2028}b", "a·b"), ("", ""),
        ])
    func `a character is one column, an East Asian wide one two`(_ text: String, _ expected: String) {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: displayScalars(text))
        #expect(Array(String(scalars).unicodeScalars) == Array(expected.unicodeScalars))
        #expect(displayWidth(text) == expected.unicodeScalars.count)
    }

    @Test
    func `flags and families of several scalars stay certain in width`() {
        #expect(displayWidth("👩‍👩‍👧") == 3)
        #expect(displayWidth("🇳🇱") == 2)
    }

    @Test
    mutating func `a wide letter takes two cells and is never cut in two`() {
        #expect(buffer.write("a训练b", x: 0, y: 0, style: .plain) == 6)
        #expect(buffer.text == "a训练b\n")
        #expect(buffer[1, 0].glyph == "训" && buffer[2, 0].glyph == Cell.secondHalf)
        #expect(buffer.write("训练", x: 0, y: 1, style: .plain, limit: 3) == 3)
        #expect(buffer.text == "a训练b\n训·")
        #expect(displayPrefix("训练一", columns: 5) == "训练")
    }

    @Test
    mutating func `what is written over one half of a wide letter leaves a dot of the other`() {
        buffer.write("训练一", x: 0, y: 0, style: .plain)
        buffer.write("x", x: 1, y: 0, style: .plain)
        buffer.write("y", x: 4, y: 0, style: .plain)
        buffer.write("训练", x: 3, y: 1, style: .plain)
        buffer.mendHalves()
        #expect(buffer.text == "·x练y·\n   训·")
    }
}
