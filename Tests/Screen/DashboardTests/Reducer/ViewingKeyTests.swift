import Cells
import Dashboard
import History
import Runs
import Screens
import Testing

@Suite("Viewing keys")
struct ViewingKeyTests {
    @Test
    func `no viewing key sends anything`() {
        for binding in KeyMap.bindings where binding.group == .viewing {
            for trigger in binding.triggers where trigger.command != .redraw {
                var desk = Desk()
                desk.press(trigger.key)
                desk.wait(1)
                #expect(desk.sent == [] && !desk.effects.contains(.redraw))
            }
        }
    }

    @Test
    func `digits choose the screens`() {
        var desk = Desk()
        desk.type("2")
        #expect(desk.state.view.screen == .layers)
        #expect(desk.state.view.focus == .depth)
        for (digit, screen, panel) in [
            ("3", Screen.learningRate, PanelID.schedule), ("4", .updates, .gradientNorms), ("5", .system, .speed),
            ("6", .log, .story),
        ] {
            desk.wait(1)
            desk.type(digit)
            #expect(desk.state.view.screen == screen)
            #expect(desk.state.view.focus == panel)
        }
        desk.wait(1)
        desk.type("1")
        #expect(desk.state.view.screen == .overview)
        #expect(desk.state.view.focus == .loss)
    }

    @Test
    func `tab goes around the panels of the screen, shift-tab back`() {
        var desk = Desk()
        var seen: [PanelID] = []
        for _ in 0..<5 {
            seen.append(desk.state.view.focus)
            desk.press(.tab)
        }
        #expect(seen == [.loss, .accuracy, .learningRate, .layers, .log])
        #expect(desk.state.view.focus == .loss)
        desk.press(.backTab)
        #expect(desk.state.view.focus == .log)
    }

    @Test
    func `a click chooses the panel and puts the cursor under the pointer`() {
        var desk = Desk(step: 500)
        desk.lay(
            [.accuracy: Rect(x: 1, y: 10, width: 60, height: 5), .log: Rect(x: 62, y: 0, width: 20, height: 20)],
            plot: Rect(x: 7, y: 1, width: 50, height: 14))
        desk.input(.mouse(.init(kind: .press, x: 32, y: 12)))
        #expect(desk.state.view.focus == .accuracy)
        // Column 25 of 50 over 0...500, its middle.
        #expect(desk.state.view.charts.cursorStep == 255)
        desk.input(.mouse(.init(kind: .press, x: 70, y: 3)))
        #expect(desk.state.view.focus == .log)
        desk.input(.mouse(.init(kind: .press, x: 5, y: 30)))
        #expect(desk.state.view.focus == .log)
        #expect(desk.effects == [])
    }

    @Test
    func `the wheel zooms a chart around the pointer, which keeps its step`() {
        var desk = Desk(step: 500)
        desk.lay([.loss: Rect(x: 1, y: 1, width: 60, height: 10)], plot: Rect(x: 7, y: 1, width: 50, height: 9))
        desk.input(.mouse(.init(kind: .wheelUp, x: 17, y: 5)))
        let zoom = desk.state.xRange
        #expect(abs((zoom.upperBound - zoom.lowerBound) - 500 / 1.5) < 1e-9)
        #expect(abs(zoom.lowerBound + 10.5 / 50 * 500 / 1.5 - 105) < 1e-9)
        desk.input(.mouse(.init(kind: .wheelDown, x: 17, y: 5)))
        #expect(desk.state.view.charts.zoom == nil)
    }

    @Test
    func `the wheel scrolls the log and goes through the layers`() {
        var desk = Desk()
        for step in 0..<10 { desk.hear(.note(.run, "note"), step: step) }
        desk.lay([.log: Rect(x: 0, y: 0, width: 9, height: 9), .layers: Rect(x: 10, y: 0, width: 9, height: 9)])
        desk.input(.mouse(.init(kind: .wheelUp, x: 1, y: 1)))
        #expect(desk.state.view.log.scroll == 3)
        desk.input(.mouse(.init(kind: .wheelDown, x: 12, y: 1)))
        #expect(desk.state.view.layers.selected == 1)
    }

