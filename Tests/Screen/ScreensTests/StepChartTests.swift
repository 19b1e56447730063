import Cells
import Dashboard
import Foundation
import History
import Runs
import Screens
import Testing
import Themes

/// Charts over data whose picture is known.
@Suite("Charts over steps")
struct StepChartTests {
    /// A dashboard over losses given step by step.
    static func state(
        _ count: Int, hasAccuracy: Bool = true, elapsed: (Int) -> Double = { Double($0) / 50 },
        _ loss: (Int) -> Double
    ) -> DashboardState {
        var description = SampleRun.description
        description.lengths.totalSteps = count
        description.task.hasAccuracy = hasAccuracy
        let steps = (0..<count).map { step in
            StepReport(
                step: step, epoch: step / 125, loss: loss(step), accuracy: 0.5, learningRate: 0.1,
                gradientNorm: loss(step), trainingSeconds: Double(step) / 50, elapsedSeconds: elapsed(step))
        }
        var changes = SampleRun(step: 0).changes
        changes.description = description
        changes.status.position.step = count
        changes.status.latestStep = steps.last
        changes.steps.sealed = [StepChunk(steps: steps)]
        changes.steps.tail = []
        var history = RunHistory(description: description)
        history.apply(changes)
        var state = DashboardState(history: history)
        state.view.enlarged = .loss
        return state
    }

