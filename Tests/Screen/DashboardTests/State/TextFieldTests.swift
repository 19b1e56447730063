import Cells
import Dashboard
import Testing

@Suite("Text fields, as the palette edits them")
struct TextFieldTests {
    static func field(_ keys: [InputEvent.Key]) -> TextField? {
        var desk = Desk()
        desk.type(":")
        for key in keys { desk.press(key) }
        if case .palette(let field)? = desk.state.overlay.shown { return field }
        return nil
    }

    static let abc: [InputEvent.Key] = ["a", "b", " ", "c"].map { .character($0) }

    @Test(
        arguments: [
            ([InputEvent.Key.backspace], "ab ", 3), ([.left, .backspace], "abc", 2),
            ([.left, .left, .delete], "abc", 2),
            ([.home, .character("x")], "xab c", 1), ([.home, .backspace], "ab c", 0), ([.delete], "ab c", 4),
            ([.left, .left, .control("u")], " c", 0), ([.control("w")], "ab ", 3),
            ([.control("w"), .control("w")], "", 0),
            ([.home, .right, .control("k")], "a", 1), ([.home, .end, .right], "ab c", 4),
        ])
    func `keys edit at the cursor`(keys: [InputEvent.Key], text: String, cursor: Int) {
        let field = Self.field(Self.abc + keys)
        #expect(field?.text == text)
        #expect(field?.cursor == cursor)
    }

    @Test
    func `pasted text becomes one line without control characters`() {
        var desk = Desk()
        desk.type(":")
        desk.input(.paste("\n a\tb\u{1B}[0m\r\nc\n"))
        #expect(desk.state.overlay.shown == .palette(TextField("a b [0m c")))
    }
}
