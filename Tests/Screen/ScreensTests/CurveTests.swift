import Cells
import Charts
import Dashboard
import Foundation
import History
import Runs
import Screens
import TestSupport
import Testing
import Themes

/// What curves say is what is the case.
@Suite("Curves")
struct CurveTests {
    static func rows(_ state: DashboardState, _ width: Int = 120, _ height: Int = 40, _ glyphs: GlyphSet = .unicode)
        -> [String]
    {
        SampleScreen.draw(state, width, height, glyphs).text.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    static func text(_ state: DashboardState, _ width: Int = 120, _ height: Int = 40) -> String {
        rows(state, width, height).joined(separator: "\n")
    }

    /// The labels of a panel's y axis from the top.
    static func labels(
        _ panel: PanelID, _ state: DashboardState, _ width: Int = 120, _ height: Int = 40
    ) throws -> [String] {
        let plot = try #require(ScreenLayout(size: Size(width: width, height: height), state: state).plotRects[panel])
        let buffer = SampleScreen.draw(state, width, height)
        return (plot.y..<plot.endY).map { row in
            String(String.UnicodeScalarView((1...5).map { buffer[plot.x - 7 + $0, row].glyph }))
                .trimmingCharacters(in: .whitespaces)
        }.filter { !$0.isEmpty }
    }

    /// The cells of a panel's plot that have a style, with their places.
    static func cells(
        _ panel: PanelID, _ style: Style, _ state: DashboardState, _ width: Int = 120, _ height: Int = 40
    ) throws -> [(x: Int, y: Int, glyph: Unicode.Scalar)] {
        let plot = try #require(ScreenLayout(size: Size(width: width, height: height), state: state).plotRects[panel])
        let buffer = SampleScreen.draw(state, width, height)
        return (plot.y..<plot.endY).flatMap { y in
            (plot.x..<plot.endX).filter { buffer[$0, y].style == style }.map {
                ($0 - plot.x, y - plot.y, buffer[$0, y].glyph)
            }
        }
    }

    static func isBraille(_ glyph: Unicode.Scalar) -> Bool { (0x2801...0x28FF).contains(glyph.value) }

    // MARK: Train

    @Test
    func `a loss that has fallen is told as it is now, not as it was`() throws {
        // As `overfit-few`: 2.3 to 1e-3 within forty steps.
        var run = CurveRun()
        run.loss = { $0 < 40 ? 2.3 * pow(10, -3.36 * Double($0) / 40) : 1e-3 }
        #expect(Self.text(run.state(60)).contains("train 1.0e-3"))
        // As `rate-too-high`: a spike of 1e5 at the beginning, then about 5.
        run.loss = { $0 < 3 ? 1e5 : 5 + 0.2 * sin(Double($0)) }
        let state = run.state(200)
        let average = try #require(state.run.history.series.average(.loss, at: 199, in: .logarithmic))
        #expect(abs(average / 5 - 1) < 0.05)
        let line = try Self.cells(.loss, SampleScreen.palette[.train], state).filter { Self.isBraille($0.glyph) }
        #expect(Set(line.filter { $0.x > 10 }.map(\.y)).count <= 2, "no ramp")
    }

    @Test(arguments: [true, false])
    func `the legend's figure is the line's at now, on both axes`(isLogarithmic: Bool) throws {
        var random = Noise(seed: 3)
        let noise = (0..<1000).map { _ in random.next() }
        var run = CurveRun()
        run.loss = { 3 * exp(-Double($0) / 300) * (0.5 + noise[$0 % 1000]) }
        run.accuracy = { Double(Int(64 * min(1, Double($0) / 1000 * (0.8 + 0.2 * noise[$0 % 1000])))) / 64 }
        var state = run.state(1000)
        state.view.charts.logarithmicLoss = isLogarithmic
        let space: AverageSpace = isLogarithmic ? .logarithmic : .linear
        let line = state.run.history.series.smoothed(.loss, over: 0...1000, count: 200, in: space)
        let last = try #require(line.last.flatMap { $0 })
        #expect(Self.text(state).contains("train \(FigureField.figure(last))"))
        let accuracies = (0..<30).map { run.accuracy(970 + $0) }
        let mean = Int((accuracies.reduce(0, +) / 30 * 1000).rounded())
        #expect(Self.text(state).contains("train \(mean / 10).\(mean % 10) %"))
    }

    @Test
    func `small screens tell the same figure`() throws {
        var run = CurveRun()
        run.loss = { $0 < 400 ? 2 : $0 == 990 ? 1e8 : 0.25 }
        for (width, height) in [(20, 6), (39, 9), (19, 3)] {
            #expect(
                Self.text(run.state(1000), width, height).contains("loss  0.250")
                    || Self.text(run.state(1000), width, height).contains("loss 0.250"), "\(width)x\(height)")
        }
    }

