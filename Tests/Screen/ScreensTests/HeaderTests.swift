import Cells
import Dashboard
import Runs
import Screens
import Testing

/// The header's name and the empty charts of a run that has just begun.
@Suite struct HeaderTests {
    private func row(_ state: DashboardState, _ width: Int, _ height: Int = 24) -> String {
        String(SampleScreen.draw(state, width, height).text.split(separator: "\n")[0])
    }

    @Test(arguments: 60...200) func `a name is not cut while blanks stand beside it`(width: Int) {
        for phase in [RunPhase.training, .paused(.asked), .finished(.completed)] {
            let state = SampleScreen.state(SampleRun(phase: phase)) {
                $0.run.history.description.name = "residual-network-with-a-name-of-many-letters"
            }
            let row = row(state, width)
            guard row.contains("…") else { continue }
            let name = row.prefix { $0 != "…" }
            #expect(name.count >= 11)
            // The phase has room for its longest word, and the time for its longest form that finds room.
            let left = width < 120 ? row : String(row.prefix(Int(0.64 * Double(width))))
            #expect(left.ranges(of: String(repeating: " ", count: width < 120 ? 18 : 8)).isEmpty, "\(row)")
        }
        let state = SampleScreen.state { $0.run.history.description.name = "residual-deep" }
        if width >= 80 { #expect(row(state, width).contains("residual-deep")) }
    }

    @Test func `the name's room does not follow the time that is left`() {
        let rows = [9.0, 61, 3_700, 90_000].map { left in
            row(
                SampleScreen.state {
                    $0.run.history.description.name = "residual-network-with-a-name-of-many-letters"
                    $0.run.history.status.progress.secondsLeft = left
                }, 80
            ).prefix { $0 != "…" }
        }
        #expect(Set(rows).count == 1, "\(rows)")
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 50)])
    func `a chart without numbers has no axis`(width: Int, height: Int) throws {
        var state = SampleScreen.state(SampleRun(step: 0))
        state.view.show(.system, of: state.run.history)
        let layout = ScreenLayout(size: Size(width: width, height: height), state: state)
        let buffer = SampleScreen.draw(state, width, height)
        for panel in [PanelID.memory] {
            let plot = try #require(layout.plotRects[panel])
            for y in plot.y..<plot.endY {
                #expect((1..<plot.endX).allSatisfy { buffer[$0, y].glyph == " " }, "\(buffer.text)")
            }
        }
    }

    @Test(arguments: [(80, 24), (100, 30)]) func `both lines of the memory have their words`(width: Int, height: Int) {
        var state = SampleScreen.state()
        state.view.show(.system, of: state.run.history)
        let heading = SampleScreen.draw(state, width, height).text.split(separator: "\n").first {
            $0.contains(" memory ")
        }
        #expect(heading?.contains("peak") == true && heading?.contains("MB") == true, "\(heading ?? "")")
    }

    @Test func `layers share their rows evenly, and what is left goes to the panels below`() {
        let layout = ScreenLayout(size: Size(width: 200, height: 50), screen: .overview, layerCount: 11)
        let layers = layout.panelRects[.layers]
        #expect(layout.rowsPerLayer == 2)
        #expect(layers?.height == 1 + 1 + 2 * 11)
        #expect(layout.updatesRect?.height == 12)
    }
}
