import Cells
import Dashboard
import Foundation
import History
import Runs
import Screens
import Testing

/// Histograms over depth, as the lecture's figure has them.
@Suite struct SpreadTests {
    /// Ten layers and a last one, with outputs drawn from a distribution.
    private static func state(
        _ activation: String, layers: Int = 10, zeros: Double = 0, step: Int = 2_140,
        output: (Int) -> (low: Float, high: Float, counts: [UInt32])
    ) -> DashboardState {
        var description = SampleRun.description
        description.layers =
            (0..<layers).map {
                LayerDescription(
                    name: "\(2 * $0 + 1)", kind: "linear", outputShape: [500], activation: activation,
                    parameterCount: 250_500)
            } + [
                LayerDescription(
                    name: "\(2 * layers + 1)", kind: "linear", outputShape: [10], activation: nil, parameterCount: 5_010
                )
            ]
        let statistics = (0...layers).map { index -> LayerStatistics in
            var layer = LayerStatistics.empty
            let spread = index < layers ? output(index) : (-2, 2, bell(1))
            layer.histogram = Histogram(low: spread.0, high: spread.1, counts: spread.2)
            layer.preactivation = layer.histogram
            (layer.mean, layer.std, layer.zeros) = (0, Double(spread.1) / 3, index < layers ? zeros : .nan)
            return layer
        }
        var changes = SampleRun().changes
        changes.description = description
        changes.layers = [LayersReport(position: Position(step: step), layers: statistics)]
        var history = RunHistory(description: description)
        history.apply(changes)
        var state = DashboardState(history: history)
        state.view.screen = .layers
        state.view.layers.selected = layers
        return state
    }

    /// Normal over three widths.
    private static func bell(_ height: Double) -> [UInt32] {
        (0..<64).map { UInt32(height * 10_000 * exp(-pow((Double($0) - 31.5) / 10.5, 2) / 2)) }
    }

    /// How high each column of the histogram of a row of the table stands, in cells of which something is drawn.
    private static func heights(_ buffer: CellBuffer, layer: Int, rows: Int, from x: Int = 15, width: Int = 16) -> [Int]
    {
        (x..<x + width).map { column in
            (0..<rows).count { row in
                let glyph = buffer[column, 6 + layer * rows + row].glyph
                return glyph != " " && glyph != "⡀"
            }
        }
    }

    @Test func `collapse is a spike in the middle`() {
        let state = Self.state("tanh") { layer in
            let width = Float(0.7 * pow(0.2, Double(layer)))
            return (-width, width, Self.bell(1))
        }
        let buffer = SampleScreen.draw(state, 120, 40)
        let first = Self.heights(buffer, layer: 0, rows: 2)
        #expect(first.count { $0 > 0 } >= 8, "the first layer is a bell")
        for layer in 3..<10 {
            let heights = Self.heights(buffer, layer: layer, rows: 2)
            #expect(heights.enumerated().allSatisfy { ($0.element == 2) == (7...8).contains($0.offset) }, "\(heights)")
            #expect(heights.enumerated().allSatisfy { (6...9).contains($0.offset) || $0.element == 0 }, "\(heights)")
        }
    }

    @Test func `saturation is two spikes at the ends`() {
        var counts = [UInt32](repeating: 3, count: 64)
        (counts[0], counts[63]) = (5_000, 5_000)
        let buffer = SampleScreen.draw(Self.state("tanh") { _ in (-1, 1, counts) }, 120, 40)
        for layer in 0..<10 {
            let heights = Self.heights(buffer, layer: layer, rows: 2)
            #expect(heights.first == 2 && heights.last == 2)
            #expect(heights[2..<14].allSatisfy { $0 <= 1 })
        }
        #expect(buffer.text.contains("after tanh, now"))
        #expect(buffer.text.contains("-1      0      1") || buffer.text.contains("-1     0     1"))
    }

    /// An activation, the values that its layers hand on, and the columns of sixteen in which they stand.
    private static let ranges: [(activation: String, low: Float, high: Float, columns: ClosedRange<Int>)] = [
        ("sigmoid", 0.45, 0.55, 7...8), ("sigmoid", 0.9, 0.99, 14...15), ("softmax", 0.1, 0.12, 1...2),
        ("tanh", -0.05, 0.05, 7...8), ("tanh", 0.8, 0.99, 14...15),
    ]

    @Test(arguments: ranges.indices)
    func `what an activation hands on is drawn over the range that it has, however little of it is used`(index: Int) {
        let (activation, low, high, columns) = Self.ranges[index]
        let buffer = SampleScreen.draw(Self.state(activation) { _ in (low, high, Self.bell(1)) }, 120, 40)
        for layer in 0..<10 {
            let heights = Self.heights(buffer, layer: layer, rows: 2)
            #expect(heights.contains(2))
            #expect(heights.enumerated().allSatisfy { columns.contains($0.offset) || $0.element == 0 }, "\(heights)")
        }
        let labels = (15..<31).map { buffer[$0, 5].glyph }.split(separator: " ").map { scalars in
            String(String.UnicodeScalarView(scalars))
        }
        #expect(labels == (activation == "tanh" ? ["-1", "0", "1"] : ["0", "0.5", "1.0"]))
        #expect(!buffer.text.contains("own scales"))
    }

    @Test(arguments: ["relu", "leakyRelu", "prelu", "gelu"])
    func `what a rectifier hands on is drawn from 0, beside a bar of what it cut off`(activation: String) {
        let buffer = SampleScreen.draw(Self.state(activation, zeros: 0.5) { _ in (1, 2, Self.bell(1)) }, 120, 40)
        for layer in 0..<10 {
            // The bar, a blank, and then from 0: what lies between 1 and 2 is the upper half.
            let heights = Self.heights(buffer, layer: layer, rows: 2, from: 17, width: 14)
            #expect(heights.prefix(6).allSatisfy { $0 == 0 } && heights.suffix(7).contains(2), "\(heights)")
        }
        #expect((15..<31).map { buffer[$0, 5].glyph }.contains("2"))
        #expect(!(15..<31).map { buffer[$0, 5].glyph }.contains("-"), "nothing lies below 0")
    }

