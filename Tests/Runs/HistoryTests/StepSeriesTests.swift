import Foundation
import History
import Runs
import TestSupport
import Testing

@Suite("Step series")
struct StepSeriesTests {
    /// Reports with every metric from a noise that the test knows too.
    static func reports(_ count: Int, from first: Int = 0, seed: UInt64 = 1) -> [StepReport] {
        var random = Noise(seed: seed)
        return (first..<first + count).map { step in
            StepReport(
                step: step, epoch: 0, loss: random.next() < 0.002 ? .nan : random.next(), accuracy: random.next(),
                learningRate: random.next(), gradientNorm: random.next() < 0.002 ? .infinity : random.next())
        }
    }

    static func series(_ reports: [StepReport], share: Double = 0) -> StepSeries {
        var series = StepSeries(average: MovingAverage(share: share))
        let full = reports.count / StepChunk.capacity * StepChunk.capacity
        let sealed = stride(from: 0, to: full, by: StepChunk.capacity).map {
            StepChunk(steps: Array(reports[$0..<$0 + StepChunk.capacity]))
        }
        series.append(sealed: sealed, tail: Array(reports[full...]))
        return series
    }

    @Test(arguments: Metric.allCases)
    func `columns over random ranges equal a walk over all points`(metric: Metric) {
        let reports = Self.reports(40_000)
        let series = Self.series(reports)
        var random = Noise(seed: 7)
        for _ in 0..<60 {
            let span = pow(10, 0.5 + 4.2 * random.next())
            let low = random.next() * 42_000 - 1000
            let count = 1 + Int(random.next() * 150)
            let columns = series.columns(metric, over: low...low + span, count: count)
            #expect(columns == Self.walk(reports, metric, low...low + span, count))
        }
    }

    @Test
    func `a wide column holds exactly the spikes inside it, at every level of summaries`() {
        var random = Noise(seed: 5)
        let spikes = Set((0..<40).map { _ in Int(random.next() * 600_000) }).sorted()
        var reports = (0..<600_000).map { Sample.report($0, loss: 0) }
        var heights: [Double] = []
        for step in spikes {
            heights.append(1 + random.next())
            reports[step].loss = heights[heights.count - 1]
        }
        let series = Self.series(reports)
        for first in spikes.indices {
            for last in first..<spikes.count {
                let inside = Double(spikes[first])...Double(spikes[last])
                #expect(series.columns(.loss, over: inside, count: 1)[0]?.high == heights[first...last].max())
                let between = inside.lowerBound + 1...max(inside.lowerBound + 1, inside.upperBound - 1)
                let expected = first + 1 < last ? heights[first + 1..<last].max() : 0
                #expect(series.columns(.loss, over: between, count: 1)[0]?.high == expected)
            }
        }
    }

    @Test
    func `a spike of one step among a million is seen at ten zooms`() {
        let spike = 654_321
        var reports = (0..<1_000_000).map { Sample.report($0, loss: 1) }
        reports[spike].loss = 99
        let series = Self.series(reports)
        for zoom in 0..<10 {
            let span = 1_000_000 / pow(4, Double(zoom))
            let low = max(0, Double(spike) - span * 0.4)
            let columns = series.columns(.loss, over: low...low + span, count: 120)
            #expect(columns.count { $0?.high == 99 } == 1)
            #expect(columns.allSatisfy { $0.map { $0.low == 1 || $0.low == 99 } ?? true })
        }
    }