    @Test(
        arguments: [
            (InputEvent.Key.left, -1.0), (.character("h"), -1), (.right, 1), (.character("l"), 1),
        ])
    func `arrows and hjkl move the chart's cursor by a column`(key: InputEvent.Key, columns: Double) {
        var desk = Desk(step: 500)
        desk.lay([:], plot: Rect(x: 7, y: 1, width: 50, height: 9))
        desk.state.view.charts.cursorStep = 250
        desk.press(key)
        #expect(desk.state.view.charts.cursorStep == 250 + 10 * columns)
    }

    @Test
    func `the cursor pans a zoomed chart instead of leaving it`() {
        var desk = Desk(step: 500)
        desk.state.view.charts.zoom = 100...200
        desk.state.view.charts.cursorStep = 100
        desk.press(.left)
        let cursor = desk.state.view.charts.cursorStep ?? .nan
        #expect(cursor < 100)
        #expect(desk.state.xRange.contains(cursor))
        #expect(abs(desk.state.xRange.upperBound - desk.state.xRange.lowerBound - 100) < 1e-9)
    }

    @Test
    func `arrows and jk move through the listed layers and stop at the ends`() {
        var desk = Desk()
        desk.type("2")
        desk.press(.up)
        #expect(desk.state.view.layers.selected == 0)
        for _ in 0..<5 { desk.press(.down) }
        #expect(desk.state.view.layers.selected == 2)
        desk.type("k")
        #expect(desk.state.view.layers.selected == 1)
        desk.type("G")
        #expect(desk.state.view.layers.selected == 2)
        desk.wait(1)
        desk.type("g")
        #expect(desk.state.view.layers.selected == 0)
    }

    @Test
    func `the log scrolls up to its first line and stays where it is while lines come`() {
        var desk = Desk()
        for step in 0..<20 { desk.hear(.note(.run, "note"), step: step) }
        desk.state.view.focus = .log
        desk.type("k")
        #expect(desk.state.view.log.scroll == 1)
        desk.hear(.note(.run, "one more"))
        #expect(desk.state.view.log.scroll == 2)
        desk.type("g")
        #expect(desk.state.view.log.scroll == 20)
        desk.press(.up)
        #expect(desk.state.view.log.scroll == 20)
        desk.wait(1)
        desk.type("G")
        #expect(desk.state.view.log.scroll == 0)
    }

    @Test
    func `+ and - zoom around the cursor, 0 fits again`() {
        var desk = Desk(step: 500)
        desk.state.view.charts.cursorStep = 100
        desk.type("+")
        #expect(desk.state.view.charts.zoom == 50...300)
        desk.type("+")
        #expect(desk.state.view.charts.zoom == 75...200)
        desk.wait(1)
        desk.type("-")
        #expect(desk.state.view.charts.zoom == 50...300)
        desk.press(.character("0"))
        #expect(desk.state.view.charts.zoom == nil)
        #expect(desk.state.view.charts.cursorStep == nil)
    }

    @Test
    func `End goes on with the newest step at the zoom there is: the range jumps by half of itself`() {
        var desk = Desk(step: 500)
        desk.state.view.charts.cursorStep = 100
        desk.type("++")
        #expect(desk.state.view.charts.zoom == 75...200)
        desk.press(.end)
        let zoom = desk.state.view.charts.zoom
        #expect(desk.state.view.charts.cursorStep == nil)
        #expect(zoom.map { $0.upperBound - $0.lowerBound } == 125)
        #expect(zoom?.contains(499) == true)
        desk.type("0")
        #expect(desk.state.view.charts.zoom == nil && !desk.state.view.charts.follows)
        desk.press(.end)
        #expect(desk.state.view.charts.zoom == nil)
    }