    @Test func `health is a bell on the same scale in every layer`() {
        let buffer = SampleScreen.draw(Self.state("tanh") { _ in (-0.6, 0.6, Self.bell(1)) }, 120, 40)
        let all = (0..<10).map { Self.heights(buffer, layer: $0, rows: 2) }
        #expect(Set(all).count == 1)
        #expect(all[0][7] == 2 && all[0][8] == 2 && all[0][0] == 0)
    }

    @Test(arguments: [0.25, 0.5, 1]) func `zeros of a rectifier are a bar of their own`(zeros: Double) {
        var counts = (0..<64).map { UInt32(1_000 * exp(-Double($0) / 16)) }
        let positive = Double(counts.reduce(0, +))
        if zeros < 1 { counts[0] += UInt32((positive * zeros / (1 - zeros)).rounded()) }
        if zeros == 1 { counts = [9] + [UInt32](repeating: 0, count: 63) }
        let buffer = SampleScreen.draw(
            Self.state("relu", layers: 3, zeros: zeros) { _ in (0, zeros == 1 ? 0 : 2, counts) }, 120, 40)
        let rows = (0..<4).map { buffer[15, 6 + $0].glyph }
        // Eighths of cells, from the bottom of four rows.
        let eighths = rows.reduce(0) { $0 + ($1 == " " ? 0 : Int($1.value) - 0x2580) }
        #expect(abs(Double(eighths) / 32 - zeros) < 0.04, "\(rows)")
        #expect((0..<4).allSatisfy { buffer[16, 6 + $0].glyph == " " }, "a blank between bar and histogram")
        // Without the zeros the first bin is as high as what is left of it.
        let first = (0..<4).count { buffer[17, 6 + $0].glyph != " " && buffer[17, 6 + $0].glyph != "⡀" }
        #expect(zeros == 1 ? first == 0 : first == 4)
    }

    @Test func `layers that one scale would hide have their own, and say so`() {
        let alike = SampleScreen.draw(
            Self.state("relu", zeros: 0.5) { (0, 2 * pow(0.75, Float($0)), Self.bell(1)) }, 120, 40)
        #expect(!alike.text.contains("own scales"))
        let apart = Self.state("relu", zeros: 0.5) { (0, 2 * pow(0.1, Float($0)), Self.bell(1)) }
        let buffer = SampleScreen.draw(apart, 120, 40)
        #expect(buffer.text.contains("own scales"))
        #expect(buffer.text.contains(" 2 ") && buffer.text.contains("2e-9"), "the ends are written")
        for layer in 0..<10 {
            #expect(
                Self.heights(buffer, layer: layer, rows: 2, from: 17, width: 8).contains { $0 == 2 }, "layer \(layer)")
        }
    }

    @Test func `what lies beyond a scale is a figure and no tall last bin`() {
        // One in eight values lies beyond 1, where a tanh never is; the rest is even.
        let state = Self.state("tanh", layers: 3) { _ in (-1, 1 + 2 / 7 * 1, [UInt32](repeating: 100, count: 64)) }
        let buffer = SampleScreen.draw(state, 120, 40)
        #expect(buffer.text.contains("▸ 12 %") || buffer.text.contains("▸ 13 %"))
        let last = (0..<3).count { buffer[30, 7 + $0].glyph != " " }
        let before = (0..<3).count { buffer[20, 7 + $0].glyph != " " }
        #expect(last <= before)
    }

    @Test func `one key turns from after to before to gradient and round`() {
        var state = SampleScreen.state()
        state.view.screen = .layers
        var seen: [String] = []
        for _ in 0..<3 {
            let text = SampleScreen.draw(state, 120, 40).text
            seen.append(
                ["after relu", "before relu", "gradient"].first { text.contains("layer     \($0)") } ?? "none of them")
            _ = state.reduce(.clock(now: state.clock.now + 2))
            _ = state.reduce(.input(.key(.character("b"))))
        }
        #expect(seen == ["after relu", "before relu", "gradient"])
        #expect(state.view.layers.quantity == .after)
    }

    @Test func `the map of gradients over the steps is of gradients`() {
        func map(_ quantity: LayerQuantity) -> [Double] {
            SampleScreen.state().run.history.heat(
                HeatQuestion(
                    layer: 1, quantity, columns: 8, end: 2_140, reached: 2_140, bins: 6, filled: 6, low: -0.03,
                    high: 0.03))
        }
        // Measured in some of the reports alone, and yet in every column.
        let gradients = map(.gradient)
        #expect((0..<8).allSatisfy { column in gradients[column * 6..<column * 6 + 6].contains { $0 > 0 } })
        #expect(gradients != map(.after))
    }

    @Test func `what was not measured in the last few steps says in which it was`() {
        let old = Self.state("tanh", step: 1_200) { _ in (-0.9, 0.9, Self.bell(1)) }
        for size in [(120, 40), (200, 50)] {
            let text = SampleScreen.draw(old, size.0, size.1).text
            #expect(text.contains("at step 1,200") && !text.contains(", now"), "\(size)")
        }
        let new = Self.state("tanh", step: 2_137) { _ in (-0.9, 0.9, Self.bell(1)) }
        let text = SampleScreen.draw(new, 120, 40).text
        #expect(text.contains("after tanh, now") && !text.contains("at step"))
    }
}
