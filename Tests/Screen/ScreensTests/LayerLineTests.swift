import Cells
import Dashboard
import Runs
import Screens
import Testing

/// The line of the chosen layer on the screen of updates.
@Suite struct LayerLineTests {
    private static let panels = [PanelID.gradientNorms, .updateRatios]

    /// The cells of a panel's plot that are the chosen layer's, by column.
    private func cells(
        _ panel: PanelID, every steps: Int, zoom: ClosedRange<Double> = 0...1_000, smoothing: Double = 0,
        _ glyphs: GlyphSet = .unicode, value: @escaping (Int) -> Double
    ) throws -> [[Unicode.Scalar]] {
        var run = CurveRun()
        run.layers = { step, _ in (value(step), value(step)) }
        run.measuredEvery = steps
        // Somewhere else than the layer's, and no changes in sight.
        run.gradient = { _ in 50 }
        var state = run.state(1_000, .updates)
        state.view.enlarged = panel
        state.view.charts.zoom = zoom
        state.view.charts.smoothing = smoothing
        state.run.history.smooth(with: state.view.charts.average)
        let plot = try #require(ScreenLayout(size: Size(width: 100, height: 30), state: state).plotRects[panel])
        let buffer = SampleScreen.draw(state, 100, 30, glyphs)
        return (plot.x..<plot.endX).map { x in
            (plot.y..<plot.endY).map { buffer[x, $0] }
                .filter { $0.style == SampleScreen.palette[.brightText] && $0.glyph != " " }.map(\.glyph)
        }
    }

    @Test(arguments: panels, [Double.nan, .infinity, -1])
    func `a number that is none breaks the line`(panel: PanelID, bad: Double) throws {
        let whole = try cells(panel, every: 10) { _ in 1e-2 }
        // The last measurement is a column or two before the end.
        #expect(whole.dropLast(2).allSatisfy { !$0.isEmpty })
        let broken = try cells(panel, every: 10) { (400..<600).contains($0) ? bad : 1e-2 }
        let middle = broken.count / 2
        #expect(broken[middle - 6...middle + 6].allSatisfy { $0.isEmpty }, "nothing joins the two sides")
        #expect(broken.prefix(middle - 12).allSatisfy { !$0.isEmpty })
        #expect(broken.suffix(middle - 12).dropLast(2).allSatisfy { !$0.isEmpty })
    }

    @Test(arguments: panels)
    func `measurements that are far apart are marked, dense ones are not`(panel: PanelID) throws {
        func marks(_ columns: [[Unicode.Scalar]], _ mark: Unicode.Scalar = "●") -> Int {
            columns.count { $0.contains(mark) }
        }
        let value: (Int) -> Double = { 1e-2 * (1 + Double($0) / 1_000) }
        #expect(try marks(cells(panel, every: 100, value: value)) == 10)
        #expect(try marks(cells(panel, every: 125, .ascii, value: value), "@") == 8)
        #expect(try marks(cells(panel, every: 10, value: value)) == 0)
        // Near enough, the same measurements lie far apart.
        #expect(try marks(cells(panel, every: 10, zoom: 500...549, value: value)) == 5)
        let gap = try cells(panel, every: 10) { (400..<600).contains($0) ? .nan : value($0) }
        #expect(marks(gap) == 0, "what was measured and is no number is a gap of the line, not of the measurements")
    }

    @Test(arguments: panels)
    func `few measurements are drawn where they were measured, however much is averaged`(panel: PanelID) throws {
        let jump: (Int) -> Double = { $0 < 700 ? 1e-4 : 1e-1 }
        let measured = try cells(panel, every: 250, value: jump)
        #expect(measured.contains { $0.contains("●") })
        #expect(try cells(panel, every: 250, smoothing: 0.5, value: jump) == measured)
        // Of many there is an average.
        #expect(
            try cells(panel, every: 10, smoothing: 0.5, value: jump) != cells(panel, every: 10, value: jump))
    }

    @Test func `the only measurement is marked`() throws {
        let cells = try cells(.updateRatios, every: 1_000) { _ in 1e-2 }
        #expect(cells.first == ["●"] && cells.dropFirst().allSatisfy { $0.isEmpty })
    }
}
