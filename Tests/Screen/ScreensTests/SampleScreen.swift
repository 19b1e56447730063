import Cells
import Dashboard
import History
import Runs
import Screens
import Themes

/// Screens of the sample run, ready to be compared.
enum SampleScreen {
    /// The dashboard over the sample run, at 14:06 by the clock.
    static func state(
        _ run: SampleRun = SampleRun(), _ change: (inout DashboardState) -> Void = { _ in }
    ) -> DashboardState {
        var history = RunHistory(description: SampleRun.description)
        history.apply(run.changes)
        var state = DashboardState(history: history)
        state.clock.now = 1_000
        state.run.statusAt = 1_000
        state.clock.timeOfDay = 14 * 3600 + 6 * 60 + 20
        change(&state)
        return state
    }

    static func draw(
        _ state: DashboardState, _ width: Int, _ height: Int, _ glyphs: GlyphSet = .unicode,
        palette: Palette = SampleScreen.palette
    ) -> CellBuffer {
        DashboardView.draw(state, size: Size(width: width, height: height), palette: palette, glyphs: glyphs)
    }

    static let palette = Palette(theme: .sitterDark, depth: .trueColor)
}