    @Test
    func `changing the smoothing gives what a new series with it has`() {
        let reports = Self.reports(5000)
        var series = Self.series(reports, share: 0.03)
        _ = series.smoothed(.loss, over: 0...5000, count: 100, in: .linear)
        series.smooth(with: MovingAverage(share: 0.1))
        let fresh = Self.series(reports, share: 0.1)
        #expect(
            series.smoothed(.loss, over: 0...5000, count: 100, in: .linear)
                == fresh.smoothed(.loss, over: 0...5000, count: 100, in: .linear))
    }

    @Test
    func `steps that come bit by bit make the same series as all at once`() {
        let reports = Self.reports(3000)
        var series = StepSeries(average: MovingAverage(share: 0.03))
        for end in stride(from: 100, through: 3000, by: 100) {
            let before = (end - 100) / StepChunk.capacity
            let after = end / StepChunk.capacity
            let sealed = (before..<after).map { StepChunk(steps: Array(reports[$0 * 1024..<($0 + 1) * 1024])) }
            series.append(sealed: sealed, tail: Array(reports[after * 1024..<end]))
        }
        let whole = Self.series(reports, share: 0.03)
        #expect(series.columns(.loss, over: 0...3000, count: 77) == whole.columns(.loss, over: 0...3000, count: 77))
        #expect(
            series.smoothed(.loss, over: 0...3000, count: 77, in: .logarithmic)
                == whole.smoothed(.loss, over: 0...3000, count: 77, in: .logarithmic))
        #expect(series.notFiniteSteps == whole.notFiniteSteps)
    }

    @Test
    func `steps that are not finite are listed, in order`() {
        let reports = Self.reports(5000)
        let expected = reports.filter { !$0.loss.isFinite || !$0.gradientNorm.isFinite }.map(\.step)
        #expect(expected.count > 5)
        #expect(Self.series(reports).notFiniteSteps == expected)
    }

    @Test
    func `the values at a step are those of the nearest report`() {
        let series = Self.series(Self.reports(2000, from: 10))
        #expect(series.values(at: 10)?.step == 10)
        #expect(series.values(at: 1033.4)?.step == 1033)
        #expect(series.values(at: 1033.6)?.step == 1034)
        #expect(series.values(at: 2010)?.step == 2009)
        #expect(series.values(at: 2011) == nil)
        #expect(series.values(at: 8) == nil)
        #expect(series.stepRange == 10...2009)
        #expect(StepSeries().values(at: 0) == nil)
        #expect(StepSeries().stepRange == nil)
    }

    @Test
    func `a run that went back in time shows the steps it took again`() {
        var series = Self.series(Self.reports(3000), share: 0.03)
        let again = Self.reports(500, from: 1500, seed: 9)
        series.append(sealed: [], tail: again)
        let expected = Self.series(Array(Self.reports(3000).prefix(1500)) + again, share: 0.03)
        #expect(series.stepRange == 0...1999)
        #expect(series.columns(.loss, over: 0...2000, count: 90) == expected.columns(.loss, over: 0...2000, count: 90))
        #expect(
            Self.close(
                series.smoothed(.loss, over: 1999...1999, count: 1, in: .linear)[0],
                expected.smoothed(.loss, over: 1999...1999, count: 1, in: .linear)[0]))
        #expect(series.notFiniteSteps == expected.notFiniteSteps)
    }

    @Test
    func `no columns, no points and no width are no trouble`() {
        #expect(StepSeries().columns(.loss, over: 0...10, count: 3) == [nil, nil, nil])
        let series = Self.series(Self.reports(10))
        #expect(series.columns(.accuracy, over: 0...10, count: 0) == [])
        #expect(series.columns(.accuracy, over: 5...5, count: 1)[0] != nil)
        #expect(series.columns(.accuracy, over: -.infinity...Double.infinity, count: 4) == [])
    }

    // Independent of the series: one walk over all points.
    static func walk(
        _ reports: [StepReport], _ metric: Metric, _ range: ClosedRange<Double>, _ count: Int
    ) -> [SeriesColumn?] {
        let width = (range.upperBound - range.lowerBound) / Double(count)
        var columns = [SeriesColumn?](repeating: nil, count: count)
        var column = 0
        for report in reports where range.contains(Double(report.step)) {
            let step = Double(report.step)
            while column < count - 1, step >= range.lowerBound + Double(column + 1) * width { column += 1 }
            let value = metric.value(of: report)
            guard value.isFinite else { continue }
            let old = columns[column]
            columns[column] = SeriesColumn(
                low: min(old?.low ?? value, value), high: max(old?.high ?? value, value), last: value)
        }
        return columns
    }

    static func close(_ one: Double?, _ other: Double?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return abs(one - other) < 1e-9
    }
}
