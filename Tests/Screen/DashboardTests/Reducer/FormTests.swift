import Cells
import Dashboard
import History
import Runs
import Screens
import Testing

@Suite("Notes, export, themes, tags")
struct FormTests {
    private func desk() -> Desk {
        var desk = Desk()
        desk.state.person.themeNames = ["dusk", "fog", "night"]
        desk.state.person.themeName = "fog"
        return desk
    }

    // MARK: Notes

    @Test
    func `m keeps words at this step`() {
        var desk = desk()
        desk.type("m")
        desk.wait(0.5)
        desk.type("rate halved,  see plot")
        desk.press(.enter)
        #expect(desk.sent == [.note("rate halved, see plot")])
        desk.hear(.note(.person, "rate halved, see plot"))
        #expect(desk.said == "note: rate halved, see plot")
        #expect(desk.state.overlay.shown == nil)
    }

    @Test
    func `an empty note, Esc and a read-only view keep nothing`() {
        var desk = desk()
        desk.type("m")
        desk.wait(1)
        desk.press(.enter)
        desk.type("m")
        desk.type("word")
        desk.press(.escape)
        desk.wait(1)
        desk.state.steering.isReadOnly = true
        desk.type("m")
        #expect(desk.state.overlay.shown == nil && desk.said.hasPrefix("read only"))
        #expect(desk.sent == [])
    }

    // MARK: Tags

    /// A desk over a run that is read from four series.
    private func recorded() -> Desk {
        var desk = desk()
        var changes = desk.changes()
        changes.description.tags = [
            TagSeries(name: "a/loss", count: 9, last: 0.5, isShare: true, use: .loss),
            TagSeries(name: "a/val_loss", count: 9, last: 0.6, isShare: true, use: .validationLoss),
            TagSeries(name: "b/box", count: 9, last: 7, isShare: false, use: nil),
            TagSeries(name: "b/hits", count: 9, last: 0.7, isShare: true, use: nil),
        ]
        desk.frame(changes: changes)
        return desk
    }

    @Test func `T lists the series of a recorded run, and Enter takes one for a number`() {
        var desk = recorded()
        desk.type("T")
        desk.wait(1)
        desk.press(.down)
        desk.press(.down)
        desk.press(.enter)
        #expect(desk.effects == [.choose(tag: "b/box", .loss)])
        desk.press(.tab)
        desk.press(.enter)
        guard case .form(.tags(let chooser))? = desk.state.overlay.shown else {
            Issue.record("it has closed")
            return
        }
        #expect(chooser.use == .accuracy && chooser.error?.contains("no shares") == true)
        desk.press(.down)
        desk.press(.enter)
        #expect(desk.effects.last == .choose(tag: "b/hits", .accuracy))
        desk.press(.escape)
        #expect(desk.state.overlay.shown == nil)
    }

    @Test func `letters filter the series`() {
        var desk = recorded()
        desk.type(":tags")
        desk.wait(1)
        desk.press(.enter)
        desk.wait(1)
        desk.type("hit")
        desk.press(.backTab)
        desk.press(.enter)
        #expect(desk.effects == [.choose(tag: "b/hits", .validationAccuracy)])
        desk.type("x")
        desk.press(.enter)
        #expect(desk.effects.count == 1, "nothing is listed")
    }

    @Test func `a run that is read from no series says so`() {
        var desk = desk()
        desk.type("T")
        #expect(desk.state.overlay.shown == nil && desk.said.hasPrefix("no tags"))
        #expect(!KeyMap.footer(for: desk.state).viewing.contains { $0.key == "T" })
        #expect(KeyMap.footer(for: recorded().state).viewing.contains { $0.key == "T" })
    }

    // MARK: Themes

    @Test
    func `the theme under the cursor is shown at once, and Enter keeps it`() {
        var desk = desk()
        desk.type("t")
        desk.press(.down)
        #expect(desk.effects == [.theme("night")])
        desk.answer(.themed("night", problem: nil))
        desk.press(.down)
        #expect(desk.effects == [.theme("night")], "the last one")
        desk.wait(1)
        desk.press(.enter)
        #expect(desk.state.person.themeName == "night" && desk.state.overlay.shown == nil)
        #expect(desk.state.remembered.theme == "night")
    }

    @Test
    func `esc goes back to the theme of before`() {
        var desk = desk()
        desk.type("t")
        desk.type("d")
        #expect(desk.effects == [.theme("dusk")])
        desk.answer(.themed("dusk", problem: nil))
        desk.type("u")
        desk.press(.escape)
        #expect(desk.effects == [.theme("dusk"), .theme("fog")])
        #expect(desk.state.remembered.theme == nil, "nothing was chosen")
    }

    @Test
    func `a theme that cannot be read changes nothing and says why`() {
        var desk = desk()
        desk.answer(.themed("night", problem: "night.theme:3:1: no line of a theme"))
        #expect(desk.state.person.themeName == "fog" && desk.said.contains("night.theme:3:1"))
    }

