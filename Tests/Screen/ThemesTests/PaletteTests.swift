import Cells
import Testing
import Themes

@Suite struct PaletteTests {
    @Test(arguments: ThemeFolder.names, ColorDepth.allCases)
    func `what stands side by side can be told apart`(name: String, depth: ColorDepth) throws {
        let palette = Palette(theme: try ThemeFolder.theme(name), depth: depth)
        let series = [ColorRole.train, .validation, .best, .rate, .you, .warn].map { palette[$0] }
        #expect(Set(series).count == series.count)
        #expect(palette[.raw] != palette[.train])
        #expect(palette[.dimText] != palette[.text] && palette[.brightText] != palette[.text])
        #expect(palette[.planned] != palette[.rate])
        #expect(palette[.selection] != palette[.text])
    }

    @Test func `true colours are those of the theme`() {
        let palette = Palette(theme: .sitterDark, depth: .trueColor)
        #expect(palette[.train] == Style(foreground: .rgb(88, 166, 255), background: .rgb(20, 22, 27)))
        #expect(palette[.selection].background == .rgb(29, 34, 43))
        #expect(palette.heat(0).foreground == .rgb(35, 54, 79))
        #expect(palette.heat(1).foreground == .rgb(185, 226, 245))
        #expect(palette.never(1).foreground == .rgb(217, 138, 52))
    }

    @Test(arguments: ThemeFolder.names) func `heat maps begin at the colour of the background`(name: String) throws {
        let theme = try ThemeFolder.theme(name)
        guard theme[.background] != .terminalDefault else { return }
        let palette = Palette(theme: theme, depth: .trueColor)
        #expect(palette.heatMap(0).foreground == palette[.background].background)
        #expect(palette.heatMap(1) == palette.heat(1))
    }

    @Test(arguments: [ColorDepth.mono, .ansi16])
    func `few colours stand on the terminals own background`(depth: ColorDepth) {
        let palette = Palette(theme: .sitterDark, depth: depth)
        for role in ColorRole.allCases { #expect(palette[role].background == .terminalDefault) }
        #expect(palette.heat(0.5).background == .terminalDefault)
    }

    @Test func `without colours none is asked for`() {
        let palette = Palette(theme: .sitterDark, depth: .mono)
        for role in ColorRole.allCases { #expect(palette[role].foreground == .terminalDefault) }
        #expect(palette[.brightText].attributes == .bold)
        #expect(palette[.raw].attributes == .dim)
        #expect(palette[.selection].attributes == .reverse)
    }

    /// The cube's lilac lies nearer to a dull blue than its blues do.
    @Test(arguments: ["sitter-dark", "sitter-paper"])
    func `a ramp of blues has no lilac in 256 colours`(name: String) throws {
        let palette = Palette(theme: try ThemeFolder.theme(name), depth: .palette256)
        for step in 0...63 {
            guard case .indexed(let index) = palette.heat(Double(step) / 63).foreground, index < 232 else { continue }
            let place = Int(index) - 16
            let (red, green, blue) = (place / 36, place / 6 % 6, place % 6)
            #expect(red <= green && green <= blue, "entry \(index) at step \(step)")
            #expect(blue == red || green > red || red >= 3, "entry \(index) at step \(step)")
        }
    }

    @Test func `heat rises in one direction`() throws {
        let black = Color.rgb(0, 0, 0)
        for (name, sign) in [("sitter-dark", 1.0), ("sitter-contrast", 1.0), ("sitter-light", -1.0)] {
            let palette = Palette(theme: try ThemeFolder.theme(name), depth: .trueColor)
            let ratios = try (0...10).map {
                try #require(contrast(palette.heat(Double($0) / 10).foreground, black)) * sign
            }
            #expect(ratios == ratios.sorted())
        }
    }

    @Test func `shares outside of the range are clamped`() {
        let palette = Palette(theme: .sitterDark, depth: .palette256)
        #expect(palette.heat(-1) == palette.heat(0))
        #expect(palette.heat(.nan) == palette.heat(0))
        #expect(palette.heat(.infinity) == palette.heat(1))
        #expect(palette.never(2) == palette.never(1))
    }

    @Test(arguments: [true, false]) func `in 16 colours the average and the raw values behind it differ by colour`(
        isLight: Bool
    ) throws {
        let palette = Palette(theme: isLight ? try ThemeFolder.theme("sitter-light") : .sitterDark, depth: .ansi16)
        #expect(palette[.train].foreground != palette[.raw].foreground)
        // Where there are eight colours the bright ones are the others in bold.
        #expect(palette[.raw].foreground != .indexed(4) && palette[.raw].foreground != .indexed(12))
    }

    @Test func `strokes have no lines below their cells`() {
        let palette = Palette(theme: .sitterDark, depth: .mono)
        for role in ColorRole.allCases {
            #expect(palette.line(role).attributes.isDisjoint(with: [.reverse, .underline]))
        }
    }
}
