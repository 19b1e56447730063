import Cells
import Testing

@Suite struct CellBufferSequencesTests {
    @Test func `styles become sequences, and rows end plain without trailing blanks`() {
        var buffer = CellBuffer(size: Size(width: 8, height: 2))
        buffer.write("ab", x: 0, y: 0, style: Style(foreground: .rgb(1, 2, 3), attributes: [.bold, .underline]))
        buffer.write("c", x: 2, y: 0, style: .plain)
        buffer.write("d", x: 1, y: 1, style: Style(foreground: .indexed(3), background: .indexed(12)))
        #expect(
            buffer.textWithColors
                == "\u{1B}[0;1;4;38;2;1;2;3mab\u{1B}[0mc\n \u{1B}[0;33;104md\u{1B}[0m")
    }

    @Test func `without styles it is the text`() {
        var buffer = CellBuffer(size: Size(width: 6, height: 1))
        buffer.write("x 漢 y", x: 0, y: 0, style: .plain)
        #expect(buffer.textWithColors == buffer.text)
    }
}
