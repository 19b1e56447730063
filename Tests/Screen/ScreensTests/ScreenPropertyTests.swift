import Cells
import Dashboard
import Foundation
import Runs
import Screens
import TestSupport
import Testing
import Themes

/// What holds on every screen at every size, whatever a run reports.
@Suite("Properties of screens")
struct ScreenPropertyTests {
    /// A run's numbers, step by step.
    struct Numbers: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let count: Int
        let loss: @Sendable (Int) -> Double

        init(_ name: String, _ count: Int = 600, _ loss: @escaping @Sendable (Int) -> Double) {
            testDescription = name
            self.count = count
            self.loss = loss
        }
    }

    static let numbers = [
        Numbers("nothing yet", 0) { _ in 1 }, Numbers("one step", 1) { _ in 2.5 },
        Numbers("one step, NaN", 1) { _ in .nan }, Numbers("zero") { _ in 0 }, Numbers("constant") { _ in 0.7 },
        Numbers("NaN only") { _ in .nan }, Numbers("infinite only") { _ in .infinity },
        Numbers("1e-30") { _ in 1e-30 }, Numbers("1e30") { _ in 1e30 },
        Numbers("from 1e-30 to 1e30") { pow(10, Double($0) / 10 - 30) }, Numbers("negative") { -1 - Double($0) },
        Numbers("through zero") { sin(Double($0) / 20) }, Numbers("a spike") { $0 == 77 ? 1e12 : 1 },
        Numbers("every other NaN") { $0.isMultiple(of: 2) ? .nan : 1 },
        Numbers("smallest") { _ in .leastNonzeroMagnitude }, Numbers("largest") { _ in .greatestFiniteMagnitude },
        Numbers("of both signs and huge") { $0.isMultiple(of: 2) ? 1e300 : -1e300 },
    ]

    static let sizes = [
        (1, 1), (3, 2), (19, 5), (20, 6), (39, 9), (40, 10), (59, 15), (60, 20), (80, 24), (100, 30), (120, 40),
        (160, 50), (200, 50), (500, 150),
    ]

    /// A run with these numbers in everything it reports, with gaps between its steps.
    private static func state(_ numbers: Numbers) -> DashboardState {
        var state = StepChartTests.state(numbers.count, numbers.loss)
        state.view.enlarged = nil
        var changes = RunChanges(
            cursor: RunCursor(), description: state.run.history.description, status: state.run.history.status,
            steps: StepChanges())
        for step in stride(from: 0, to: numbers.count, by: 37) {
            let value = numbers.loss(step)
            let layers = SampleRun.layers.map { _ in
                var layer = LayerStatistics.empty
                (layer.mean, layer.std, layer.gradientNorm, layer.updateRatio) = (value, value, value, value)
                (layer.zeros, layer.signalNorm) = (0.5, value)
                return layer
            }
            changes.layers.append(LayersReport(position: Position(step: step), layers: layers))
            changes.samples.append(
                SystemSample(
                    seconds: Double(step), position: Position(step: step),
                    // A speed is counted, not computed by a network.
                    samplesPerSecond: (0.01...1e9).contains(value) ? value : 0,
                    times: {
                        var times = StepTimes()
                        times.steps = 37
                        (times.forward, times.backward, times.data) = (value, value, 0)
                        return times
                    }(), memory: ProcessMemory(resident: step * 1_000_000, peak: 1 << 30)))
        }
        state.run.history.apply(changes)
        return state
    }

    @Test(arguments: numbers)
    func `frames are closed, axes rise, no number runs out of its words`(numbers: Numbers) {
        var state = Self.state(numbers)
        for screen in Screen.allCases {
            state.view.screen = screen
            state.view.focus = ScreenCatalogue.standard.panels(on: screen)[0]
            for (width, height) in Self.sizes {
                let glyphs = GlyphSet.allCases[(width + screen.rawValue) % GlyphSet.allCases.count]
                state.view.charts.logarithmicLoss = width.isMultiple(of: 20)
                let frame = SampleScreen.draw(state, width, height, glyphs)
                let what = "\(screen) at \(width)x\(height)"
                #expect(frame.size == Size(width: width, height: height), "\(what)")
                #expect(!frame.text.contains(/\b(nan|inf|-inf|nil|Optional)\b/), "\(what)")
                let layout = ScreenLayout(size: frame.size, state: state)
                expectClosed(frame, layout.frame, glyphs, what)
                for panel in layout.plotRects { expectRising(frame, panel.value, "\(panel.key) of \(what)") }
            }
        }
    }

    @Test(arguments: ColorDepth.allCases)
    func `every colour depth draws the same glyphs but for shades`(depth: ColorDepth) {
        let palette = Palette(theme: .sitterDark, depth: depth)
        for screen in Screen.allCases {
            let state = SampleScreen.state { $0.view.screen = screen }
            for (width, height) in Self.sizes {
                let frame = SampleScreen.draw(state, width, height, palette: palette)
                let letters = SampleScreen.draw(state, width, height).text.filter(\.isLetter)
                #expect(frame.text.filter(\.isLetter) == letters, "\(screen) at \(width)x\(height)")
                guard depth == .mono else { continue }
                #expect(
                    frame.cells.allSatisfy {
                        $0.style.foreground == .terminalDefault && $0.style.background == .terminalDefault
                    })
            }
        }
    }

    /// Corners and sides of the frame stand, whatever is drawn in it.
    private func expectClosed(_ buffer: CellBuffer, _ frame: Rect, _ glyphs: GlyphSet, _ what: String) {
        guard !frame.isEmpty else { return }
        let sides: Set<Unicode.Scalar> = ["│", "├", "┤", "|", "+"]
        for y in frame.y + 1..<frame.endY - 1 {
            for x in [frame.x, frame.endX - 1] where !sides.contains(buffer[x, y].glyph) {
                Issue.record("\(what): \(buffer[x, y].glyph) in the side at \(x), \(y)")
            }
        }
        let corners = glyphs.isASCII ? ["+", "+", "+", "+"] : ["╭", "╮", "╰", "╯"]
        let places = [
            (frame.x, frame.y), (frame.endX - 1, frame.y), (frame.x, frame.endY - 1), (frame.endX - 1, frame.endY - 1),
        ]
        for ((x, y), corner) in zip(places, corners) {
            #expect(String(buffer[x, y].glyph) == corner, "\(what): a corner at \(x), \(y)")
        }
    }

    /// The numbers left of a plot rise from below.
    private func expectRising(_ buffer: CellBuffer, _ plot: Rect, _ what: String) {
        let labels = (plot.y..<plot.endY).compactMap { y -> Double? in
            let text = String(String.UnicodeScalarView((1..<6).map { buffer[max(0, plot.x - 7 + $0), y].glyph }))
            let words = text.split(separator: " ").filter { $0 != "%" }
            guard words.count == 1 else { return nil }
            let units: [Character: Double] = ["k": 1e3, "M": 1e6, "G": 1e9, "%": 1]
            let word = words[0]
            guard let unit = word.last.flatMap({ units[$0] }) else { return Double(word) }
            return Double(word.dropLast()).map { $0 * unit }
        }
        #expect(zip(labels, labels.dropFirst()).allSatisfy { $0 > $1 }, "\(what): \(labels)")
    }
}
