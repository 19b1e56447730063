import Cells
import Charts
import Testing

@Suite("Gauges")
struct GaugeTests {
    private func bar(_ fraction: Double, _ width: Int, _ glyphs: GlyphSet) -> String {
        let gauge = Gauge(fraction: fraction, done: style(1), rest: style(2))
        return drawn(width, 1) { gauge.draw(into: &$0, x: 0, y: 0, width: width, glyphs: glyphs) }.first ?? ""
    }

    @Test(
        arguments: [
            (0.0, "────"), (0.1, "╸───"), (0.25, "━───"), (0.4, "━╸──"), (0.5, "━━──"), (1, "━━━━"),
        ])
    func `progress goes in half columns`(_ fraction: Double, _ expected: String) {
        #expect(bar(fraction, 4, .unicode) == expected)
    }

    @Test(
        arguments: [
            (0.0, "...."), (0.1, "...."), (0.25, ">..."), (0.5, "=>.."), (0.75, "==>."), (1, "===="),
        ])
    func `progress in ASCII has an arrow head until it is done`(_ fraction: Double, _ expected: String) {
        #expect(bar(fraction, 4, .ascii) == expected)
    }

    @Test(
        arguments: [
            (-1.0, "──"), (.nan, "──"), (7, "━━"), (.infinity, "━━"),
        ])
    func `fractions outside of 0...1 are limited`(_ fraction: Double, _ expected: String) {
        #expect(bar(fraction, 2, .unicode) == expected)
    }

    @Test
    func `what is done and what is left have their own styles`() {
        var buffer = CellBuffer(size: Size(width: 4, height: 1))
        Gauge(fraction: 0.4, done: style(1), rest: style(2)).draw(into: &buffer, x: 0, y: 0, width: 4, glyphs: .unicode)
        #expect(buffer.cells.map(\.style) == [1, 1, 2, 2].map(style))
    }

    @Test(
        arguments: [
            (4.8e-4 as Double?, "───●┿━━━─", "---@+===-"), (6.4e-4, "───━●━━━─", "---=@===-"),
            (1.3e-3, "───━●━━━─", "---=@===-"), (nil, "───━┿━━━─", "---=+===-"), (.nan, "───━┿━━━─", "---=+===-"),
            (1e-5, "●──━┿━━━─", "@--=+===-"), (0, "●──━┿━━━─", "@--=+===-"), (1e-9, "●──━┿━━━─", "@--=+===-"),
            (0.1, "───━┿━━━●", "---=+===@"), (.infinity, "───━┿━━━●", "---=+===@"),
        ])
    func `a ratio lies around the mark at 1e-3`(_ ratio: Double?, _ unicode: String, _ ascii: String) {
        let gauge = RatioGauge(ratio: ratio, track: style(1), dot: style(2))
        #expect(drawn(9, 1) { gauge.draw(into: &$0, x: 0, y: 0, width: 9, glyphs: .unicode) } == [unicode])
        #expect(drawn(9, 1) { gauge.draw(into: &$0, x: 0, y: 0, width: 9, glyphs: .ascii) } == [ascii])
    }

    @Test
    func `only the dot has the dot's style`() {
        var buffer = CellBuffer(size: Size(width: 9, height: 1))
        RatioGauge(ratio: 1, track: style(1), dot: style(2)).draw(into: &buffer, x: 0, y: 0, width: 9, glyphs: .unicode)
        #expect(buffer.cells.map(\.style) == [1, 1, 1, 1, 1, 1, 1, 1, 2].map(style))
    }
}
