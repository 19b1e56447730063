import Cells
import Dashboard
import Runs
import Screens
import Testing
import Themes

/// What the screen says about steering: sheets beside charts, messages, findings, selections, the end.
@Suite struct HandsTests {
    private func text(_ state: DashboardState, _ width: Int = 120, _ height: Int = 40) -> String {
        SampleScreen.draw(state, width, height).text
    }

    private func row(_ number: Int, of state: DashboardState, _ width: Int = 120, _ height: Int = 40) -> String {
        String(text(state, width, height).split(separator: "\n", omittingEmptySubsequences: false)[number])
    }

    // MARK: The rate sheet

    private func rateSheet(_ typed: String, holds: Bool = false, screen: Screen) -> DashboardState {
        SampleScreen.state {
            $0.view.show(screen, of: $0.run.history)
            $0.overlay.shown = .rate(.init(field: TextField(typed), holds: holds, openedAt: 900))
        }
    }

    @Test(arguments: [Screen.overview, .learningRate], [(80, 24), (120, 40), (200, 50)])
    func `the rate sheet leaves the chart free that shows what it would do`(screen: Screen, size: (Int, Int)) {
        let you = SampleScreen.palette[.you]
        let state = rateSheet("0.05", screen: screen)
        let layout = ScreenLayout(size: Size(width: size.0, height: size.1), state: state)
        let panel: PanelID = screen == .overview ? .learningRate : .schedule
        let plot = layout.plotRects[panel] ?? Rect(x: 0, y: 0, width: 0, height: 0)
        func drawn(_ state: DashboardState) -> Int {
            let buffer = SampleScreen.draw(state, size.0, size.1)
            var count = 0
            for y in plot.y..<plot.endY {
                for x in plot.x + plot.width * 3 / 5..<plot.endX where buffer[x, y].style == you { count += 1 }
            }
            return count
        }
        #expect(drawn(state) > drawn(rateSheet("", screen: screen)) + 5, "\(plot)")
        let held = text(rateSheet("0.05", holds: true, screen: screen), size.0, size.1)
        #expect(text(state, size.0, size.1).contains("here on") && held.contains("held"), "it says what it does")
    }

    @Test func `the palette says what a rate would do, too`() {
        let state = SampleScreen.state { $0.overlay.shown = .palette(TextField("rate 0.05")) }
        #expect(text(state).contains("→ 0.0500, plan"))
    }

    // MARK: Messages

    private func said(_ seconds: Double, ago: Double, _ change: (inout DashboardState) -> Void = { _ in })
        -> DashboardState
    {
        SampleScreen.state {
            $0.notices.message = .init(
                text: "a word that takes the room of several keys in the footer of a narrow screen", isTrouble: false,
                expires: 1_000 - ago + seconds, said: 1_000 - ago)
            change(&$0)
        }
    }

    @Test func `a message stands before the keys for 2 s and then gives way to them`() {
        #expect(row(23, of: said(8, ago: 1.9), 80, 24).contains("a word that takes"))
        let later = row(23, of: said(8, ago: 2.1), 80, 24)
        #expect(!later.contains("a word") && later.contains("space pause") && later.contains("? help"))
        let roomy = said(8, ago: 2.1) { $0.notices.message?.text = "a word" }
        #expect(row(39, of: roomy, 200, 40).contains("a word"), "where there is room it stays")
    }

    @Test func `a message of before is not shown in the next sheet, one about the sheet is`() {
        let before = said(8, ago: 1) {
            $0.overlay.shown = .stop(openedAt: 999.5)
            $0.overlay.openedAt = 999.5
        }
        #expect(!row(39, of: before).contains("a word"))
        let about = said(8, ago: 0.2) {
            $0.overlay.shown = .stop(openedAt: 999.5)
            $0.overlay.openedAt = 999.5
        }
        #expect(row(39, of: about, 200, 40).contains("a word"))
    }

    // MARK: Findings

