import Cells
import Dashboard
import Runs
import Testing

/// Whole screens against the text files in `Snapshots`, each looked at before it was kept.
@Suite struct SnapshotTests {
    private func expect(_ name: String, _ state: DashboardState, _ width: Int, _ height: Int) throws {
        let size = "\(width)x\(height)"
        try expectSnapshot(SampleScreen.draw(state, width, height).text, named: "\(name)-\(size)")
    }

    private func expectASCII(_ name: String, _ state: DashboardState, _ width: Int, _ height: Int) throws {
        try expectSnapshot(
            SampleScreen.draw(state, width, height, .ascii).text, named: "\(name)-\(width)x\(height)-ascii")
    }

    @Test(arguments: [(20, 6), (40, 12), (60, 20), (80, 24), (100, 30), (120, 40), (160, 50), (200, 50)])
    func overview(width: Int, height: Int) throws {
        try expect("overview", SampleScreen.state(), width, height)
    }

    @Test(arguments: [(20, 6), (80, 24), (120, 40), (200, 50)])
    func `overview in ASCII`(width: Int, height: Int) throws {
        try expectASCII("overview", SampleScreen.state(), width, height)
    }

    private var layers: DashboardState {
        SampleScreen.state {
            $0.screen = .layers
            $0.focus = .depth
            $0.selectedLayer = 1
        }
    }

    @Test(arguments: [(20, 6), (80, 24), (120, 40), (200, 50)])
    func layers(width: Int, height: Int) throws { try expect("layers", layers, width, height) }

    @Test(arguments: [(20, 6), (80, 24), (120, 40), (200, 50)])
    func `layers in ASCII`(width: Int, height: Int) throws { try expectASCII("layers", layers, width, height) }

    @Test func `close-up of a layer`() throws {
        var state = layers
        state.openedLayer = 1
        try expect("close-up", state, 120, 40)
    }

    @Test func paused() throws {
        try expect("paused", SampleScreen.state(SampleRun(phase: .paused(.asked), secondsInPhase: 21)), 80, 24)
    }

    @Test func finished() throws {
        try expect("finished", SampleScreen.state(SampleRun(step: 3_750, phase: .finished(.completed))), 80, 24)
    }

    @Test func `not finite`() throws {
        try expect(
            "not-finite", SampleScreen.state(SampleRun(phase: .paused(.notFinite), notFiniteStep: 2_139)), 80, 24)
    }

    @Test func help() throws {
        try expect("help", SampleScreen.state { $0.overlay = .help(scroll: 0) }, 80, 24)
    }

    @Test func palette() throws {
        try expect("palette", SampleScreen.state { $0.overlay = .palette(TextField("s")) }, 80, 24)
    }

    @Test func `rate sheet`() throws {
        let sheet = Overlay.RateSheet(field: TextField("*0.5"), openedAt: 0)
        try expect("rate-sheet", SampleScreen.state { $0.overlay = .rate(sheet) }, 80, 24)
    }

    @Test func `stop sheet`() throws {
        try expect("stop-sheet", SampleScreen.state { $0.overlay = .stop(openedAt: 0) }, 80, 24)
    }

    @Test func `quit sheet`() throws {
        try expect("quit-sheet", SampleScreen.state { $0.overlay = .quit(openedAt: 0) }, 80, 24)
    }

    @Test func `staged rate`() throws {
        try expect("staged", SampleScreen.state { $0.stagedRate = StagedRate(factor: 0.25, dueAt: 1_001) }, 80, 24)
    }

    @Test func cursor() throws {
        try expect("cursor", SampleScreen.state { $0.charts.cursorStep = 1_500 }, 80, 24)
    }
}