    // MARK: Validation

    @Test
    func `a rise of the validation loss from 0.938 to 1.06 is seen`() throws {
        var run = CurveRun()
        run.loss = { 2 * exp(-Double($0) / 100) + 0.01 }
        run.evaluations = (1...16).map {
            CurveRun.evaluation($0 * 60, loss: 0.938 + (1.06 - 0.938) * Double($0 - 1) / 15)
        }
        let cells = try Self.cells(.loss, SampleScreen.palette[.validation], run.state(1000))
        let line = cells.filter { Self.isBraille($0.glyph) }.sorted { $0.x < $1.x }
        #expect(line.count > 30, "a line between the circles")
        #expect(cells.contains { $0.glyph == "○" })
        // The dots climb: the highest dot of the last cells lies above that of the first.
        func height(_ cell: (x: Int, y: Int, glyph: Unicode.Scalar)) -> Int {
            let mask = cell.glyph.value - 0x2800
            let row = [0x09, 0x12, 0x24, 0xC0].firstIndex { mask & $0 != 0 } ?? 0
            return -(cell.y * 4 + row)
        }
        #expect(height(try #require(line.last)) > height(try #require(line.first)))
    }

    // MARK: Accuracy

    @Test
    func `accuracies of 90 to 100 percent fill the panel`() throws {
        var run = CurveRun()
        run.accuracy = { 0.905 + 0.09 * min(1, Double($0) / 800) }
        func expectFull() throws {
            let labels = try Self.labels(.accuracy, run.state(1000))
            #expect(labels.first == "100 %" && labels.count >= 2)
            #expect(labels.allSatisfy { (Int($0.dropLast(2)) ?? 0) >= 90 }, "\(labels)")
        }
        try expectFull()
        run.accuracy = { min(1, 0.06 + Double($0) / 900) }
        #expect(try Self.labels(.accuracy, run.state(1000)) == ["100 %", "50 %", "0 %"])
        run.accuracy = { 0.905 + 0.09 * min(1, Double($0) / 800) }
        // The first steps of guessing leave below.
        let whole = run.accuracy
        run.accuracy = { $0 < 4 ? 0.1 : whole($0) }
        try expectFull()
    }

    @Test
    func `y shows the error, on an axis with decades`() throws {
        var run = CurveRun()
        run.accuracy = { 1 - 0.5 * exp(-Double($0) / 120) - 0.004 }
        run.evaluations = [CurveRun.evaluation(900, loss: 0.1, accuracy: 0.995, isBest: true)]
        var state = run.state(1000)
        state.view.charts.otherY = [.accuracy]
        let text = Self.text(state, 160, 50)
        #expect(text.contains("error, %"))
        #expect(text.contains("train 0.4"), "\(text)")
        #expect(text.contains("◆ best 0.500 %"))
        #expect(try Self.labels(.accuracy, state).contains("1") && Self.labels(.accuracy, state).contains("10"))
    }

    // MARK: The best, marks

