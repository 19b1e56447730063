import Cells
import Charts
import Dashboard
import Foundation
import History
import Runs
import Screens
import Testing

/// Screens of nets with few, some and many layers, plainly named and nested.
@Suite struct DeepNetTests {
    static let sizes = [(20, 6), (40, 12), (60, 20), (80, 24), (100, 30), (120, 40), (160, 50), (200, 50)]
    static let counts = [3, 11, 30]

    /// - Parameter odd: figures that take all their columns, and shares of all units.
    static func state(_ count: Int, nested: Bool, odd: Bool = false) -> DashboardState {
        var description = SampleRun.description
        description.layers = (0..<count).map { index in
            let isLast = index == count - 1
            return LayerDescription(
                name: nested && !isLast ? "\(3 + index / 4).body.\(index % 4).conv\(1 + index % 2)" : "\(index)",
                kind: isLast ? "linear" : "conv2d", outputShape: isLast ? [10] : [64, 28, 28],
                activation: isLast ? nil : "relu", parameterCount: 72)
        }
        let reports = stride(from: 0, through: 2_140, by: 107).map { step in
            LayersReport(
                position: Position(step: step),
                layers: (0..<count).map { index in
                    var layer = LayerStatistics.empty
                    let fall = exp(-Double(step) / 2_000 * Double(index % 5))
                    (layer.mean, layer.std) = odd ? (-1.23e-12, 1.94e-13) : (0, fall)
                    (layer.zeros, layer.neverFired) = odd ? (1, 1) : (0.5, 0)
                    layer.saturated = odd ? 1 : .nan
                    (layer.signalNorm, layer.gradientNorm) = odd ? (1.9e-13, 1.9e-13) : (1e-3, 0.1)
                    layer.updateRatio = odd ? 1.9e-13 : 1e-3
                    layer.histogram = Histogram(
                        low: 0, high: Float(3 * layer.std), counts: (0..<64).map { UInt32(2_000 / ($0 + 1)) })
                    return layer
                })
        }
        var changes = SampleRun().changes
        changes.description = description
        changes.layers = reports
        var history = RunHistory(description: description)
        history.apply(changes)
        var state = DashboardState(history: history)
        state.view.layers.selected = count - 1
        return state
    }

    static let screens: [Screen] = [.overview, .layers, .updates]

    @Test(arguments: counts, [false, true]) func `between two figures and beside words there is a blank`(
        count: Int, nested: Bool
    ) throws {
        var state = Self.state(count, nested: nested, odd: true)
        // A word or a share that runs into a figure, and two figures in one another.
        let glued = try Regex(
            "[a-z…]\\d+(\\.\\d+)?e-|(never|zeros|satur|std)\\d|\\de-\\d+\\.\\d|%\\d|%[a-z]|e-\\d\\d?\\d?[a-z%]")
        for size in Self.sizes {
            for screen in Self.screens {
                state.view.screen = screen
                for glyphs in [GlyphSet.unicode, .ascii] {
                    let text = SampleScreen.draw(state, size.0, size.1, glyphs).text
                    let found = text.firstMatch(of: glued).map { String(text[$0.range]) }
                    #expect(found == nil, "\(screen) \(size) \(found ?? "")\n\(text)")
                }
            }
        }
    }

    @Test(arguments: [(120, 40), (160, 50), (200, 50)]) func `where there is room kinds are whole beside nested names`(
        width: Int, height: Int
    ) {
        var state = Self.state(26, nested: true)
        for index in 0..<26 {
            state.run.history.description.layers[index].kind = "linear"
            state.run.history.description.layers[index].name = "\(4 + index).body.0"
        }
        state.view.screen = .layers
        let text = SampleScreen.draw(state, width, height).text
        #expect(text.contains("14.body.0 linear") && !text.contains("lin."), "\(text)")
    }

    @Test(arguments: counts) func `every layer that is shown has a name of its own`(count: Int) {
        var state = Self.state(count, nested: true)
        for size in Self.sizes where size.0 >= 40 {
            for screen in Self.screens {
                state.view.screen = screen
                let buffer = SampleScreen.draw(state, size.0, size.1)
                // Names stand before the kind of their layer, in the panel that lists them.
                let names = buffer.text.split(separator: "\n").compactMap { line -> String? in
                    guard let kind = line.range(of: " conv") else { return nil }
                    let before = line[..<kind.lowerBound]
                    return before.split(whereSeparator: { " │▸".contains($0) }).last.map(String.init)
                }
                #expect(Set(names).count == names.count, "\(screen) \(size) \(names)")
            }
        }
    }

