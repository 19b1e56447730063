import Cells
import Dashboard
import History
import Runs
import Screens
import Testing

@Suite struct LayersScreenTests {
    /// A run with more layers than any screen has rows; the last of them has dead units.
    private func deep(_ count: Int) -> DashboardState {
        var description = SampleRun.description
        description.layers = (0..<count).map {
            LayerDescription(
                name: "\($0)", kind: "linear", outputShape: [8], activation: "relu", parameterCount: 72)
        }
        var history = RunHistory(description: description)
        let statistics = (0..<count).map { index in
            var layer = LayerStatistics.empty
            layer.mean = 0
            layer.std = 1
            layer.neverFired = index == count - 1 ? 0.9 : 0
            return layer
        }
        var changes = SampleRun().changes
        changes.description = description
        changes.layers = [LayersReport(position: Position(step: 100), layers: statistics)]
        history.apply(changes)
        return DashboardState(history: history)
    }

    @Test func `where the rows do not suffice the worst layer comes first and the quiet ones are counted`() {
        let text = SampleScreen.draw(deep(20), 80, 24).text
        let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(rows[4].contains("19 linear"))
        #expect(text.contains("+13 quiet"))
    }

    @Test func `a layer with an alarm is worse than one with a share below it`() {
        var layer = LayerStatistics.empty
        (layer.minimum, layer.maximum) = (-1, 1)
        layer.neverFired = 0.29
        let quiet = LayerSelection.trouble(of: layer, [])
        layer.neverFired = 0
        let odd = LayerSelection.trouble(of: layer, .oddUpdate)
        let both = LayerSelection.trouble(of: layer, [.oddUpdate, .equalUnits])
        layer.maximum = .infinity
        #expect(quiet < odd && odd < both && both < LayerSelection.trouble(of: layer, []))
    }

    @Test func `the selected row is always among those shown`() {
        var state = deep(40)
        state.view.screen = .layers
        for selected in [0, 7, 21, 39] {
            state.view.layers.selected = selected
            let text = SampleScreen.draw(state, 80, 24).text
            #expect(text.contains("│▸\(selected < 10 ? " " : "")\(selected) linear"), "\(selected)")
        }
    }

    @Test func `the filter lists only what it names`() {
        var state = SampleScreen.state()
        state.view.screen = .layers
        state.view.layers.filter = "conv"
        let text = SampleScreen.draw(state, 120, 40).text
        #expect(text.contains("12 conv"))
        #expect(!text.contains("19 linear"))
    }

    @Test func `dead units stand out in the warning colour, healthy ones do not`() {
        var state = SampleScreen.state()
        state.view.screen = .layers
        let buffer = SampleScreen.draw(state, 120, 40)
        let rows = buffer.text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        for (share, role) in [("38 %", SampleScreen.palette[.warn]), ("25 %", SampleScreen.palette[.text])] {
            let place = rows.enumerated().lazy.compactMap { row, text in
                String(text).range(of: share).map {
                    (row, String(text).distance(from: String(text).startIndex, to: $0.lowerBound))
                }
            }.first
            #expect(place.map { buffer[$0.1, $0.0].style.foreground } == role.foreground)
        }
    }

    @Test(arguments: [(60, 20), (80, 24), (100, 30), (120, 40), (200, 50)], [nil, PanelID.stdTrend, .signalTrend])
    func `every line over depth has its words`(size: (Int, Int), focus: PanelID?) throws {
        // Measured long ago: that takes more words than now.
        for step in [2_140, 2_160] {
            var state = SampleScreen.state(SampleRun(step: step))
            state.view.screen = .layers
            state.view.focus = focus ?? .depth
            let buffer = SampleScreen.draw(state, size.0, size.1)
            let layout = ScreenLayout(size: Size(width: size.0, height: size.1), state: state)
            for panel in [PanelID.stdTrend, .signalTrend] {
                guard let plot = layout.plotRects[panel], let rect = layout.panelRects[panel] else { continue }
                let heading = (rect.x..<rect.endX).map { buffer[$0, rect.y].style }
                for role in [SampleScreen.palette[.ghost], SampleScreen.palette.line(.you)] {
                    let isDrawn = (plot.y..<plot.endY).contains { y in
                        (plot.x..<plot.endX).contains { buffer[$0, y].style == role }
                    }
                    #expect(isDrawn == heading.contains(role), "\(panel)\n\(buffer.text)")
                    if size.0 >= 80 { #expect(isDrawn, "\(panel)") }
                }
            }
        }
    }

    @Test(arguments: [(80, 24), (100, 30), (120, 40), (200, 50)], [nil, PanelID.stdTrend, .signalTrend])
    func `both charts over depth call their lines the same`(size: (Int, Int), focus: PanelID?) throws {
        var state = SampleScreen.state()
        state.view.screen = .layers
        state.view.focus = focus ?? .depth
        let text = SampleScreen.draw(state, size.0, size.1).text
        let heading = try #require(
            text.split(separator: "\n").first { $0.contains(" std ") && $0.contains("signal") && $0.contains("step 0") }
        )
        for word in [" now", " last", " you", " change"] {
            #expect([0, 2].contains(heading.ranges(of: word).count), "\(heading)")
        }
    }

    @Test func `the histogram is only outlined where relu cuts`() {
        var state = SampleScreen.state()
        state.view.screen = .layers
        let buffer = SampleScreen.draw(state, 120, 40)
        let row = (6..<9).map { y in (15..<31).map { buffer[$0, y] } }.joined()
        let ghost = row.filter { $0.style.foreground == SampleScreen.palette[.ghost].foreground }
        let train = row.filter { $0.style.foreground == SampleScreen.palette[.train].foreground }
        #expect(!ghost.isEmpty && !train.isEmpty)
        #expect(!ghost.contains { $0.glyph == "⣿" })
        #expect(train.contains { $0.glyph == "⣿" })
    }
}
