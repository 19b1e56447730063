import History
import Runs
import Testing

@Suite("What a series remembers of earlier frames")
struct SeriesMemoTests {
    private static let edges = (0...90).map { Double($0) * 100 / 3 }

    private static func expectSame(_ one: StepSeries, _ other: StepSeries) {
        for metric in Metric.allCases {
            #expect(one.columns(metric, edges: edges) == other.columns(metric, edges: edges))
            for space in [AverageSpace.linear, .logarithmic] {
                let line = one.smoothed(metric, edges: edges, in: space).map { $0?.bitPattern }
                #expect(line == other.smoothed(metric, edges: edges, in: space).map { $0?.bitPattern })
            }
            #expect(one.trouble(metric, edges: edges) == other.trouble(metric, edges: edges))
        }
    }

    @Test
    func `columns brought up to date frame by frame are those worked out at once`() {
        let reports = StepSeriesTests.reports(3000)
        var series = StepSeries(average: MovingAverage(share: 0.1))
        for end in stride(from: 50, through: 3000, by: 50) {
            let sealed = (end - 50) / 1024 < end / 1024 ? [end / 1024 - 1] : []
            series.append(
                sealed: sealed.map { StepChunk(steps: Array(reports[$0 * 1024..<($0 + 1) * 1024])) },
                tail: Array(reports[end / 1024 * 1024..<end]))
            Self.expectSame(series, StepSeriesTests.series(Array(reports[..<end]), share: 0.1))
        }
    }

    @Test
    func `a copy keeps what it showed while the run goes on, and after the run went back`() {
        let reports = StepSeriesTests.reports(2000)
        let frozen = StepSeriesTests.series(Array(reports[..<1100]), share: 0.1)
        _ = frozen.columns(.loss, edges: Self.edges)
        var live = frozen
        live.append(sealed: [], tail: Array(reports[1024..<1500]))
        Self.expectSame(live, StepSeriesTests.series(Array(reports[..<1500]), share: 0.1))
        Self.expectSame(frozen, StepSeriesTests.series(Array(reports[..<1100]), share: 0.1))
        let again = StepSeriesTests.reports(100, from: 300, seed: 4)
        live.append(sealed: [], tail: again)
        Self.expectSame(live, StepSeriesTests.series(Array(reports[..<300]) + again, share: 0.1))
        live.smooth(with: MovingAverage(share: 0.5))
        Self.expectSame(live, StepSeriesTests.series(Array(reports[..<300]) + again, share: 0.5))
    }

    @Test
    func `long averages are the same brought up to date, after the run went back, at another share and in a copy`() {
        let reports = StepSeriesTests.reports(24_000)
        func expectSame(_ one: StepSeries, _ other: StepSeries) {
            let range = 0...24_000.0
            for metric in [Metric.loss, .gradientNorm] {
                let line = one.smoothed(metric, over: range, count: 200, in: .logarithmic)
                let expected = other.smoothed(metric, over: range, count: 200, in: .logarithmic)
                #expect(line.map { $0?.bitPattern } == expected.map { $0?.bitPattern })
            }
        }
        var series = StepSeries(average: MovingAverage(share: 0.4))
        for end in stride(from: 1_500, through: 24_000, by: 1_500) {
            series.append(reports[end - 1_500..<end])
            expectSame(series, StepSeriesTests.series(Array(reports[..<end]), share: 0.4))
        }
        let kept = series
        series.smooth(with: MovingAverage(share: 0.3))
        expectSame(series, StepSeriesTests.series(reports, share: 0.3))
        let again = StepSeriesTests.reports(3_000, from: reports[19_000].step, seed: 8)
        series.append(again[...])
        expectSame(series, StepSeriesTests.series(Array(reports[..<19_000]) + again, share: 0.3))
        expectSame(kept, StepSeriesTests.series(reports, share: 0.4))
    }

    @Test
    func `steps with gaps stand where they belong`() {
        let reports = StepSeriesTests.reports(2500).filter { $0.step % 7 == 0 || (900..<950).contains($0.step) }
        let series = StepSeriesTests.series(reports)
        let columns = series.columns(.accuracy, over: 0...2499, count: 311)
        #expect(columns == StepSeriesTests.walk(reports, .accuracy, 0...2499, 311))
        #expect(series.values(at: 702)?.step == 700)
        #expect(series.values(at: 704)?.step == 707)
        #expect(series.columns(.accuracy, over: 701...706, count: 3) == [nil, nil, nil])
    }

    @Test
    func `runs of steps that are not finite are found from both sides`() {
        let reports = (0..<200).map { Sample.report($0, loss: (50..<60).contains($0) || $0 == 120 ? .nan : 1) }
        let steps = StepSeriesTests.series(reports).notFinite
        #expect(steps.runs == [50...59, 120...120])
        #expect(steps.first(after: -1) == 50 && steps.first(after: 54.5) == 55 && steps.first(after: 59) == 120)
        #expect(steps.first(after: 120) == nil)
        #expect(steps.last(before: 121) == 120 && steps.last(before: 120) == 59 && steps.last(before: 53) == 52)
        #expect(steps.last(before: 50) == nil)
        #expect(steps.steps(in: 58...130, limit: 2) == [58, 59])
    }
}