    @Test
    func `each panel's diamond is its own best`() throws {
        var run = CurveRun()
        run.loss = { _ in 0.3 }
        run.evaluations = [
            CurveRun.evaluation(200, loss: 0.25, accuracy: 0.90), CurveRun.evaluation(500, loss: 0.5, accuracy: 0.95),
            CurveRun.evaluation(800, loss: 0.9, accuracy: 0.97, isBest: true),
        ]
        let state = run.state(1000)
        let best = SampleScreen.palette[.best]
        let loss = try #require(try Self.cells(.loss, best, state).first { $0.glyph == "◆" })
        let accuracy = try #require(try Self.cells(.accuracy, best, state).first { $0.glyph == "◆" })
        #expect(loss.x < 20 && accuracy.x > 50)
        let text = Self.text(state, 160, 40)
        #expect(text.contains("◆ lowest  0.250") && text.contains("◆ best 97.0 % at 800"))
    }

    @Test
    func `marks keep words while there is room, and no factor stands alone`() {
        var run = CurveRun()
        run.changes = [(200, 0.05, 0.1), (500, 0.1, 0.0125), (900, 0.0125, 0.025)]
        run.rate = { $0 < 200 ? 0.05 : $0 < 500 ? 0.1 : $0 < 900 ? 0.0125 : 0.025 }
        let text = Self.text(run.state(1000), 160, 50)
        for words in ["you 0.0500 → 0.100", "you 0.100 → 0.0125", "you 0.0125 → 0.0250"] {
            #expect(text.contains(words), "\(words)")
        }
        let narrow = Self.text(run.state(1000), 100, 30)
        #expect(narrow.contains("you 0.0125 → 0.0250") || narrow.contains("you 0.0250"), "the newest keeps its words")
    }

    @Test(arguments: 20...60)
    func `a factor of the plan says so, whole or not at all`(width: Int) {
        var run = CurveRun()
        run.rate = { _ in 0.0125 }
        var state = run.state(300)
        state.run.history.status.progress.control = .following(multiplier: 0.25)
        for height in [6, 12] {
            let text = Self.text(state, width, height)
            #expect(!text.contains("×0.2\n") && !text.contains("×0.\n") && !text.contains("you×"))
            if let place = text.firstRange(of: "×0.25") {
                #expect(text[..<place.lowerBound].hasSuffix("plan ") || text[..<place.lowerBound].hasSuffix("plan"))
            }
        }
    }

    // MARK: Outliers

    @Test
    func `gradients after a NaN leave the others their axis`() throws {
        var run = CurveRun()
        run.gradient = { step in
            (700..<760).contains(step) ? pow(10, 12 + 7 * Double(step - 700) / 60) : 0.5 + 0.1 * Double(step % 5)
        }
        run.layers = { step, layer in (step >= 700 && step < 760 ? 1e15 : 0.1 * Double(layer + 1), 1e-3) }
        let state = run.state(1000, .updates)
        let labels = try Self.labels(.gradientNorms, state)
        #expect(labels.allSatisfy { (Double($0) ?? 1e9) < 1e4 } && labels.count >= 2, "\(labels)")
        #expect(Self.text(state).contains("▴"))
        #expect(!Self.text(state).contains("▾▾▾▾"))
    }

    @Test(arguments: [Screen.overview, .learningRate])
    func `a rate of a million for some steps leaves the plan its axis`(screen: Screen) throws {
        var run = CurveRun()
        run.rate = { (700..<720).contains($0) ? 1e6 : 0.05 }
        let panel: PanelID = screen == .overview ? .learningRate : .schedule
        let labels = try Self.labels(panel, run.state(1000, screen))
        #expect(labels.allSatisfy { (Double($0) ?? 1e9) <= 0.1 } && labels.count >= 2, "\(labels)")
        #expect(Self.text(run.state(1000, screen)).contains("▴"))
    }

