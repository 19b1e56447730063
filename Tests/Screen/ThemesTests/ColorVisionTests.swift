import Cells
import Testing
import Themes

@Suite struct ColorVisionTests {
    private static let series: [ColorRole] = [.train, .validation, .best, .rate, .you, .warn, .bad]

    private func closest(_ theme: Theme, _ vision: ColorVision) -> (distance: Double, pair: String) {
        var found = (distance: Double.infinity, pair: "")
        for (index, first) in Self.series.enumerated() {
            for second in Self.series[(index + 1)...] {
                let distance = vision.distance(theme[first], theme[second])
                if distance < found.distance { found = (distance, "\(first) and \(second)") }
            }
        }
        return found
    }

    @Test(arguments: ["sitter-safe-dark", "sitter-safe-light"], ColorVision.allCases)
    func `series of the safe themes stay apart`(name: String, vision: ColorVision) throws {
        let found = closest(try ThemeFolder.theme(name), vision)
        #expect(found.distance >= 0.07, "\(found.pair)")
    }

    /// The check has teeth: the default's series come close to each other for some.
    @Test func `a theme that is not made for it fails`() {
        #expect(closest(.sitterDark, .deuteranopia).distance < 0.07)
    }

    @Test(arguments: ThemeFolder.names.filter { $0 != "sitter-mono" })
    func `series of every theme stay apart for most people`(name: String) throws {
        let found = closest(try ThemeFolder.theme(name), .usual)
        #expect(found.distance >= 0.03, "\(found.pair)")
    }

    @Test func `red and green come closer without the cones for them`() {
        let (red, green) = (Color.rgb(200, 60, 40), Color.rgb(110, 120, 30))
        #expect(ColorVision.deuteranopia.distance(red, green) < ColorVision.usual.distance(red, green) / 2)
        #expect(ColorVision.usual.distance(.rgb(0, 0, 0), .rgb(255, 255, 255)) > 0.99)
    }
}
