import Cells
import Commands
import CursesTerminal
import Dashboard
import Testing

@Suite struct InputEventTests {
    @Test(arguments: [
        (TerminalEvent.Key.character("}"), InputEvent.Key.character("}")), (.control("c"), .control("c")),
        (.enter, .enter), (.escape, .escape), (.tab, .tab), (.backTab, .backTab), (.backspace, .backspace),
        (.delete, .delete), (.up, .up), (.down, .down), (.left, .left), (.right, .right), (.home, .home), (.end, .end),
        (.pageUp, .pageUp), (.pageDown, .pageDown),
    ])
    func everyKeyKeepsItsMeaning(key: TerminalEvent.Key, input: InputEvent.Key) {
        #expect(InputEvent(.key(key)) == .key(input))
    }

    @Test(arguments: [
        (TerminalEvent.Mouse.Kind.press, InputEvent.Mouse.Kind.press), (.release, .release), (.drag, .drag),
        (.wheelUp, .wheelUp), (.wheelDown, .wheelDown),
    ])
    func theMouseKeepsItsPlace(kind: TerminalEvent.Mouse.Kind, input: InputEvent.Mouse.Kind) {
        let event = TerminalEvent.mouse(TerminalEvent.Mouse(kind: kind, x: 3, y: 5))
        #expect(InputEvent(event) == .mouse(InputEvent.Mouse(kind: input, x: 3, y: 5)))
    }

    @Test func whatMustNotSteerIsToldToTheGuards() {
        #expect(InputEvent(.paste("q")) == .paste("q"))
        #expect(InputEvent(.focus(gained: true)) == .focus)
        #expect(InputEvent(.ignored) == .ignored)
    }

    @Test func aNewSizeAndTheEndAreNoInput() {
        #expect(InputEvent(.resized(Size(width: 80, height: 24))) == nil)
        #expect(InputEvent(.endOfInput) == nil)
    }
}
