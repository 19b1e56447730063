import Cells
import Dashboard
import Runs
import Screens
import Testing
import Themes

/// Screens in their colours, at every depth: `cat` shows the snapshots.
@Suite struct ColorSnapshotTests {
    private static let screens: [(name: String, state: DashboardState)] = [
        ("overview", SampleScreen.state()),
        (
            "layers",
            SampleScreen.state {
                $0.view.screen = .layers
                $0.view.focus = .depth
                $0.view.layers.selected = 1
            }
        ),
        ("rate", SampleScreen.state(SampleRun(hasNewPlan: true)) { $0.view.show(.learningRate, of: $0.run.history) }),
        ("updates", SampleScreen.state(SampleRun(clippedNorm: 1)) { $0.view.show(.updates, of: $0.run.history) }),
        ("system", SampleScreen.state { $0.view.show(.system, of: $0.run.history) }),
        ("log", SampleScreen.state { $0.view.show(.log, of: $0.run.history) }),
        ("not-finite", SampleScreen.state(SampleRun(phase: .paused(.notFinite), notFiniteStep: 2_139))),
        ("help", SampleScreen.state { $0.overlay.shown = .help(scroll: 0) }),
    ]

    private func expect(_ name: String, _ state: DashboardState, _ theme: Theme, _ depth: ColorDepth) throws {
        let palette = Palette(theme: theme, depth: depth)
        let text = SampleScreen.draw(state, 80, 24, palette: palette).ansi
        try expectSnapshot(text, named: "\(name)-80x24-\(depth)", extension: "ansi")
    }

    @Test(arguments: ColorDepth.allCases)
    func `dark`(depth: ColorDepth) throws {
        for (name, state) in Self.screens { try expect(name, state, .sitterDark, depth) }
    }

    @Test(arguments: ColorDepth.allCases)
    func `colours are those of the depth`(depth: ColorDepth) {
        for (name, state) in Self.screens {
            let screen = SampleScreen.draw(state, 120, 40, palette: Palette(theme: .sitterDark, depth: depth))
            for color in Set(screen.cells.flatMap { [$0.style.foreground, $0.style.background] }) {
                #expect(depth.reduce(color) == color, "\(name)")
            }
        }
    }
}
