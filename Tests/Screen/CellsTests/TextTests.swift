import Cells
import Testing

@Suite("Text in a cell buffer")
struct TextTests {
    private var buffer = CellBuffer(size: Size(width: 6, height: 2))

    @Test("text is cut at the left and the right edge")
    mutating func clipped() {
        buffer.write("abcdef", x: -2, y: 0, style: .plain)
        buffer.write("abcdef", x: 3, y: 1, style: .plain)
        #expect(buffer.text == "cdef\n   abc")
    }

    @Test("rows outside take no text")
    mutating func rowOutside() {
        buffer.write("abc", x: 0, y: 2, style: .plain)
        buffer.write("abc", x: 0, y: -1, style: .plain)
        #expect(buffer.text == "\n")
    }

    @Test("a limit cuts and the column behind the text comes back")
    mutating func limited() {
        #expect(buffer.write("abcdef", x: 1, y: 0, style: .plain, limit: 3) == 4)
        #expect(buffer.write("abc", x: 0, y: 1, style: .plain, limit: 0) == 0)
        #expect(buffer.text == " abc\n")
    }

    @Test("text can end at a column")
    mutating func endAligned() {
        #expect(buffer.write("é○", endX: 6, y: 0, style: .plain) == 4)
        #expect(buffer.text == "    é○\n")
    }

    @Test(
        "every character is one column",
        arguments: [
            ("loss", "loss"), ("e\u{301}te\u{301}", "ete"), ("é", "é"), ("a\tb\u{1B}[m", "a·b·[m"), ("漢字", "··"),
            ("✅", "·"), ("\u{200B}x\u{FEFF}", "x"), ("─ ◆ ⠤ ▁", "─ ◆ ⠤ ▁"), ("a\u{2028}b", "a·b"), ("", ""),
        ])
    func shown(_ text: String, _ expected: String) {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: displayScalars(text))
        #expect(Array(String(scalars).unicodeScalars) == Array(expected.unicodeScalars))
        #expect(displayWidth(text) == expected.unicodeScalars.count)
    }

    @Test("flags and families of several scalars stay certain in width")
    func joinedEmoji() {
        #expect(displayWidth("👩‍👩‍👧") == 3)
        #expect(displayWidth("🇳🇱") == 2)
    }
}
