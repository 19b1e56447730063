import Cells
import Testing

@Suite("Style")
struct StyleTests {
    @Test
    func `a hexadecimal colour is red, green, blue`() {
        #expect(Color(hex: 0x58A6FF) == .rgb(0x58, 0xA6, 0xFF))
    }

    @Test
    func `adding attributes keeps the ones that are on`() {
        #expect(Style(attributes: .dim).adding(.bold).attributes == [.dim, .bold])
    }

    @Test
    func `another background changes nothing else`() {
        let style = Style(foreground: .indexed(3), attributes: .underline)
        #expect(
            style.on(.indexed(1)) == Style(foreground: .indexed(3), background: .indexed(1), attributes: .underline))
    }
}
