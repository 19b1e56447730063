import Cells
import Charts
import Foundation
import TestSupport
import Testing

/// What holds for every chart, whatever its numbers and its size.
@Suite("Properties of charts")
struct ChartPropertyTests {
    /// Sizes from one cell up.
    static let sizes = [(1, 1), (1, 7), (9, 1), (2, 2), (13, 5), (70, 12), (400, 120)]
    /// Magnitudes that a training may report.
    private static func value(_ random: inout SplitMix64) -> Double {
        let magnitude = pow(10, Double.random(in: -30...30, using: &random))
        return Bool.random(using: &random) ? magnitude : -magnitude
    }

    private static func drawn(_ chart: LineChart, _ width: Int, _ height: Int, _ glyphs: GlyphSet) -> CellBuffer {
        var buffer = CellBuffer(size: Size(width: width, height: height))
        chart.draw(
            into: &buffer, plot: Rect(x: 0, y: 0, width: width, height: height), labels: nil, glyphs: glyphs)
        return buffer
    }

    @Test(arguments: 1...40)
    func `a scale holds the values it was fitted to, whatever their size`(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let ends = [Self.value(&random), Self.value(&random)].sorted()
        let linear = AxisScale.fitting(ends[0]...ends[1], kind: .linear)
        #expect(linear.isUsable)
        // A value as good as on a tick counts as on it.
        let slack = 1e-9 * (linear.high - linear.low)
        #expect(linear.low <= ends[0] + slack && linear.high >= ends[1] - slack)
        let positive = [abs(ends[0]), abs(ends[1])].sorted()
        let logarithmic = AxisScale.fitting(positive[0]...positive[1], kind: .logarithmic)
        #expect(logarithmic.isUsable)
        #expect(logarithmic.low <= positive[0] * (1 + 1e-12) && logarithmic.high >= positive[1] * (1 - 1e-12))
        for scale in [linear, logarithmic] {
            let ticks = Ticks.values(scale: scale, maximumCount: 8)
            #expect(ticks.count <= 8)
            #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.value < $1.value })
            #expect(
                ticks.allSatisfy { tick in
                    scale.fraction(tick.value).map { $0 > -1e-9 && $0 < 1 + 1e-9 } ?? false
                })
            #expect(Set(ticks.map(\.label)).count == ticks.count, "labels tell ticks apart: \(ticks.map(\.label))")
        }
    }

    @Test(arguments: sizes, GlyphSet.allCases)
    func `every point of a line has ink at its place, at every size`(size: (Int, Int), glyphs: GlyphSet) {
        let (width, height) = size
        var random = SplitMix64(seed: UInt64(width * 1000 + height))
        for _ in 0..<20 {
            let values = (0..<Int.random(in: 1...60, using: &random)).map { _ in
                Double.random(in: 0...1, using: &random)
            }
            let points = values.enumerated().map {
                ChartPoint(x: Double($0) / Double(max(1, values.count - 1)), y: $1)
            }
            let chart = LineChart.unit(.line(points: points, dash: .solid, style: style(1)))
            let buffer = Self.drawn(chart, width, height, glyphs)
            for point in points {
                let column = LineChart.cellColumn(point.x, width: width, glyphs: glyphs)
                let row = LineChart.cellRow(point.y, height: height, glyphs: glyphs)
                guard let column, let row else {
                    Issue.record("\(point) has no place")
                    continue
                }
                #expect(buffer[column, row].glyph != " ", "\(point) at \(column), \(row)")
            }
        }
    }

    @Test(arguments: sizes, GlyphSet.allCases)
    func `both ends of every range are seen, or an arrow that stands for them`(size: (Int, Int), glyphs: GlyphSet) {
        let (width, height) = size
        var random = SplitMix64(seed: UInt64(width * 1000 + height))
        let dots = LineChart.dotColumns(width: width, glyphs: glyphs)
        for _ in 0..<10 {
            let columns: [ChartColumn?] = (0..<dots).map { _ in
                guard Int.random(in: 0..<4, using: &random) > 0 else { return nil }
                let ends = [0, 1].map { _ in Double.random(in: -0.3...1.3, using: &random) }.sorted()
                return ChartColumn(low: ends[0], high: ends[1])
            }
            let buffer = Self.drawn(
                LineChart.unit(.envelope(columns: columns, style: style(1))), width, height, glyphs)
            for (index, column) in columns.enumerated() {
                guard let column else { continue }
                let x = index * width / max(1, dots)
                for end in [column.low, column.high] {
                    let row = LineChart.cellRow(min(1, max(0, end)), height: height, glyphs: glyphs) ?? 0
                    #expect(buffer[x, row].glyph != " ", "\(column) in column \(x) of \(width)x\(height)")
                }
            }
        }
    }

    @Test(arguments: sizes, GlyphSet.allCases)
    func `nothing is drawn where there is nothing`(size: (Int, Int), glyphs: GlyphSet) {
        for values in [[], [Double.nan, .nan, .nan]] {
            let points = values.enumerated().map { ChartPoint(x: Double($0) / 2, y: $1) }
            let chart = LineChart.unit(
                .line(points: points, dash: .solid, style: style(1)), .envelope(columns: [], style: style(2)))
            #expect(Self.drawn(chart, size.0, size.1, glyphs) == CellBuffer(size: Size(width: size.0, height: size.1)))
        }
    }

    @Test(arguments: 1...30)
    func `a chart is drawn the same each time, and inside its plot alone`(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let points = (0..<200).map { _ in
            ChartPoint(x: Double.random(in: -0.5...1.5, using: &random), y: Self.value(&random))
        }.sorted { $0.x < $1.x }
        let values = points.map(\.y)
        let kind: AxisScale.Kind = seed.isMultiple(of: 2) ? .linear : .logarithmic
        let y = AxisScale.fitting((values.min() ?? 0)...(values.max() ?? 0), kind: kind)
        let chart = LineChart.unit(.line(points: points, dash: .solid, style: style(1)), y: y)
        let plot = Rect(
            x: Int.random(in: 0...20, using: &random), y: Int.random(in: 0...8, using: &random),
            width: Int.random(in: 1...40, using: &random), height: Int.random(in: 1...12, using: &random))
        var (one, other) = (
            CellBuffer(size: Size(width: 50, height: 20)), CellBuffer(size: Size(width: 50, height: 20))
        )
        chart.draw(into: &one, plot: plot, labels: nil, glyphs: .unicode)
        chart.draw(into: &other, plot: plot, labels: nil, glyphs: .unicode)
        #expect(one == other)
        for y in 0..<20 {
            for x in 0..<50 where !plot.contains(x: x, y: y) { #expect(one[x, y] == .blank) }
        }
    }
}