    @Test func `where a row a layer fits none is left out`() {
        for count in [11, 12, 16] {
            let state = Self.state(count, nested: false)
            #expect(!SampleScreen.draw(state, 120, 40).text.contains("quiet"), "\(count)")
        }
        for count in [11, 26, 30, 32] {
            var state = Self.state(count, nested: false)
            state.view.screen = .layers
            let text = SampleScreen.draw(state, 120, 40).text
            #expect(
                !text.contains("quiet") && !text.contains(" below") && !text.contains(" above"), "\(count)\n\(text)")
        }
        for enlarged in [30, 33] {
            var state = Self.state(enlarged, nested: false)
            state.view.enlarged = .layers
            #expect(!SampleScreen.draw(state, 120, 40).text.contains("quiet"))
        }
    }

    @Test func `what has no row in depth order is above or below, in order of trouble quiet`() {
        var state = Self.state(60, nested: false)
        state.view.screen = .layers
        state.view.layers.selected = 0
        func text() -> String { SampleScreen.draw(state, 120, 40).text }
        #expect(text().contains(/\+\d+ below/) && !text().contains("quiet"))
        state.view.layers.selected = 59
        #expect(text().contains(/\+\d+ above/) && !text().contains("below"))
        state.view.layers.selected = 40
        #expect(text().contains(/\+\d+ above, \d+ below/))
        state.view.layers.byTrouble = true
        state.view.layers.selected = 0
        #expect(text().contains(/\+\d+ quiet/))
    }

    @Test(arguments: [11, 30]) func `with one or two rows a layer what is over the steps can be read`(count: Int) {
        var state = Self.state(count, nested: false)
        state.view.screen = .layers
        let buffer = SampleScreen.draw(state, 120, 40)
        let rows = count == 11 ? 2 : 1
        #expect(buffer.text.contains("std"))
        var shapes = Set<String>()
        for layer in 0..<count {
            let cells = (33..<49).map { buffer[$0, 6 + layer * rows] }
            #expect(cells.allSatisfy { " ▁▂▃▄▅▆▇█".unicodeScalars.contains($0.glyph) }, "a strip, no map")
            shapes.insert(cells.map { String($0.glyph) }.joined())
        }
        // Five ways to fall, from none at all to e^-4.
        #expect(shapes.count == 5)
        #expect(shapes.contains { Set($0).count > 3 })
    }

    @Test func `the sizes of maps stand beside their layers`() {
        var description = SampleRun.description
        description.layers = [24, 20, 16, 12, 8, 4].enumerated().map { index, size in
            LayerDescription(
                name: "\(2 * index)", kind: "conv2d", outputShape: [8, size, size], activation: "relu",
                parameterCount: 72)
        }
        var changes = SampleRun().changes
        changes.description = description
        changes.layers = [
            LayersReport(
                position: Position(step: 2_140), layers: description.layers.map { _ in LayerStatistics.empty })
        ]
        var history = RunHistory(description: description)
        history.apply(changes)
        var state = DashboardState(history: history)
        state.view.screen = .layers
        for size in [(80, 24), (120, 40), (200, 50)] {
            let text = SampleScreen.draw(state, size.0, size.1).text
            for extent in [24, 20, 16, 12, 8, 4] {
                #expect(text.contains("\(extent)×\(extent)"), "\(size)\n\(text)")
            }
        }
    }

    @Test func `units that are all equal are said to be, in the warning colour once several measurements agree`() {
        for (steps, role) in [
            ([2_140], SampleScreen.palette[.dimText]), ([2_100, 2_120, 2_140], SampleScreen.palette[.warn]),
        ] {
            var state = Self.state(3, nested: false)
            var changes = SampleRun().changes
            changes.description = state.run.history.description
            changes.layers = steps.map { step in
                LayersReport(
                    position: Position(step: step),
                    layers: (0..<3).map { _ in
                        var layer = LayerStatistics.empty
                        (layer.std, layer.unitStd) = (0.5, 2e-8)
                        return layer
                    })
            }
            var history = RunHistory(description: state.run.history.description)
            history.apply(changes)
            state = DashboardState(history: history)
            state.view.screen = .layers
            let buffer = SampleScreen.draw(state, 120, 40)
            let rows = buffer.text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
            let y = rows.firstIndex { String($0).contains("64 equal") }
            let x = y.flatMap { row in rows[row].indices.first { String(rows[row][$0...]).hasPrefix("64 equal") } }
            guard let x, let y else {
                Issue.record("nothing is said\n\(buffer.text)")
                continue
            }
            #expect(buffer[x, y].style.foreground == role.foreground, "\(steps)")
        }
    }

    @Test func `the gauges of a healthy run stand still and green through warm-up and cosine`() {
        for end in [20, 1_000, 3_740] {
            var state = Self.state(3, nested: false)
            let schedule = SampleRun.schedule
            var changes = SampleRun(step: end, hasChange: false).changes
            changes.description = state.run.history.description
            changes.layers = [end - 3, end - 2, end - 1].map { step in
                LayersReport(
                    position: Position(step: step),
                    layers: (0..<3).map { _ in
                        var layer = LayerStatistics.empty
                        layer.updateRatio = 1e-3 * schedule.rate(at: step) / schedule.peak
                        return layer
                    })
            }
            var history = RunHistory(description: state.run.history.description)
            history.apply(changes)
            state = DashboardState(history: history)
            state.view.screen = .layers
            let buffer = SampleScreen.draw(state, 120, 40)
            let dots = (0..<40).flatMap { y in (109..<118).filter { buffer[$0, y].glyph == "●" }.map { ($0, y) } }
            #expect(dots.count == 3 && dots.allSatisfy { $0.0 == 113 }, "\(end)\n\(buffer.text)")
            #expect(
                dots.allSatisfy { buffer[$0.0, $0.1].style.foreground == SampleScreen.palette[.good].foreground })
            // The middle of the gauges follows the rate, and is said wherever there are gauges.
            let share = schedule.rate(at: end - 1) / schedule.peak
            let label = share > 0.95 ? "1e-3" : Figure.plain(1e-3 * share)
            #expect(buffer.text.contains(" \(label) "), "\(label)")
            state.view.screen = .updates
            #expect(SampleScreen.draw(state, 200, 50).text.contains("┿ \(label) "), "\(label)")
        }
    }
}
