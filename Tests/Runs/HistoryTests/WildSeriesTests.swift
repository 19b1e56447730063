import Foundation
import History
import Runs
import TestSupport
import Testing

/// Series of whatever a training can report, against a walk over all of it.
@Suite("Series of wild values")
struct WildSeriesTests {
    /// Steps with gaps and values from everywhere: not finite, tiny, huge, negative, zero.
    static func reports(_ count: Int, seed: UInt64) -> [StepReport] {
        var random = SplitMix64(seed: seed)
        var step = Int.random(in: 0...50, using: &random)
        return (0..<count).map { _ in
            let values = (0..<5).map { _ in value(&random) }
            defer { step += Int.random(in: 0..<20, using: &random) == 0 ? Int.random(in: 2...5000, using: &random) : 1 }
            return StepReport(
                step: step, epoch: 0, loss: values[0], penalty: values[4], accuracy: values[1], learningRate: values[2],
                gradientNorm: values[3], trainingSeconds: Double(step) / 7)
        }
    }

    private static func value(_ random: inout SplitMix64) -> Double {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: .nan
        case 1: .infinity
        case 2: -.infinity
        case 3: 1e30 * Double.random(in: 0.1...1, using: &random)
        case 4: 1e-30
        case 5: -1e30
        case 6: 0
        case 7: .leastNonzeroMagnitude
        case 8: -Double.random(in: 0...1, using: &random)
        default: Double.random(in: 0...10, using: &random)
        }
    }

    private static func value(_ report: StepReport, _ metric: Metric) -> Double {
        switch metric {
        case .loss: report.loss
        case .penalty: report.penalty
        case .accuracy: report.accuracy
        case .learningRate: report.learningRate
        case .gradientNorm: report.gradientNorm
        }
    }

    /// Rising edges anywhere around the steps, equal or not.
    private static func edges(_ reports: [StepReport], _ random: inout SplitMix64) -> [Double] {
        let last = Double(reports.last?.step ?? 0)
        let low = Double.random(in: -last / 4...last, using: &random)
        let high = low + pow(10, Double.random(in: 0...log10(last + 10), using: &random))
        let count = Int.random(in: 1...200, using: &random)
        let isEven = Bool.random(using: &random)
        return (0...count).map { place in
            let share = Double(place) / Double(count)
            return low + (high - low) * (isEven ? share : share * share * share)
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `columns, trouble and averages equal a walk over all points`(seed: UInt64) {
        let reports = Self.reports(Int(seed) * 1_700, seed: seed)
        let share = [0, 0.001, 0.02, 0.5][Int(seed) % 4]
        let series = StepSeriesTests.series(reports, share: share)
        var random = SplitMix64(seed: seed &+ 99)
        for _ in 0..<25 {
            let edges = Self.edges(reports, &random)
            for metric in Metric.allCases {
                let last = edges.count - 2
                var columns = [SeriesColumn?](repeating: nil, count: edges.count - 1)
                var trouble = [SeriesTrouble?](repeating: nil, count: edges.count - 1)
                var newest = [Double?](repeating: nil, count: edges.count - 1)
                var column = 0
                for report in reports {
                    let (step, value) = (Double(report.step), Self.value(report, metric))
                    while column < last, step >= edges[column + 1] { column += 1 }
                    guard step >= edges[column], step < edges[column + 1] || column == last && step == edges[last + 1]
                    else { continue }
                    newest[column] = step
                    if value.isNaN {
                        trouble[column] = .nan
                    } else if value.isInfinite {
                        trouble[column] = trouble[column] ?? .infinite
                    } else {
                        let before = columns[column] ?? SeriesColumn(low: value, high: value, last: value)
                        columns[column] = SeriesColumn(
                            low: min(before.low, value), high: max(before.high, value), last: value)
                    }
                }
                #expect(series.columns(metric, edges: edges) == columns)
                #expect(series.trouble(metric, edges: edges) == trouble)
                // The line has a value where a column has steps: the average at the last of them.
                let line = series.smoothed(metric, edges: edges, in: .logarithmic).map {
                    $0.map { $0.isNaN ? nil : $0 }
                }
                let averages = newest.map { $0.map { series.average(metric, at: $0, in: .logarithmic) } }
                #expect(line == averages)
            }
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `steps that are not finite are all there, and no others`(seed: UInt64) {
        let reports = Self.reports(3_000, seed: seed)
        let expected = reports.filter { !$0.loss.isFinite || !$0.gradientNorm.isFinite }.map(\.step)
        #expect(StepSeriesTests.series(reports).notFiniteSteps == expected)
    }

    @Test(arguments: 1...6)
    func `a run that goes back again and again is the run without what it took back`(round: Int) {
        var random = SplitMix64(seed: UInt64(round))
        var series = StepSeries(average: MovingAverage(share: 0.1))
        var kept: [StepReport] = []
        for _ in 0..<12 {
            let start = kept.isEmpty ? 0 : Int.random(in: 0...kept[kept.count - 1].step + 3, using: &random)
            let fresh = Self.reports(Int.random(in: 1...2_500, using: &random), seed: random.next()).map { report in
                var moved = report
                moved.step += start
                return moved
            }
            kept.removeAll { $0.step >= fresh[0].step }
            kept += fresh
            series.append(sealed: [StepChunk(steps: fresh)], tail: [])
        }
        let plain = StepSeriesTests.series(kept, share: 0.1)
        let edges = (0...300).map { Double($0) * Double((kept.last?.step ?? 0) + 1) / 300 }
        for metric in Metric.allCases {
            #expect(series.columns(metric, edges: edges) == plain.columns(metric, edges: edges))
            #expect(series.trouble(metric, edges: edges) == plain.trouble(metric, edges: edges))
            let (line, other) = (
                series.smoothed(metric, edges: edges, in: .linear), plain.smoothed(metric, edges: edges, in: .linear)
            )
            #expect(line.map { $0?.bitPattern } == other.map { $0?.bitPattern })
        }
        #expect(series.notFiniteSteps == plain.notFiniteSteps)
    }
}
