import Foundation
import History
import Runs
import Testing

/// Series so long that only buckets are left of their beginning.
@Suite("Long series", .serialized)
struct LongSeriesTests {
    static let count = 10_000_000
    /// One spike among the points that are only buckets, and one among those in full.
    static let spikes = [1_234_567, 9_876_543]
    static let notFinite = [2_000_100: Double.nan, 9_900_001: Double.infinity]

    /// Ten million steps with a loss of 1 but for two spikes, a NaN and an infinity.
    static let series: StepSeries = {
        var series = StepSeries(average: MovingAverage(share: 0.01))
        var chunk = [StepReport]()
        for start in stride(from: 0, to: count, by: 500_000) {
            chunk.removeAll(keepingCapacity: true)
            for step in start..<start + 500_000 {
                chunk.append(
                    StepReport(
                        step: step, epoch: 0, loss: 1, accuracy: .nan, learningRate: 0.1, gradientNorm: 2,
                        trainingSeconds: Double(step) / 100))
            }
            for spike in spikes where spike >= start && spike < start + 500_000 { chunk[spike - start].loss = 99 }
            for (step, value) in notFinite where step >= start && step < start + 500_000 {
                chunk[step - start].loss = value
            }
            series.append(sealed: [StepChunk(steps: chunk)], tail: [])
        }
        return series
    }()

    @Test
    func `the last million steps stay in full, and not many more`() {
        #expect(Self.series.count == Self.count)
        #expect((1_000_000...1_200_000).contains(Self.series.fullCount))
    }

    @Test(arguments: spikes)
    func `a spike of one step among ten million is seen at ten zooms`(step: Int) {
        for zoom in 0..<10 {
            let span = Double(Self.count) / pow(5, Double(zoom))
            let low = max(0, Double(step) - span * 0.4)
            let columns = Self.series.columns(.loss, over: low...low + span, count: 240)
            let seen = columns.count { $0?.high == 99 }
            #expect(seen >= 1, "zoom \(zoom)")
            // In full it stands in one column; as a bucket of 256 steps it is as wide as that.
            #expect(seen <= 1 + (step < 8_000_000 ? Int(256 / (span / 240)) + 1 : 0), "zoom \(zoom)")
            #expect(columns.allSatisfy { $0.map { $0.low == 1 || $0.low == 99 } ?? true })
        }
    }

    @Test
    func `what is not finite is counted and placed at every zoom`() {
        #expect(Self.series.notFiniteSteps == [2_000_100, 9_900_001])
        let whole = Self.series.summary(.loss, over: 0...Double(Self.count))
        #expect(whole.nan == 1 && whole.infinite == 1 && Int(whole.finite) == Self.count - 2)
        for zoom in 0..<10 {
            let span = Double(Self.count) / pow(5, Double(zoom))
            for (step, trouble) in [(2_000_100, SeriesTrouble.nan), (9_900_001, .infinite)] {
                let low = max(0, Double(step) - span * 0.4)
                let edges = (0...240).map { low + span * Double($0) / 240 }
                #expect(Self.series.trouble(.loss, edges: edges).contains(trouble), "zoom \(zoom)")
            }
        }
    }

    @Test
    func `range, mean and average of the buckets are those of their points`() {
        let summary = Self.series.summary(.loss, over: 1_000_192...1_299_967)
        #expect(summary.low == 1 && summary.high == 99)
        let mean = 1 + 98 / Double(summary.finite)
        #expect(abs((summary.mean ?? 0) - mean) < 1e-12)
        #expect(Self.series.average(.loss, at: 5_000_000, in: .logarithmic) == 1)
        #expect(Self.series.values(at: 5_000_000)?.isBucket == true)
        #expect(Self.series.values(at: 9_876_543)?[.loss] == 99)
    }

    @Test(arguments: [0, 77, 1_234_567, 8_950_000, 9_999_999])
    func `seconds and steps belong together over the whole run`(step: Int) {
        #expect(abs(Self.series.seconds(at: Double(step)) - Double(step) / 100) < 1e-6)
        #expect(abs(Self.series.step(atSeconds: Double(step) / 100) - Double(step)) < 1e-3)
        let knots = Self.series.timeKnots()
        #expect(knots.count <= 130 && knots.first?.step == 0 && knots.last?.step == 9_999_999)
    }

    @Test(arguments: [1_234_567, 2_000_100, 9_876_543])
    func `spikes show in no average, neither among points nor among buckets`(step: Int) throws {
        for place in [step, step + 1, step + 300] {
            for space in [AverageSpace.linear, .logarithmic] {
                #expect(abs(try #require(Self.series.average(.loss, at: Double(place), in: space)) - 1) < 1e-12)
            }
        }
        #expect(Self.series.average(.accuracy, at: Double(step), in: .linear) == nil)
    }

    @Test
    func `another share is there at once`() {
        var series = Self.series
        series.smooth(with: MovingAverage(share: 0.1))
        #expect(series.average(.gradientNorm, at: 9_876_643, in: .logarithmic) == 2)
        #expect(Self.series.average.share == 0.01 && series.average.share == 0.1)
    }

    @Test
    func `a run that goes back to where only buckets are left goes on from there`() {
        var series = Self.series
        series.append(sealed: [], tail: (3_000_000..<3_000_500).map { Sample.report($0, loss: 7) })
        #expect(series.stepRange == 0...3_000_499)
        #expect(series.columns(.loss, over: 3_000_256...3_000_499, count: 1)[0]?.low == 7)
        #expect(series.columns(.loss, over: 1_000_000...2_000_000, count: 1)[0]?.high == 99)
        #expect(series.notFiniteSteps == [2_000_100])
    }
}
