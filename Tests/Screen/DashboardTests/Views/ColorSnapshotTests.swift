import Cells
import Dashboard
import Runs
import Testing
import Themes

/// Screens in their colours, at every depth: `cat` shows the snapshots.
@Suite struct ColorSnapshotTests {
    private static let screens: [(name: String, state: DashboardState)] = [
        ("overview", SampleScreen.state()),
        (
            "layers",
            SampleScreen.state {
                $0.screen = .layers
                $0.focus = .depth
                $0.selectedLayer = 1
            }
        ),
        ("rate", SampleScreen.state(SampleRun(hasNewPlan: true)) { $0.show(.learningRate) }),
        ("updates", SampleScreen.state(SampleRun(clippedNorm: 1)) { $0.show(.updates) }),
        ("system", SampleScreen.state { $0.show(.system) }),
        ("log", SampleScreen.state { $0.show(.log) }),
        ("not-finite", SampleScreen.state(SampleRun(phase: .paused(.notFinite), notFiniteStep: 2_139))),
        ("help", SampleScreen.state { $0.overlay = .help(scroll: 0) }),
    ]

    private func expect(_ name: String, _ state: DashboardState, _ theme: Theme, _ depth: ColorDepth) throws {
        let palette = Palette(theme: theme, depth: depth)
        let text = SampleScreen.draw(state, 80, 24, palette: palette).ansi
        try expectSnapshot(text, named: "\(name)-80x24-\(depth)", extension: "ansi")
    }

    @Test(arguments: ColorDepth.allCases)
    func dark(depth: ColorDepth) throws {
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