    @Test(arguments: Screen.allCases)
    func `while nothing is found the row says which screens there are, the open one bright`(screen: Screen) {
        let state = SampleScreen.state { $0.view.show(screen, of: $0.run.history) }
        let buffer = SampleScreen.draw(state, 80, 24)
        let row = (0..<80).map { buffer[$0, 2] }
        let words = String(String.UnicodeScalarView(row.map(\.glyph)))
        #expect(words.contains("1 overview  2 layers  3 learning rate  4 updates  5 system  6 log"))
        let bright = row.filter { $0.style == SampleScreen.palette[.brightText] && $0.glyph != " " }
        #expect(
            String(String.UnicodeScalarView(bright.map(\.glyph)))
                == "\(screen.rawValue)\(screen.name)".replacing(" ", with: ""))
    }

    @Test func `keys of one's own stand in it`() {
        let state = SampleScreen.state {
            $0.person.keys = KeyTable.standard.binding(.screen(2), to: [.control("l"), .character("2")])
        }
        #expect(row(2, of: state).contains("ctrl-l layers"))
    }

    private func ended(_ reason: EndReason = .completed, _ change: (inout DashboardState) -> Void = { _ in })
        -> DashboardState
    {
        SampleScreen.state(SampleRun(step: 3_750, phase: .finished(reason)), change)
    }

    @Test func `at the end it gives the result and where the weights are`() {
        #expect(
            row(2, of: ended { $0.run.history.description.origin.directory = "runs/a" }).contains(
                "in runs/a/checkpoints/"))
        let unsaved = ended { $0.run.history.description.origin.directory = nil }
        #expect(row(2, of: unsaved).contains("not saved"))
        let offered = ended {
            $0.run.history.description.origin.directory = nil
            $0.keeping.canSave = true
        }
        #expect(row(2, of: offered).contains("not saved: q asks"))
        let saved = ended {
            $0.run.history.description.origin.directory = nil
            $0.keeping.saved = "/here/w.safetensors"
        }
        #expect(row(2, of: saved).contains("saved in /here/w.safetensors"))
        #expect(row(2, of: saved).contains("kept") && row(2, of: saved).contains("loss"))
    }

    @Test(arguments: [(80, 24), (120, 40), (20, 6), (40, 12)])
    func `that it is finished stands once`(width: Int, height: Int) {
        let state = ended { $0.view.show(.layers, of: $0.run.history) }
        let count = text(state, width, height).ranges(of: "finished").count
        #expect(count <= 1)
    }

    @Test func `paused and finished differ on the smallest screen`() {
        let paused = row(0, of: SampleScreen.state(SampleRun(step: 3_750, phase: .paused(.asked))), 20, 6)
        #expect(paused.prefix(1) != row(0, of: ended(), 20, 6).prefix(1))
    }

    @Test(arguments: [Screen.layers, .updates])
    func `the smallest screen says when what it shows was measured, where that is not now`(screen: Screen) {
        var run = CurveRun()
        run.layers = { _, _ in (0.1, 1e-3) }
        run.measuredEvery = 600
        for opened in [nil, 1] {
            var state = run.state(1_000, screen)
            state.view.layers.opened = screen == .layers ? opened : nil
            #expect(text(state, 20, 6).contains("at step 600"))
            run.measuredEvery = 1
            var fresh = run.state(1_000, screen)
            fresh.view.layers.opened = state.view.layers.opened
            #expect(!text(fresh, 20, 6).contains("at step"))
            run.measuredEvery = 600
        }
    }

    @Test func `an evaluation shows how far it is`() {
        let state = SampleScreen.state(SampleRun(phase: .evaluating)) {
            $0.run.history.status.progress.evaluated = 0.38
        }
        for width in [80, 120, 200] { #expect(row(0, of: state, width, 40).contains("○ eval  38 %")) }
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 50)])
    func `what can be done about a loss that is not finite is said in order`(width: Int, height: Int) throws {
        let state = SampleScreen.state(SampleRun(phase: .paused(.notFinite), notFiniteStep: 2_100)) {
            $0.run.history.status.progress.snapshot = SnapshotPoint(step: 2_050, loss: 0.0189)
            $0.overlay.shown = .notFinite(openedAt: 900)
        }
        let text = text(state, width, height)
        let places = ["r      go back to the", "g      go on as it is", "s      stop…"].map {
            text.firstRange(of: $0)?.lowerBound
        }
        #expect(places.allSatisfy { $0 != nil })
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        #expect(text.contains("step 2,050"))
        try expectSnapshot(text, named: "not-finite-sheet-\(width)x\(height)")
    }

    @Test func `one lucky batch does not make weights ruined`() {
        // The snapshot's own loss was a tenth of what it was around it.
        let state = SampleScreen.state(SampleRun(phase: .paused(.notFinite), notFiniteStep: 2_139)) {
            $0.run.history.status.progress.snapshot = SnapshotPoint(step: 2_050, loss: 0.004)
            $0.overlay.shown = .notFinite(openedAt: 900)
        }
        #expect(text(state).contains("the weights are those before it"))
        let ruined = CurveRun(loss: { $0 < 900 ? 0.05 : $0 < 999 ? 1e4 : .nan }).state(1_000)
        var paused = ruined
        paused.run.history.status.phase = .paused(.notFinite)
        paused.run.history.status.progress.snapshot = SnapshotPoint(step: 800, loss: 0.05)
        #expect(text(paused).contains("ruined the weights; space says what can be done"))
    }

    @Test func `where nobody may steer there is no advice to press a key that does nothing`() {
        for width in [80, 120, 200] {
            let state = SampleScreen.state(SampleRun(phase: .paused(.notFinite), notFiniteStep: 2_139)) {
                $0.steering.isReadOnly = true
            }
            #expect(row(2, of: state, width, 40).contains("not finite"))
            #expect(!text(state, width, 40).contains("space"))
            let long = SampleScreen.state(SampleRun(phase: .paused(.asked), secondsInPhase: 400)) {
                $0.steering.isReadOnly = true
            }
            #expect(!text(long, width, 40).contains("space"))
            let validation = SampleScreen.state(SampleRun(phase: .paused(.validationNotFinite))) {
                $0.steering.isReadOnly = true
            }
            #expect(row(2, of: validation, width, 40).contains("no best, no progress"))
            #expect(!text(validation, width, 40).contains("space"))
        }
    }

    @Test func `keys of one's own stand wherever a key is named`() {
        let keys = KeyTable.standard.binding(.togglePause, to: [.character("P")]).binding(.quit, to: [.character("Q")])
            .binding(.followSchedule, to: [.character("B")]).binding(.order, to: [.character("O")])
            .binding(.editSchedule, to: [.character("I")]).binding(.help, to: [.character("H")])
        func drawn(_ run: SampleRun, _ change: (inout DashboardState) -> Void = { _ in }) -> String {
            let state = SampleScreen.state(run) {
                change(&$0)
                $0.person.keys = keys
            }
            let text = text(state)
            #expect(!text.contains("space"))
            return text
        }
        let broken = SampleRun(phase: .paused(.notFinite), notFiniteStep: 2_139)
        #expect(drawn(broken).contains("skipped; P says what can be done"))
        #expect(drawn(broken) { $0.overlay.shown = .notFinite(openedAt: 900) }.contains("stay paused; P asks again"))
        #expect(drawn(SampleRun(phase: .paused(.validationNotFinite))).contains("; P goes on all the same"))
        #expect(drawn(SampleRun(phase: .paused(.asked), secondsInPhase: 400)).contains("P resumes"))
        let unsaved = drawn(SampleRun(step: 3_750, phase: .finished(.completed))) {
            $0.run.history.description.origin.directory = nil
            $0.keeping.canSave = true
        }
        #expect(unsaved.contains("not saved: Q asks"))
        #expect(drawn(SampleRun()) { $0.view.show(.layers, of: $0.run.history) }.contains("O order"))
        #expect(drawn(SampleRun()) { $0.view.show(.learningRate, of: $0.run.history) }.contains("I edit the rest"))
        #expect(
            drawn(SampleRun()) {
                $0.overlay.shown = .rate(.init(field: TextField("0.05"), holds: true, openedAt: 900))
            }.contains("held until B"))
        let narrow = SampleScreen.state { $0.person.keys = keys }
        #expect(row(11, of: narrow, 40, 12).contains("H help"))
    }

    // MARK: Selections

    @Test(arguments: [(80, 24), (120, 40), (200, 50)])
    func `the layer that keys move is marked on the overview`(width: Int, height: Int) throws {
        let state = SampleScreen.state {
            $0.view.focus = .layers
            $0.view.layers.selected = 2
        }
        let size = Size(width: width, height: height)
        let rect = try #require(ScreenLayout(size: size, state: state).panelRects[.layers])
        let buffer = SampleScreen.draw(state, width, height)
        #expect((rect.y..<rect.endY).count { buffer[rect.x, $0].glyph == "▸" } == 1)
        let other = SampleScreen.draw(SampleScreen.state { $0.view.layers.selected = 2 }, width, height)
        #expect(!(rect.y..<rect.endY).contains { other[rect.x, $0].glyph == "▸" }, "elsewhere keys do not move it")
    }

    @Test func `the layer that keys move is marked on the smallest updates screen`() {
        let state = SampleScreen.state {
            $0.view.show(.updates, of: $0.run.history)
            $0.view.layers.selected = 2
        }
        #expect(text(state, 20, 6).contains("▸"))
    }

    @Test func `a match in the overview's log is seen`() throws {
        let state = SampleScreen.state {
            $0.view.focus = .log
            $0.view.log.filter = "loss"
            $0.view.log.scroll = $0.run.history.events.count - 1 - 3
        }
        let rect = try #require(ScreenLayout(size: Size(width: 120, height: 40), state: state).panelRects[.log])
        let buffer = SampleScreen.draw(state, 120, 40)
        let selection = SampleScreen.palette[.selection].background
        #expect((rect.y..<rect.endY).count { buffer[rect.x + 1, $0].style.background == selection } <= 1)
    }

    // MARK: Colours

    @Test func `without colours a change mark is no ladder`() {
        let mono = Palette(theme: .sitterDark, depth: .mono)
        let state = SampleScreen.state { $0.view.charts.cursorStep = 1_500 }
        let cells = SampleScreen.draw(state, 120, 40, palette: mono).cells
        let strokes = cells.filter { $0.glyph == "┊" || $0.glyph == "│" }
        #expect(strokes.contains { $0.glyph == "┊" })
        #expect(strokes.allSatisfy { !$0.style.attributes.contains(.underline) })
    }

    // MARK: Help

    @Test(arguments: Screen.allCases)
    func `the keys stand in two columns where they fit`(screen: Screen) {
        let page = HelpPage(keys: .standard, screen: screen, size: Size(width: 120, height: 40))
        #expect(page.isDouble)
        #expect(page.middle <= page.height && page.rows.count - page.middle <= page.height)
        #expect(!HelpPage(keys: .standard, screen: screen, size: Size(width: 80, height: 24)).isDouble)
    }
}