    @Test(arguments: Screen.allCases, [(80, 24), (100, 30), (120, 40), (200, 50)])
    func `every axis has two labels or more, whatever the numbers are`(screen: Screen, size: (Int, Int)) throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            var random = SplitMix64(seed: seed)
            func scale() -> Double { pow(10, .random(in: -9...6, using: &random)) }
            let (loss, rate, gradient) = (scale(), scale(), scale())
            let spread = Double.random(in: 0...1, using: &random)
            var run = CurveRun()
            run.loss = { loss * (1 + spread * sin(Double($0))) }
            run.rate = { _ in rate }
            run.gradient = { gradient * (1 + spread * cos(Double($0))) }
            run.layers = { _, layer in (gradient * Double(layer + 1), 1e-3 * Double(layer + 1)) }
            for other in [Set<PanelID>(), [.loss, .accuracy, .learningRate, .gradientNorms, .updateRatios]] {
                var state = run.state(400, screen)
                state.view.charts.otherY = other
                state.view.charts.logarithmicSchedule = !other.isEmpty
                let layout = ScreenLayout(size: Size(width: size.0, height: size.1), state: state)
                // Of the memory this run knows nothing.
                for panel in layout.stepPanels
                where (layout.plotRects[panel]?.height ?? 0) >= 2 && panel != .memory {
                    let labels = try Self.labels(panel, state, size.0, size.1)
                    #expect(labels.count >= 2, "\(panel) \(labels) of \(loss) \(rate) \(gradient)")
                }
            }
        }
    }

    // MARK: What is compared with

    @Test
    func `the loss and the accuracy of guessing are dim lines with their words`() {
        var run = CurveRun()
        run.loss = { 2.4 * exp(-Double($0) / 200) }
        run.accuracy = { min(0.98, 0.08 + Double($0) / 500) }
        let text = Self.text(run.state(1000))
        #expect(text.contains("chance ln 10 = 2.30") && text.contains("chance 10.0 %"))
        run.description.task.loss = "hinge"
        run.loss = { 9.5 * exp(-Double($0) / 200) }
        #expect(Self.text(run.state(1000)).contains("chance 9.00"))
        run.description.task.classCount = nil
        #expect(!Self.text(run.state(1000)).contains("chance"))
    }

    @Test
    func `the penalty stands beside the loss where there is weight decay`() {
        var run = CurveRun()
        run.loss = { 2.3 * exp(-Double($0) / 400) }
        #expect(!Self.text(run.state(1000)).contains("penalty"))
        run.penalty = { 3.5 * exp(-Double($0) / 300) }
        let state = run.state(1000)
        #expect(Self.text(state, 200, 50).contains("penalty  0.125"), "\(Self.text(state, 200, 50))")
        // The line has its word in the chart; in the ruling its figure stands behind the lowest loss.
        run.evaluations = [CurveRun.evaluation(900, loss: 0.3, isBest: true)]
        for (width, height) in [(80, 24), (120, 40)] {
            let text = Self.text(run.state(1000), width, height)
            #expect(text.contains(" penalty ") && text.contains("◆  0.300"), "\(text)")
            #expect(width < 100 || text.contains(/◆ +0\.300 +⠂+ +0\.125/), "\(text)")
        }
        let dim = try? Self.cells(.loss, SampleScreen.palette[.dimText], state).filter { Self.isBraille($0.glyph) }
        #expect((dim?.count ?? 0) > 15)
    }

    // MARK: Screen 4

    @Test(arguments: [(80, 24), (120, 40)])
    func `below 160 columns the chosen layer has one line and the others their names`(size: (Int, Int)) throws {
        var run = CurveRun()
        run.layers = { step, layer in (0.1 * Double(layer + 1), 1e-3 * (1 + 0.3 * sin(Double(step * 7 + layer)))) }
        let state = run.state(1000, .updates)
        for panel in [PanelID.gradientNorms, .updateRatios] {
            let ghosts = try Self.cells(panel, SampleScreen.palette[.ghost], state, size.0, size.1)
            #expect(ghosts.isEmpty)
        }
        #expect(Self.text(state, size.0, size.1).contains(size.0 < 100 ? "7 more" : "2 5 "))
        // One line: at most three rows of dots high, though the measurements swing over two decades.
        let line = try Self.cells(.updateRatios, SampleScreen.palette[.brightText], state, size.0, size.1)
        let plot = try #require(
            ScreenLayout(size: Size(width: size.0, height: size.1), state: state).plotRects[.updateRatios])
        let late = line.filter { $0.x > 10 && Self.isBraille($0.glyph) }
        #expect(late.count > 20 && late.count < plot.width * 2)
    }

    @Test
    func `strips end at now, though the last measurement is old`() throws {
        var run = CurveRun()
        run.layers = { _, _ in (0.1, 1e-3) }
        run.measuredEvery = 600
        let rows = Self.rows(run.state(1000), 120, 40)
        let place = try #require(rows.firstIndex { $0.contains(" 0 conv") })
        let (heading, strip) = (rows[place - 1], rows[place])
        #expect(heading.contains("1,000"))
        #expect(!heading.contains("1,024"))
        // Blocks without a gap up to the figures.
        let blocks = strip.unicodeScalars.filter { (0x2581...0x2588).contains($0.value) }
        #expect(blocks.count >= 12)
        #expect(!strip.contains(/[▁▂▃▄▅▆▇█] +[▁▂▃▄▅▆▇█]/))
        let after = try #require(strip.lastIndex { ("▁"..."█").contains($0) })
        #expect(strip[after...].dropFirst().prefix { $0 == " " }.count <= 8)
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 50)])
    func `the name of another run is the last thing a legend drops`(size: (Int, Int)) throws {
        var run = CurveRun()
        run.penalty = { _ in 0.01 }
        run.evaluations = [CurveRun.evaluation(500, loss: 0.5, isBest: true)]
        let steps = (0..<900).map {
            StepReport(step: $0, epoch: $0 / 125, loss: 0.1, accuracy: 0.5, learningRate: 0.04, gradientNorm: 1)
        }
        for (name, shown) in [("before", "before"), ("训练二", "训练二"), ("a-name-of-many-letters", "a-nam")] {
            var state = run.state(1000)
            state.run.references = [SampleRun.reference(name, steps)]
            let rows = Self.rows(state, size.0, size.1)
            let heading = try #require(
                rows.first { $0.contains(" loss ") && $0.contains("0.100") },
                "\(rows.prefix(6).joined(separator: "\n"))")
            #expect(heading.contains("\(shown)"), "\(heading)")
            if let mark = heading.range(of: "◆"), let name = heading.range(of: shown) {
                #expect(name.upperBound < mark.lowerBound)
            }
        }
    }

    @Test
    func `names in wide letters are told apart`() {
        var run = CurveRun()
        run.description.name = "训练一"
        var state = run.state(1000)
        state.run.references = [
            SampleRun.reference(
                "训练二",
                [StepReport(step: 0, epoch: 0, loss: 0.1, accuracy: 0.5, learningRate: 0.04, gradientNorm: 1)])
        ]
        for (width, height) in [(80, 24), (120, 40), (200, 50)] {
            let text = Self.text(state, width, height)
            #expect(text.contains("训练一") && text.contains("训练二"))
            let buffer = SampleScreen.draw(state, width, height)
            for (index, cell) in buffer.cells.enumerated() where cell.glyph.isWide {
                #expect(buffer.cells[index + 1].glyph == Cell.secondHalf)
            }
        }
    }

    @Test
    func `one layer far from all others does not own the axis over depth`() throws {
        var run = CurveRun()
        run.description.layers = (0..<12).map { index in
            LayerDescription(
                name: "\(index)", kind: "linear", outputShape: [8], activation: "tanh", parameterCount: 72)
        }
        run.layers = { _, layer in (layer == 5 ? 1e12 : 1e-3 * Double(1 + layer), 1e-3) }
        let state = run.state(500, .layers)
        let labels = try Self.labels(.signalTrend, state)
        #expect(labels.count >= 2 && !labels.contains { $0.contains("e10") || $0.contains("e12") }, "\(labels)")
    }

    @Test(arguments: [(80, 24), (100, 30), (120, 39), (200, 50)])
    func `epochs have a number or no mark`(size: (Int, Int)) {
        let text = Self.text(CurveRun().state(1000), size.0, size.1)
        #expect(!text.contains("╵"))
    }
}
