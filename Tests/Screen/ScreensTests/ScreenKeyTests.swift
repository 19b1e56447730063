import Cells
import Dashboard
import Runs
import Screens
import Testing

/// Keys and clicks of the screens beyond the overview.
@Suite struct ScreenKeyTests {
    private func laidOut(_ screen: Screen, _ width: Int = 120, _ height: Int = 40) -> DashboardState {
        var state = SampleScreen.state { $0.view.show(screen, of: $0.run.history) }
        state.window.size = Size(width: width, height: height)
        return state
    }

    private func click(_ state: inout DashboardState, x: Int, y: Int) {
        _ = state.reduce(.input(.mouse(.init(kind: .press, x: x, y: y))))
    }

    @Test(
        arguments: [(Screen.layers, 20), (.updates, 90), (.overview, 90)])
    func `a click on a row of a list of layers selects it`(screen: Screen, x: Int) {
        for size in [(120, 40), (80, 24), (200, 50)] {
            var state = laidOut(screen, size.0, size.1)
            let buffer = SampleScreen.draw(state, size.0, size.1)
            let rows = buffer.text.split(separator: "\n", omittingEmptySubsequences: false)
            let panel: PanelID = screen == .layers ? .depth : screen == .updates ? .layerUpdates : .layers
            guard let rect = state.places.rects[panel] else { continue }
            // The row that shows the layer named 5.
            let y = (rect.y..<rect.endY).first {
                rows[$0].dropFirst(rect.x).prefix(14).contains("5 conv")
            }
            guard let y else {
                Issue.record("no layer 5 on \(screen) at \(size)")
                continue
            }
            click(&state, x: rect.x + 4, y: y)
            #expect(state.view.layers.selected == 2, "\(screen) \(size)")
            #expect(state.view.focus == panel)
        }
    }

    @Test
    func `a click on the selected row of the table opens its layer`() {
        var state = laidOut(.layers)
        state.view.layers.selected = 2
        let y = (state.places.rects[.depth]?.y ?? 0) + 3 + 2 * 3
        click(&state, x: 20, y: y)
        #expect(state.view.layers.opened == 2)
    }

    @Test(arguments: Screen.allCases)
    func `every panel of every screen can be enlarged, and comes back`(screen: Screen) {
        for panel in ScreenCatalogue.standard.panels(on: screen) {
            var state = laidOut(screen)
            state.view.focus = panel
            state.view.enlarged = panel
            let layout = ScreenLayout(size: state.window.size, state: state)
            #expect(layout.panelRects.keys.map { $0 } == [panel])
            #expect((layout.panelRects[panel]?.width ?? 0) == 118)
            #expect(!SampleScreen.draw(state, 120, 40).text.isEmpty)
        }
    }

    @Test
    func `? lists the keys of its screen and no others`() {
        func text(_ screen: Screen) -> String {
            SampleScreen.draw(
                SampleScreen.state {
                    $0.view.show(screen, of: $0.run.history)
                    $0.overlay.shown = .help(scroll: 0)
                }, 200, 60
            ).text
        }
        #expect(text(.learningRate).contains("keys: learning rate"))
        #expect(text(.learningRate).contains("edit the rest of the plan"))
        #expect(!text(.overview).contains("edit the rest of the plan"))
        #expect(!text(.log).contains("enlarge"))
        #expect(text(.updates).contains("worst first"))
    }

    @Test(arguments: Screen.allCases)
    func `frames stay closed at every size`(screen: Screen) {
        for (width, height) in [(40, 12), (60, 16), (80, 24), (100, 30), (120, 40), (200, 50), (500, 150)] {
            let state = laidOut(screen, width, height)
            let buffer = SampleScreen.draw(state, width, height)
            let frame = ScreenLayout(size: state.window.size, state: state).frame
            let lines: Set<Unicode.Scalar> = ["│", "├", "┤", "╭", "╮", "╰", "╯", "┼"]
            for y in frame.y..<frame.endY {
                #expect(lines.contains(buffer[0, y].glyph), "\(screen) \(width)x\(height) left, row \(y)")
                #expect(lines.contains(buffer[width - 1, y].glyph), "\(screen) \(width)x\(height) right, row \(y)")
            }
        }
    }
}
