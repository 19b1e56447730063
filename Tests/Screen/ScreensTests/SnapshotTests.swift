import Cells
import Dashboard
import History
import Runs
import Screens
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
    func `overview`(width: Int, height: Int) throws {
        try expect("overview", SampleScreen.state(), width, height)
    }

    @Test(arguments: [(20, 6), (80, 24), (120, 40), (200, 50)])
    func `overview in ASCII`(width: Int, height: Int) throws {
        try expectASCII("overview", SampleScreen.state(), width, height)
    }

    @Test(arguments: [(20, 6), (80, 24), (120, 40), (200, 50)])
    func `overview in blocks`(width: Int, height: Int) throws {
        let screen = SampleScreen.draw(SampleScreen.state(), width, height, .blocks)
        try expectSnapshot(screen.text, named: "overview-\(width)x\(height)-blocks")
    }

    @Test(arguments: [ChartSettings.XAxis.epochs, .time])
    func `overview over`(axis: ChartSettings.XAxis) throws {
        try expect("overview-\(axis)", SampleScreen.state { $0.view.charts.xAxis = axis }, 120, 40)
        try expect("overview-\(axis)", SampleScreen.state { $0.view.charts.xAxis = axis }, 80, 24)
    }

    @Test func `overview over decades`() throws {
        try expect("overview-decades", SampleScreen.state { $0.view.charts.logarithmicX = true }, 120, 40)
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 50)])
    func `another run as a ghost`(width: Int, height: Int) throws {
        let state = SampleScreen.state { state in
            let steps = (0..<2_600).map { step in
                StepReport(
                    step: step, epoch: step / 125, loss: 1.5 / (1 + Double(step) / 150), accuracy: 0.9,
                    learningRate: 0.01, gradientNorm: 1, trainingSeconds: Double(step) / 40)
            }
            state.run.references = [SampleRun.reference("adam", steps)]
        }
        try expect("ghost", state, width, height)
    }

    @Test func `a note under the cursor`() throws {
        let run = SampleRun(note: "halve the rate again? no, wait")
        try expect("note", SampleScreen.state(run) { $0.view.charts.cursorStep = 1_480 }, 120, 40)
    }

    private var layers: DashboardState {
        SampleScreen.state {
            $0.view.screen = .layers
            $0.view.focus = .depth
            $0.view.layers.selected = 1
        }
    }

    @Test(arguments: [(20, 6), (40, 12), (80, 24), (120, 40), (200, 50), (500, 150)])
    func `layers`(width: Int, height: Int) throws { try expect("layers", layers, width, height) }

    @Test(arguments: [(20, 6), (80, 24), (120, 40), (200, 50)])
    func `layers in ASCII`(width: Int, height: Int) throws { try expectASCII("layers", layers, width, height) }

    @Test(arguments: [(20, 6), (40, 12), (80, 24), (120, 40), (200, 50)])
    func `close-up of a layer`(width: Int, height: Int) throws {
        var state = layers
        state.view.layers.opened = 1
        try expect("close-up", state, width, height)
    }

    @Test func `close-up of a layer in ASCII`() throws {
        var state = layers
        state.view.layers.opened = 1
        try expectASCII("close-up", state, 80, 24)
    }

    // MARK: Learning rate, updates, system, log

    static let sizes = [(20, 6), (40, 12), (80, 24), (120, 40), (200, 50), (500, 150)]
    static let plainSizes = [(20, 6), (80, 24), (200, 50)]

    private var learningRate: DashboardState {
        SampleScreen.state(SampleRun(hasNewPlan: true)) { $0.view.show(.learningRate, of: $0.run.history) }
    }

    @Test(arguments: sizes)
    func `learning rate`(width: Int, height: Int) throws { try expect("rate", learningRate, width, height) }

    @Test(arguments: plainSizes)
    func `learning rate in ASCII`(width: Int, height: Int) throws {
        try expectASCII("rate", learningRate, width, height)
    }

    private var editor: DashboardState {
        SampleScreen.state {
            $0.view.show(.learningRate, of: $0.run.history)
            $0.view.focus = .scheduleRest
            $0.overlay.shown = .schedule(
                ScheduleSheet(
                    shape: .cosine, texts: [.start: "0.06", .floor: "1e-3", .warmup: "50"], selected: .floor,
                    openedAt: 0))
        }
    }

    @Test(arguments: [(20, 6), (40, 12), (60, 20), (80, 24), (120, 40)])
    func `editor of the plan`(width: Int, height: Int) throws { try expect("editor", editor, width, height) }

    @Test func `editor of the plan in ASCII`() throws { try expectASCII("editor", editor, 80, 24) }

    @Test func `what is wrong with a draft`() throws {
        var state = editor
        state.overlay.shown = .schedule(
            ScheduleSheet(shape: .linear, texts: [.start: "0.01", .floor: "0.5"], selected: .start, openedAt: 0))
        try expect("editor-refused", state, 80, 24)
    }

    private var updates: DashboardState {
        SampleScreen.state(SampleRun(clippedNorm: 0.5)) {
            $0.view.show(.updates, of: $0.run.history)
            $0.view.layers.selected = 6
        }
    }

    @Test(arguments: sizes)
    func `updates`(width: Int, height: Int) throws { try expect("updates", updates, width, height) }

    @Test(arguments: plainSizes)
    func `updates in ASCII`(width: Int, height: Int) throws { try expectASCII("updates", updates, width, height) }

    private var system: DashboardState {
        SampleScreen.state {
            $0.view.show(.system, of: $0.run.history)
            $0.cost = DashboardCost(
                cpuShare: 0.0042, frameSeconds: 0.00082, slowestFrameSeconds: 0.0021, bytesPerFrame: 1_234,
                framesPerSecond: 4.96)
        }
    }

    @Test(arguments: sizes + [(60, 20)])
    func `system`(width: Int, height: Int) throws { try expect("system", system, width, height) }

    @Test(arguments: plainSizes)
    func `system in ASCII`(width: Int, height: Int) throws { try expectASCII("system", system, width, height) }

    private var log: DashboardState {
        SampleScreen.state(SampleRun(phase: .paused(.notFinite), notFiniteStep: 2_139)) {
            $0.view.show(.log, of: $0.run.history)
            $0.run.beganTimeOfDay = 14 * 3600 + 5 * 60
            for (text, stream) in [
                ("OpenBLAS warning: precompiled NUM_THREADS exceeded\n", PrintedStream.standardError),
                ("loading 20 %\rloading 100 %\n\u{1B}[1mdone\u{1B}[0m\n", .standardOutput),
            ] {
                $0.story.output.take(
                    Array(text.utf8), stream, step: 2_139, timeOfDay: 14 * 3600 + 6 * 60 + 19, events: 20)
            }
        }
    }

    @Test(arguments: sizes)
    func `whole log`(width: Int, height: Int) throws { try expect("log", log, width, height) }

    @Test(arguments: plainSizes)
    func `whole log in ASCII`(width: Int, height: Int) throws { try expectASCII("log", log, width, height) }

    @Test func `searched log`() throws {
        var state = log
        state.story.search.words = "rate"
        state.story.follow(state.run.history)
        state.story.search.current = state.story.search.rows.last
        try expect("log-searched", state, 80, 24)
    }

    @Test(arguments: Screen.allCases)
    func `help of a screen`(screen: Screen) throws {
        try expect(
            "help-\(screen)",
            SampleScreen.state {
                $0.view.show(screen, of: $0.run.history)
                $0.overlay.shown = .help(scroll: 0)
            }, 120, 40)
    }

    @Test func `paused`() throws {
        try expect("paused", SampleScreen.state(SampleRun(phase: .paused(.asked), secondsInPhase: 21)), 80, 24)
    }

    @Test func `finished`() throws {
        try expect("finished", SampleScreen.state(SampleRun(step: 3_750, phase: .finished(.completed))), 80, 24)
    }

    @Test func `not finite`() throws {
        try expect(
            "not-finite", SampleScreen.state(SampleRun(phase: .paused(.notFinite), notFiniteStep: 2_139)), 80, 24)
    }

    @Test func `help`() throws {
        try expect("help", SampleScreen.state { $0.overlay.shown = .help(scroll: 0) }, 80, 24)
    }

    @Test func `palette`() throws {
        try expect("palette", SampleScreen.state { $0.overlay.shown = .palette(TextField("s")) }, 80, 24)
    }

    @Test func `rate sheet`() throws {
        let sheet = Overlay.RateSheet(field: TextField("*0.5"), openedAt: 0)
        try expect("rate-sheet", SampleScreen.state { $0.overlay.shown = .rate(sheet) }, 80, 24)
    }

    @Test func `stop sheet`() throws {
        try expect("stop-sheet", SampleScreen.state { $0.overlay.shown = .stop(openedAt: 0) }, 80, 24)
    }

    @Test func `quit sheet`() throws {
        try expect("quit-sheet", SampleScreen.state { $0.overlay.shown = .quit(openedAt: 0) }, 80, 24)
    }

    @Test func `staged rate`() throws {
        try expect(
            "staged", SampleScreen.state { $0.steering.stagedRate = StagedRate(factor: 0.25, dueAt: 1_001) }, 80, 24)
    }

    @Test func `cursor`() throws {
        try expect("cursor", SampleScreen.state { $0.view.charts.cursorStep = 1_500 }, 80, 24)
    }
}
