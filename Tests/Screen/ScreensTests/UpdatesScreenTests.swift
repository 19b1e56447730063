import Cells
import Charts
import Dashboard
import Runs
import Screens
import Testing

/// The screen of updates: its lines, its zeros and its room.
@Suite struct UpdatesScreenTests {
    private static func state(
        _ layers: Int = 3, every steps: Int = 10, _ value: @escaping (_ step: Int, _ layer: Int) -> Double
    ) -> DashboardState {
        var run = CurveRun()
        run.description.layers = (0..<layers).map {
            LayerDescription(
                name: "\($0)", kind: "linear", outputShape: [8], activation: "tanh", parameterCount: 72)
        }
        run.layers = { (value($0, $1), value($0, $1)) }
        run.measuredEvery = steps
        run.gradient = { _ in 50 }
        return run.state(1_000, .updates)
    }

    /// The glyphs of a role in some columns, row by row.
    private func glyphs(
        _ role: Style, _ buffer: CellBuffer, columns: Range<Int>
    ) -> [[Unicode.Scalar]] {
        (3..<buffer.size.height - 2).map { y in
            columns.map { buffer[$0, y] }.filter { $0.style == role && $0.glyph != " " }.map(\.glyph)
        }
    }

    @Test func `the charts in the list draw what the charts beside them draw: lines between measurements, marked`()
        throws
    {
        let state = Self.state(every: 250) { step, _ in 1e-3 * Double(1 + step) }
        let layout = ScreenLayout(size: Size(width: 200, height: 50), state: state)
        let list = try #require(layout.panelRects[.layerUpdates])
        #expect(layout.hasLayerCharts)
        let buffer = SampleScreen.draw(state, 200, 50)
        let drawn = glyphs(SampleScreen.palette[.train], buffer, columns: list.x + 20..<list.endX).joined()
        // Four measurements of three layers, each marked, and slopes between them: steps would be flat or upright.
        #expect(drawn.count { $0 == "●" } == 12)
        let beside = glyphs(SampleScreen.palette[.brightText], buffer, columns: 7..<list.x - 2).joined()
        #expect(beside.count { $0 == "●" } == 8, "two charts of the chosen layer")
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 50)], [false, true])
    func `a number of 0 has a mark at the edge of a logarithmic axis`(size: (Int, Int), isASCII: Bool) throws {
        let state = Self.state { step, _ in step < 500 ? 1e-2 : 0 }
        let buffer = SampleScreen.draw(state, size.0, size.1, isASCII ? .ascii : .unicode)
        let layout = ScreenLayout(size: Size(width: size.0, height: size.1), state: state)
        for panel in [PanelID.gradientNorms, .updateRatios] {
            let plot = try #require(layout.plotRects[panel])
            let row = (plot.x..<plot.endX).filter {
                buffer[$0, plot.endY - 1].glyph == (isASCII ? "v" : "▾")
                    && buffer[$0, plot.endY - 1].style == SampleScreen.palette[.brightText]
            }
            #expect(row.count > plot.width / 3, "\(panel) \(buffer.text)")
        }
        guard layout.hasLayerCharts, let list = layout.panelRects[.layerUpdates] else { return }
        let marks = glyphs(SampleScreen.palette[.train], buffer, columns: list.x + 20..<list.endX)
            .joined().filter { $0 == (isASCII ? "v" : "▾") }
        #expect(marks.count > 20)
    }

    @Test func `an update of 0 looks alike on all screens`() {
        var state = Self.state { _, layer in layer == 1 ? 0 : 1e-3 }
        for screen in [Screen.overview, .layers, .updates] {
            state.view.show(screen, of: state.run.history)
            let buffer = SampleScreen.draw(state, 200, 50)
            let zeros = (0..<50).flatMap { y in
                (130..<199).filter { x in
                    buffer[x, y].glyph == "0" && buffer[x - 1, y].glyph == " " && buffer[x + 1, y].glyph == " "
                }.map { buffer[$0, y].style }
            }
            #expect(zeros.contains(SampleScreen.palette[.warn]), "\(screen)")
            #expect(!zeros.contains(SampleScreen.palette[.bad]), "\(screen)")
        }
    }

    @Test func `few layers get tall strips, many one row each`() {
        func rows(_ layers: Int, _ height: Int) -> Int {
            ScreenLayout(size: Size(width: 120, height: height), screen: .updates, layerCount: layers).rowsPerLayer
        }
        #expect(rows(3, 40) == 9 && rows(8, 40) == 4 && rows(11, 40) == 3 && rows(30, 40) == 1)
        let state = Self.state { _, _ in 1e-1 }
        let buffer = SampleScreen.draw(state, 120, 40)
        let full = (0..<40).count { y in (92..<109).allSatisfy { buffer[$0, y].glyph == "█" } }
        // The highest update fills all rows of its strip; a gradient of a tenth two thirds of its own.
        #expect(full >= 3 * 6, "\(buffer.text)")
        // Beside the ground of its strip stands what it is.
        let small = SampleScreen.draw(Self.state { _, _ in 1e-7 }, 120, 40).text
        #expect(small.split(separator: "\n").count { $0.contains("0 linear  ▁▁▁▁▁▁") && $0.contains("1.0e-7") } == 1)
    }
}