    @Test
    func `y changes the y axis of the chart in focus, X the x axis`() {
        var desk = Desk(step: 500)
        desk.state.view.focus = .learningRate
        desk.type("y")
        #expect(
            desk.state.view.isLogarithmic(.learningRate, of: desk.state.run.history)
                && desk.state.view.isLogarithmic(.loss, of: desk.state.run.history))
        desk.state.view.focus = .log
        desk.wait(1)
        desk.type("y")
        #expect(!desk.state.view.isLogarithmic(.loss, of: desk.state.run.history))
        desk.wait(1)
        desk.type("X")
        #expect(desk.state.stepScale.kind == .logarithmicFromZero)
        desk.type("+")
        let range = desk.state.xRange
        #expect(range.lowerBound > 0 && range.upperBound == desk.state.fittingRange.upperBound)
    }

    @Test
    func `a zoom shows at least 8 steps and nothing past the end`() {
        var desk = Desk(step: 500)
        for _ in 0..<20 {
            desk.type("+")
            desk.wait(0.2)
        }
        let range = desk.state.xRange
        #expect(abs(range.upperBound - range.lowerBound - 8) < 1e-9)
        #expect(range.upperBound <= 500)
    }

    @Test
    func `] and [ find where a compared run was not a number`() {
        var desk = Desk(step: 500)
        let feed = LiveRun(desk.state.run.live.description)
        feed.record((0..<500).map { .step(Desk.report($0, loss: $0 >= 333 ? .nan : 1)) }, at: 0)
        desk.state.run.references = [
            ReferenceRun(name: "ghost", feed: feed, notFinite: [.loss: Array(333..<500)])
        ]
        desk.state.view.charts.cursorStep = 10
        desk.type("]")
        #expect(desk.state.view.charts.cursorStep == 333)
        desk.wait(1)
        desk.type("]")
        #expect(desk.state.view.charts.cursorStep == 333 && desk.said == "no mark after this", "the first has the mark")
        desk.state.view.charts.cursorStep = 480
        desk.wait(1)
        desk.type("[")
        #expect(desk.state.view.charts.cursorStep == 333)
        // Without the ghost there is none.
        desk.state.run.references = []
        desk.state.view.charts.cursorStep = 10
        desk.wait(1)
        desk.type("]")
        #expect(desk.state.view.charts.cursorStep == 10 && desk.said == "no marks yet")
    }

    @Test
    func `] and [ jump from mark to mark`() {
        var desk = Desk(step: 500)
        desk.hear(
            .receipt(
                Receipt(
                    position: Position(step: 100), author: .person, command: .scaleLearningRate(0.5),
                    outcome: .accepted(old: 0.04, new: 0.02))))
        desk.hear(.notFinite(loss: .nan, gradientNorm: 1), step: 300)
        desk.hear(
            .evaluation(EvaluationReport(position: Position(step: 500), epoch: 4, loss: 1, accuracy: 0.5, isBest: true))
        )
        var seen: [Double?] = []
        for key in "[[[[]]" {
            desk.press(.character(key))
            seen.append(desk.state.view.charts.cursorStep)
            desk.wait(0.5)
        }
        #expect(seen == [500, 300, 100, 100, 300, 500])
    }

    @Test
    func `y, x, w and o change how things are shown`() {
        var desk = Desk()
        desk.type("y")
        #expect(!desk.state.view.charts.logarithmicLoss)
        var axes: [ChartSettings.XAxis] = []
        for _ in 0..<3 {
            desk.wait(1)
            desk.type("x")
            axes.append(desk.state.view.charts.xAxis)
        }
        #expect(axes == [.epochs, .time, .steps])
        var smoothings: [Double] = []
        for _ in 0..<4 {
            desk.wait(1)
            desk.type("w")
            smoothings.append(desk.state.view.charts.smoothing)
            #expect(desk.state.run.history.series.average.share == desk.state.view.charts.smoothing)
        }
        #expect(smoothings == [0.1, 0, 0.01, 0.03])
        desk.wait(1)
        desk.type("o")
        #expect(!desk.state.view.layers.byTrouble)
        desk.type("2o", every: 0.5)
        #expect(desk.state.view.layers.byTrouble)
    }

    @Test
    func `z enlarges, Enter looks closer, Esc goes back one thing at a time`() {
        var desk = Desk()
        desk.type("z")
        #expect(desk.state.view.enlarged == .loss)
        desk.press(.tab)
        #expect(desk.state.view.enlarged == .accuracy)
        desk.press(.escape)
        #expect(desk.state.view.enlarged == nil)
        desk.press(.enter)
        #expect(desk.state.view.enlarged == .accuracy)
        desk.type("2")
        #expect(desk.state.view.enlarged == nil)
        desk.press(.down)
        desk.press(.enter)
        #expect(desk.state.view.layers.opened == 1)
        desk.press(.down)
        #expect(desk.state.view.layers.opened == 2)
        desk.press(.escape)
        #expect(desk.state.view.layers.opened == nil)
        #expect(desk.state.view.layers.selected == 2)
    }

    @Test
    func `/ filters layers; n and N go around what is left; Esc shows all again`() {
        var desk = Desk()
        desk.type("2/", every: 0.5)
        desk.type("CONV")
        desk.press(.enter)
        #expect(desk.state.visibleLayers == [0, 1])
        desk.wait(1)
        desk.type("nnn", every: 0.3)
        #expect(desk.state.view.layers.selected == 1)
        desk.type("N", every: 0.3)
        #expect(desk.state.view.layers.selected == 0)
        desk.press(.escape)
        #expect(desk.state.visibleLayers == [0, 1, 2])
    }

    @Test
    func `/ searches the log, newest first; n goes down and N up`() {
        var desk = Desk()
        for step in 0..<10 { desk.hear(.note(.run, step % 3 == 0 ? "needle \(step)" : "hay"), step: step) }
        desk.state.view.focus = .log
        desk.type("/")
        desk.type("needle")
        desk.press(.enter)
        var shown = [9 - desk.state.view.log.scroll]
        for key in "NNNNn" {
            desk.wait(0.5)
            desk.press(.character(key))
            shown.append(9 - desk.state.view.log.scroll)
        }
        #expect(shown == [9, 6, 3, 0, 9, 0])
    }

    @Test(arguments: [InputEvent.Key.escape, .character("?"), .character("q"), .enter])
    func `help scrolls and closes`(key: InputEvent.Key) {
        var desk = Desk()
        desk.type("?")
        desk.press(.down)
        desk.press(.pageDown)
        desk.press(.up)
        #expect(desk.state.overlay.shown == .help(scroll: 10))
        desk.wait(1)
        desk.press(key)
        #expect(desk.state.overlay.shown == nil)
        #expect(desk.state.exit == nil)
    }

    @Test
    func `ctrl-L draws anew, also under an overlay`() {
        var desk = Desk()
        desk.type(":")
        desk.press(.control("l"))
        #expect(desk.effects == [.redraw])
    }

    @Test
    func `ctrl-Z suspends and says that training stands still`() {
        var desk = Desk()
        desk.press(.control("z"))
        #expect(desk.effects == [.suspend])
        #expect(desk.said.contains("training stands still until fg"))
    }

    @Test
    func `the learning rate's screen shows the whole plan, and y its logarithm`() {
        var desk = Desk(step: 100)
        #expect(desk.state.xRange == 0...250)
        desk.type("3")
        #expect(desk.state.xRange == 0...3_750)
        desk.wait(1)
        desk.type("y")
        #expect(desk.state.view.charts.logarithmicSchedule)
        desk.wait(1)
        desk.state.view.charts.zoom = 2_000...3_000
        desk.type("1")
        #expect(desk.state.view.charts.zoom == nil)
    }

    @Test
    func `rows of a panel's own scroll by keys and wheel, stay inside what there is, and 0 goes back`() {
        var desk = Desk()
        for step in 0..<5 {
            let receipt = Receipt(
                position: Position(step: step), author: .person, command: .scaleLearningRate(0.5),
                outcome: .accepted(old: 0.04, new: 0.02))
            desk.hear(.receipt(receipt), step: step)
        }
        desk.type("3")
        desk.lay([.rateChanges: Rect(x: 60, y: 3, width: 30, height: 5)])
        desk.press(.tab)
        #expect(desk.state.view.focus == .rateChanges)
        desk.press(.up)
        #expect(desk.state.view.scrolls[.rateChanges] == 1)
        desk.input(.mouse(.init(kind: .wheelUp, x: 61, y: 5)))
        #expect(desk.state.view.scrolls[.rateChanges] == 4)
        desk.press(.pageUp)
        #expect(desk.state.view.scrolls[.rateChanges] == 4)
        desk.wait(1)
        desk.type("0")
        #expect(desk.state.view.scrolls.isEmpty)
    }
}
