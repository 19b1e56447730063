import Cells
import Charts
import Foundation
import TestSupport
import Testing

@Suite("Labels of a y axis")
struct LabelledTicksTests {
    /// The labels that a chart of so many rows shows, by their rows.
    static func shown(_ scale: AxisScale, _ ticks: [Tick], rows: Int, glyphs: GlyphSet, width: Int = 5) -> [String] {
        var buffer = CellBuffer(size: Size(width: 30, height: rows))
        LineChart(x: AxisScale(kind: .linear, low: 0, high: 1), y: scale, layers: [], yTicks: ticks).draw(
            into: &buffer, plot: Rect(x: width + 1, y: 0, width: 20, height: rows),
            labels: Rect(x: 0, y: 0, width: width, height: rows), glyphs: glyphs)
        return (0..<rows).map { row in
            String(String.UnicodeScalarView((0..<width).map { buffer[$0, row].glyph })).filter { $0 != " " }
        }.filter { !$0.isEmpty }
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `an axis of two rows or more has at least two labels that can be read back`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<60 {
            let power = Double.random(in: -40...38, using: &random)
            let low = pow(10, power) * Double.random(in: 1...10, using: &random)
            let high: Double =
                switch Int.random(in: 0..<3, using: &random) {
                case 0: low * (1 + pow(10, Double.random(in: -12...0, using: &random)))
                case 1: low * pow(10, Double.random(in: 0...2, using: &random))
                default: low * pow(10, Double.random(in: 0...20, using: &random))
                }
            let hasZero = Bool.random(using: &random)
            let rows = Int.random(in: 2...40, using: &random)
            for kind in AxisScale.Kind.allForTests {
                let scale = AxisScale.fitting(low...high, kind: kind, includingZero: hasZero)
                let most = Int.random(in: 0...8, using: &random)
                let ticks = Ticks.labelled(scale: scale, rows: rows, maximumCount: most)
                for glyphs in [GlyphSet.unicode, .blocks, .ascii] {
                    let labels = Self.shown(scale, ticks, rows: rows, glyphs: glyphs)
                    #expect(labels.count >= 2, "\(scale.low) to \(scale.high) \(kind) in \(rows) rows: \(labels)")
                    #expect(Set(labels).count == labels.count)
                }
                #expect(ticks.count <= max(2, most))
                for tick in ticks {
                    let read = try #require(Double(tick.label.filter { $0 != "," }))
                    #expect(abs(read - tick.value) <= 1e-9 * abs(tick.value))
                    #expect(tick.value >= scale.low * (1 - 1e-9) && tick.value <= scale.high * (1 + 1e-9))
                }
            }
        }
    }

    @Test(arguments: [AxisScale.Kind.linear, .logarithmic], 3...24)
    func `a row stays free between two labels`(kind: AxisScale.Kind, rows: Int) {
        for (low, high) in [(1.0, 40.0), (0.8e-3, 1.1e-1), (2, 7), (1e-6, 1), (20, 90)] {
            let scale = AxisScale.fitting(low...high, kind: kind)
            let places = Ticks.labelled(scale: scale, rows: rows, maximumCount: 8).compactMap { tick in
                scale.fraction(tick.value).flatMap { LineChart.cellRow($0, height: rows) }
            }.sorted()
            #expect(places.count >= 2)
            #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 > 1 }, "\(low) to \(high): \(places)")
        }
    }

    @Test(
        arguments: [
            (0.0, 1.5e-4, 3, ["0", "1e-4"]), (0, 7e-4, 4, ["0", "2e-4", "4e-4", "6e-4"]),
            (0, 1.2e-3, 8, ["0", "5e-4", "1e-3"]),
            (0, 1, 6, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]), (2.5e-5, 3.5e-5, 4, ["25e-6", "35e-6"]),
        ])
    func `labels that are too wide give way to rounder ones`(
        _ low: Double, _ high: Double, _ most: Int, _ expected: [String]
    ) {
        let scale = AxisScale(kind: .linear, low: low, high: high)
        #expect(Ticks.labelled(scale: scale, rows: 20, maximumCount: most).map(\.label) == expected)
    }

    @Test
    func `a suffix is part of a label's width`() {
        let percents = AxisScale(kind: .linear, low: 98, high: 100)
        #expect(
            Ticks.labelled(scale: percents, rows: 9, maximumCount: 5, suffix: " %").map(\.label) == [
                "98 %", "99 %", "100 %",
            ])
    }

    @Test
    func `one row has one label, and no row none`() {
        let scale = AxisScale(kind: .linear, low: 0, high: 1)
        #expect(Ticks.labelled(scale: scale, rows: 1, maximumCount: 4).count == 1)
        #expect(Ticks.labelled(scale: scale, rows: 0, maximumCount: 4).isEmpty)
    }
}
