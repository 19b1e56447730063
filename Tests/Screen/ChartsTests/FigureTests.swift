import Charts
import Testing

@Suite("Numbers in running text")
struct FigureTests {
    @Test(
        arguments: [
            (0.0171, "0.0171"), (0.182, "0.182"), (15.6, "15.6"), (1.54, "1.54"), (4.2e-4, "4.2e-4"), (322, "322"),
            (12_345, "1.2e4"), (0, "0"), (-0.5, "-0.500"), (0.01, "0.0100"), (999.9, "1.0e3"), (0.99999, "1.00"),
        ])
    func `figures`(value: Double, text: String) { #expect(Figure.plain(value) == text) }

    @Test
    func `durations and counts`() {
        #expect(Figure.duration(21) == "0:21")
        #expect(Figure.duration(727) == "12:07")
        #expect(Figure.duration(11_527) == "3:12:07")
        #expect(Figure.count(2140) == "2,140")
        #expect(Figure.factor(0.5) == "×0.5")
    }
}
