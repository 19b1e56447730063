import Cells
import Testing
import Themes

@Suite struct ColorDepthTests {
    @Test(arguments: [
        (0xFF0000, 196), (0x00FF00, 46), (0x0000FF, 21), (0xFFFFFF, 231), (0x000000, 16), (0x808080, 244),
        (0xFF8700, 208),
        (0x5F87AF, 67), (0x121212, 233),
    ])
    func `exact entries of the palette are found`(hex: UInt32, index: UInt8) {
        #expect(ColorDepth.palette256.reduce(Color(hex: hex)) == .indexed(index))
    }

    @Test(arguments: [(0xFF0000, 9), (0xCD0000, 1), (0x00F000, 10), (0x101010, 0), (0xF8F8F8, 15), (0x00CDCD, 6)])
    func `near entries of the sixteen are found`(hex: UInt32, index: UInt8) {
        #expect(ColorDepth.ansi16.reduce(Color(hex: hex)) == .indexed(index))
    }

    @Test func `what can be shown stays`() {
        #expect(ColorDepth.trueColor.reduce(.rgb(1, 2, 3)) == .rgb(1, 2, 3))
        #expect(ColorDepth.palette256.reduce(.indexed(9)) == .indexed(9))
        #expect(ColorDepth.ansi16.reduce(.indexed(15)) == .indexed(15))
        #expect(ColorDepth.ansi16.reduce(.indexed(196)) == .indexed(9))
        #expect(ColorDepth.mono.reduce(.rgb(255, 0, 0)) == .terminalDefault)
        for depth in ColorDepth.allCases { #expect(depth.reduce(.terminalDefault) == .terminalDefault) }
    }
}