    @Test
    func `the palette completes and takes names of themes and panels`() {
        var desk = desk()
        desk.type(":theme n")
        desk.press(.tab)
        guard case .palette(let field)? = desk.state.overlay.shown else {
            Issue.record("the palette is closed")
            return
        }
        #expect(field.text == "theme night")
        desk.wait(1)
        desk.press(.enter)
        #expect(desk.effects == [.theme("night")])
        desk.wait(1)
        desk.type(":focus lo", every: 0.2)
        desk.press(.tab)
        desk.type("g")
        desk.wait(1)
        desk.press(.enter)
        #expect(desk.state.view.focus == .log || desk.state.overlay.paletteError != nil)
    }

    @Test(arguments: PaletteCommand.all)
    func `every command that looks has a word in the palette`(command: PaletteCommand) {
        #expect(PaletteCommand.suggestions(for: command.name).contains(command))
        #expect(PaletteCommand.all.filter { $0.name == command.name }.count == 1)
    }

    // MARK: Export

    @Test
    func `E asks where, and says where it went`() {
        var desk = desk()
        desk.type("E")
        desk.wait(1)
        desk.press(.enter)
        let request = ExportRequest(content: .data(.loss), path: "loss-step-500.csv", mayReplace: false)
        #expect(desk.effects == [.export(request)])
        desk.answer(.exported(request, .exists))
        #expect(desk.state.overlay.shown != nil)
        desk.press(.enter)
        #expect(
            desk.effects.last
                == .export(ExportRequest(content: .data(.loss), path: "loss-step-500.csv", mayReplace: true)))
        desk.answer(.exported(request, .written(path: "/here/loss-step-500.csv", rows: 500)))
        #expect(desk.said == "500 rows to /here/loss-step-500.csv" && desk.state.overlay.shown == nil)
    }

    @Test
    func `tab turns to the screen, and a path that was typed stays`() {
        var desk = desk()
        desk.type("E")
        desk.press(.tab)
        desk.wait(1)
        desk.press(.enter)
        #expect(
            desk.effects == [.export(ExportRequest(content: .screen, path: "screen-step-500.txt", mayReplace: false))])
        desk.press(.control("u"))
        desk.type("x.txt")
        desk.press(.tab)
        desk.press(.tab)
        desk.press(.enter)
        #expect(desk.effects.last == .export(ExportRequest(content: .screen, path: "x.txt", mayReplace: false)))
    }

    @Test
    func `a chart's numbers are one row a step, with its evaluations`() {
        var desk = Desk(step: 500)
        let report = EvaluationReport(position: Position(step: 126), epoch: 0, loss: 0.25, accuracy: 0.5, isBest: true)
        let event = RunEvent(position: report.position, content: .evaluation(report), seconds: 9)
        desk.frame(changes: desk.changes(tail: (0..<500).map { Desk.report($0) }, events: [event]))
        desk.state.run.history.smooth(with: MovingAverage(share: 0))
        let table = PanelTable(.loss, of: desk.state)
        #expect(table.rows.count == 500)
        guard table.rows.count == 500 else { return }
        #expect(table.header[0] == "step" && table.rows[499][0] == "499" && table.rows[499][1] == "3")
        for row in table.rows {
            // 2.3 / (step + 1), as the desk reports it.
            let loss = Double(row[2]) ?? .nan
            #expect(abs(loss - 2.3 / (Double(row[0])! + 1)) < 1e-6 * loss && abs(loss - Double(row[3])!) < 1e-6)
        }
        #expect(table.rows.filter { !$0[7].isEmpty }.map { [$0[0], $0[7], $0[8]] } == [["125", "0.25", "0.5"]])
        #expect(table.text.split(separator: "\n").count == 501 && table.text.hasSuffix("\n"))
    }

    @Test
    func `a zoomed chart gives what it shows, words with commas are quoted`() {
        var desk = Desk(step: 500)
        desk.state.view.charts.zoom = 100...149.5
        #expect(PanelTable(.accuracy, of: desk.state).rows.map { Int($0[0])! } == Array(100...149))
        desk.hear(.note(.person, "low, \"flat\" loss"))
        #expect(PanelTable(.log, of: desk.state).text.contains("500,you,\"low, \"\"flat\"\" loss\"\n"))
        #expect(PanelTable(.layers, of: desk.state).rows.isEmpty)
    }

    // MARK: Bell

    @Test
    func `the bell rings for what was asked`() {
        var desk = Desk()
        desk.state.person.bell = [.finish]
        desk.hear(.notFinite(loss: .nan, gradientNorm: 1))
        #expect(!desk.effects.contains(.bell))
        let end = EndSummary(position: Position(step: 500), reason: .completed, kept: .last, best: nil)
        desk.hear(.ended(end))
        #expect(desk.effects.contains(.bell))
    }
}