    static func rows(_ state: DashboardState, _ width: Int = 100, _ height: Int = 30, _ glyphs: GlyphSet = .unicode)
        -> [Substring]
    {
        SampleScreen.draw(state, width, height, glyphs).text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The cells of the plot of the enlarged loss chart, row by row.
    static func plot(_ state: DashboardState, _ glyphs: GlyphSet = .unicode) -> [[Unicode.Scalar]] {
        let rect = ScreenLayout(size: Size(width: 100, height: 30), state: state).plotRects[.loss]!
        let buffer = SampleScreen.draw(state, 100, 30, glyphs)
        return (rect.y..<rect.endY).map { y in (rect.x..<rect.endX).map { buffer[$0, y].glyph } }
    }

    @Test(arguments: GlyphSet.allCases)
    func `a spike of one step stands above the curve at every zoom, in every glyph set`(glyphs: GlyphSet) {
        let spike = 65_432
        for isLogarithmic in [true, false] {
            var state = Self.state(100_000) { $0 == spike ? 5 : 0.1 }
            state.view.charts.logarithmicLoss = isLogarithmic
            for zoom in 0..<10 {
                let span = 100_000 / pow(2.8, Double(zoom))
                let low = max(0, Double(spike) - span * 0.4)
                state.view.charts.zoom = low...low + span
                let plot = Self.plot(state, glyphs)
                // The curve lies low; only the spike, or the arrow that stands for it, reaches the upper third.
                let above = plot.prefix(plot.count / 3).joined().filter { $0 != " " && $0 != "·" && $0 != "." }
                #expect(!above.isEmpty, "zoom \(zoom), \(glyphs), logarithmic \(isLogarithmic)")
            }
        }
    }

    @Test
    func `a spike far beyond everything else is an arrow, and the others keep their range`() {
        let state = Self.state(1000) { $0 == 500 ? 1e30 : 1 + 0.1 * Double($0 % 7) }
        let plot = Self.plot(state)
        #expect(plot[0].contains("▴"))
        #expect(!Self.rows(state).joined().contains("e29"))
    }

    @Test
    func `NaN and infinity are marks, also where nothing else is`() {
        let one = Self.plot(Self.state(1000) { $0 == 300 ? .nan : $0 == 700 ? .infinity : 1 })
        #expect(one[0].count { $0 == "▲" } == 2)
        let all = Self.plot(Self.state(1000) { _ in .nan })
        #expect(all[0].count { $0 == "▲" } > 50)
        var zoomed = Self.state(1000) { $0 == 300 ? .nan : 1 }
        zoomed.view.charts.zoom = 296...304
        #expect(Self.plot(zoomed)[0].count { $0 == "▲" } >= 1)
        #expect(Self.plot(zoomed, .ascii)[0].contains("!"))
    }

    @Test(
        arguments: [
            (0, 0.0), (1, 2.0), (2, -1), (300, 0), (300, 1e-30), (300, 1e30), (300, -5), (300, Double.nan),
            (300, -Double.infinity), (5000, 1e300),
        ])
    func `any numbers draw on any screen, with any axes`(count: Int, value: Double) {
        for hasAccuracy in [true, false] {
            var state = Self.state(count, hasAccuracy: hasAccuracy) { step in step % 2 == 0 ? value : value * 0.5 }
            state.view.enlarged = nil
            for axis in [ChartSettings.XAxis.steps, .epochs, .time] {
                state.view.charts.xAxis = axis
                state.view.charts.logarithmicX.toggle()
                for other in [Set<PanelID>(), [.loss, .accuracy, .learningRate]] {
                    state.view.charts.otherY = other
                    state.view.charts.cursorStep = count > 0 ? Double(count / 2) : nil
                    for (width, height) in [(20, 6), (80, 24), (200, 50)] {
                        for glyphs in GlyphSet.allCases {
                            #expect(Self.rows(state, width, height, glyphs).count <= height)
                        }
                    }
                }
            }
        }
    }

    @Test
    func `a constant is one level line`() {
        var state = Self.state(1000) { _ in 1 }
        state.view.charts.smoothing = 0
        let inked = Self.plot(state).enumerated().filter {
            $0.element.contains("⠤") || $0.element.contains("⠒") || $0.element.contains("⠉") || $0.element.contains("⣀")
        }
        #expect(inked.count == 1)
    }

    @Test
    func `the cursor says what is marked where it stands`() {
        var state = SampleScreen.state(SampleRun(notFiniteStep: 2_000))
        state.view.charts.cursorStep = Double(SampleRun.changeStep)
        #expect(Self.rows(state, 120, 40).joined().contains("you ×0.5 0.0659 → 0.0329"))
        state.view.charts.cursorStep = 2_000
        let words = Self.rows(state, 120, 40).joined(separator: "\n")
        #expect(words.contains("▲ loss NaN"))
        #expect(words.contains("◆ best 96.8 %"))
        state.view.charts.cursorStep = 1_500
        #expect(Self.rows(state, 120, 40).joined().contains("epoch 12 begins"))
    }

    @Test
    func `words of a mark that do not fit say so; a number never loses digits unseen`() {
        var state = SampleScreen.state()
        state.view.charts.cursorStep = Double(SampleRun.changeStep)
        for width in 60...120 {
            let first = Self.rows(state, width, 30).joined(separator: "\n")
            guard let found = first.firstRange(of: "you ×0.5 0.0659 →") else { continue }
            let rest = first[found.upperBound...].drop { $0 == " " }
            #expect(rest.hasPrefix("0.0329") || rest.prefix(6).contains("…"), "\(width)")
        }
    }

    @Test
    func `over time the axis says times, over a logarithmic one decades`() {
        var state = Self.state(4_000) { _ in 1 }
        state.view.charts.xAxis = .time
        // The run has reached the plan's end: there is nothing to come.
        #expect(state.xRange == 0...4_000)
        let time = Self.rows(state).suffix(3).joined()
        #expect(time.contains("0:30") && time.contains("1:00") && time.contains("time"))
        state.view.charts.xAxis = .steps
        state.view.charts.logarithmicX = true
        let decades = Self.rows(state).suffix(3).joined()
        #expect(decades.contains("10 ") && decades.contains("100 ") && decades.contains("1,000"))
    }

    @Test
    func `a pause takes its time on the axis, within the 256 steps it lies in`() throws {
        // 10 s of training, 100 s of standing still, 10 s of training.
        var state = Self.state(1_000, elapsed: { Double($0) / 50 + ($0 >= 500 ? 100 : 0) }) { _ in 1 }
        state.view.charts.xAxis = .time
        #expect(try #require(state.stepScale.fraction(256)) < 0.1)
        #expect(try #require(state.stepScale.fraction(512)) > 0.9)
    }

    @Test
    func `a run of half a second has times too`() {
        var state = Self.state(25) { _ in 1 }
        state.view.charts.xAxis = .time
        let rows = Self.rows(state).suffix(3).joined()
        #expect(rows.contains("0.1 s") && rows.contains("0.4 s"))
    }

    /// The columns of a plot of the system screen in which its line is drawn, from 0.
    private func lineColumns(_ panel: PanelID, _ role: ColorRole, _ zoom: ClosedRange<Double>) throws -> (
        columns: [Int], width: Int
    ) {
        let state = SampleScreen.state {
            $0.view.show(.system, of: $0.run.history)
            $0.view.enlarged = panel
            $0.view.charts.zoom = zoom
        }
        let plot = try #require(ScreenLayout(size: Size(width: 100, height: 30), state: state).plotRects[panel])
        let buffer = SampleScreen.draw(state, 100, 30)
        let columns = (0..<plot.width).filter { x in
            (plot.y..<plot.endY).contains { y in
                let cell = buffer[plot.x + x, y]
                return cell.style == SampleScreen.palette[role] && (0x2801...0x28FF).contains(cell.glyph.value)
            }
        }
        return (columns, plot.width)
    }

    /// The run has come to step 2,140; samples are taken every 20 steps.
    @Test(arguments: [(PanelID.speed, ColorRole.train), (.memory, .rate)])
    func `what the samples say fills the window as far as the run has come`(panel: PanelID, role: ColorRole) throws {
        // Inside, with the last sample well before the end; between two samples; the whole.
        for zoom in [900.0...1_018, 1_001...1_019, 0...2_140, 2_125...2_139] {
            let (columns, width) = try lineColumns(panel, role, zoom)
            let first = zoom.lowerBound < 20 ? 1 : 0
            #expect(columns == Array((columns.first ?? width)..<width) && (columns.first ?? width) <= first, "\(zoom)")
        }
        // Where now is in the window the line reaches to now, and no further.
        let (columns, width) = try lineColumns(panel, role, 2_000...2_280)
        #expect(columns == Array(0...width / 2) || columns == Array(0..<width / 2), "\(columns)")
        #expect(try lineColumns(panel, role, 2_200...2_300).columns.isEmpty, "nothing is known of what is to come")
    }

    @Test
    func `another run is a dotted ghost with its figure in the ruling`() {
        var state = Self.state(500) { _ in 1 }
        let steps = (0..<500).map {
            StepReport(step: $0, epoch: $0 / 125, loss: 0.1, accuracy: 0.5, learningRate: 0.04, gradientNorm: 1)
        }
        state.run.references = [SampleRun.reference("before", steps)]
        let rows = Self.rows(state, 120, 30)
        #expect(rows.contains { $0.contains("before 0.100") || $0.contains("before  0.100") })
        let ghost = SampleScreen.palette[.ghost]
        let buffer = SampleScreen.draw(state, 120, 30)
        let dots = buffer.cells.filter { $0.style == ghost && $0.glyph.value > 0x2800 && $0.glyph.value < 0x2900 }
        #expect(dots.count > 20)
    }
}
