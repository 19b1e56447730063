import Foundation
import History
import Runs
import Testing

/// Series of somebody who comes when only buckets are left of the beginning, beside one that has followed.
@Suite("Attached series", .serialized)
struct AttachedSeriesTests {
    static let count = 10_000_000
    /// Steps that the run keeps in full, in whole chunks, and those of a chunk that is not full yet.
    static let full = 1 << 20
    static let spikes = [1_234_567, 5_000_000, 9_876_543]

    static func report(_ step: Int) -> StepReport {
        var report = StepReport(
            step: step, epoch: 0, loss: spikes.contains(step) ? 99 : 1 + Double((step &* 2_654_435_761) & 0xFF) / 256,
            accuracy: step == 2_000_100 ? .nan : 0.5, learningRate: 0.1, gradientNorm: 2,
            trainingSeconds: Double(step) / 100)
        for metric in Metric.allCases where metric != .accuracy && report[metric].isNaN { report[metric] = 3 }
        return report
    }

    static let both: (followed: StepSeries, attached: StepSeries) = {
        var followed = StepSeries()
        var buckets: [StepBucket] = []
        var sealed: [StepChunk] = []
        let chunks = count / StepChunk.capacity
        for index in 0..<chunks {
            let chunk = StepChunk(
                steps: (index * StepChunk.capacity..<(index + 1) * StepChunk.capacity).map { report($0) })
            followed.append(sealed: [chunk], tail: [])
            if index < chunks - full / StepChunk.capacity {
                buckets += StepBucket.of(chunk)
            } else {
                sealed.append(chunk)
            }
        }
        let tail = (chunks * StepChunk.capacity..<count).map { report($0) }
        followed.append(sealed: [], tail: tail)
        var attached = StepSeries()
        attached.append(buckets: buckets, sealed: sealed, tail: tail)
        return (followed, attached)
    }()

    @Test
    func `all steps are there, the last million in full`() {
        let (followed, attached) = Self.both
        #expect(attached.count == Self.count && attached.stepRange == followed.stepRange)
        #expect(attached.fullCount == Self.full + Self.count % StepChunk.capacity)
    }

    @Test(arguments: spikes)
    func `a spike of one step is seen at every zoom`(step: Int) {
        let series = Self.both.attached
        for zoom in 0..<10 {
            let span = Double(Self.count) / pow(5, Double(zoom))
            let low = max(0, Double(step) - span * 0.4)
            let columns = series.columns(.loss, over: low...low + span, count: 240)
            #expect(columns.contains { $0?.high == 99 }, "zoom \(zoom)")
        }
    }

    @Test
    func `columns of the last million steps are those of who has followed, and so are summaries of everything`() {
        let (followed, attached) = Self.both
        for metric in Metric.allCases {
            for zoom in 0..<10 {
                let span = Double(Self.full) / pow(2, Double(zoom))
                let range = Double(Self.count) - span...Double(Self.count)
                let columns = attached.columns(metric, over: range, count: 240)
                // Not written out by the expectation: they would fill pages.
                let isSame = columns == followed.columns(metric, over: range, count: 240)
                #expect(isSame, "\(metric), zoom \(zoom)")
            }
            for end in [Double(Self.count), 7_999_999.0] {
                let one = attached.summary(metric, over: 0...end)
                let other = followed.summary(metric, over: 0...end)
                #expect(one.low == other.low && one.high == other.high && one.last == other.last)
                #expect(one.finite == other.finite && one.nan == other.nan && one.infinite == other.infinite)
                // Added up in another order.
                #expect(abs(one.sum - other.sum) <= 1e-9 * abs(other.sum))
            }
        }
    }

    @Test
    func `averages and times are those of who has followed`() throws {
        let (followed, attached) = Self.both
        for step in [9_000_000.0, 9_876_600, 9_999_999] {
            for metric in [Metric.loss, .accuracy] {
                let one = try #require(attached.average(metric, at: step, in: .logarithmic))
                let other = try #require(followed.average(metric, at: step, in: .logarithmic))
                #expect(abs(one - other) < 1e-12)
            }
            #expect(attached.values(at: step) == followed.values(at: step))
        }
        // Among buckets it is made of their medians.
        let old = try #require(attached.average(.loss, at: 4_000_000, in: .linear))
        #expect(abs(old - 1.5) < 0.1)
        for step in [0.0, 3_000_000, 8_950_000, 9_999_999] {
            #expect(abs(attached.seconds(at: step) - step / 100) < 1e-6)
            #expect(abs(attached.step(atSeconds: step / 100) - step) < 1e-3)
        }
    }

    @Test
    func `who was away for long takes the buckets in place of what is known, and goes on`() {
        var series = StepSeries()
        series.append(sealed: [], tail: (0..<700).map { Self.report($0) })
        let chunks = (0..<4).map { chunk in
            StepChunk(steps: (chunk * 1024..<(chunk + 1) * 1024).map { Self.report($0) })
        }
        series.append(
            buckets: chunks.prefix(3).flatMap(StepBucket.of), sealed: [chunks[3]],
            tail: (4096..<4100).map { Self.report($0) })
        #expect(series.count == 4100 && series.fullCount == 1028)
        series.append(sealed: [], tail: (4096..<4200).map { Self.report($0) })
        #expect(series.count == 4200 && series.stepRange == 0...4199)
        let losses = (0..<4200).map { Self.report($0).loss }
        let summary = series.summary(.loss, over: 0...4199)
        #expect(summary.low == losses.min() && summary.high == losses.max() && summary.finite == 4200)
        #expect(abs((summary.mean ?? 0) - losses.reduce(0, +) / 4200) < 1e-12)
    }

    @Test
    func `a gap right after the buckets, and going back among them, are followed`() {
        let chunks = (0..<2).map { chunk in
            StepChunk(steps: (chunk * 1024..<(chunk + 1) * 1024).map { Self.report($0) })
        }
        var series = StepSeries()
        series.append(buckets: chunks.flatMap(StepBucket.of), sealed: [], tail: [Self.report(3000), Self.report(3001)])
        #expect(series.count == 2050 && series.stepRange == 0...3001)
        #expect(series.summary(.loss, over: 3000...3001).finite == 2)
        #expect(series.values(at: 3001)?[.loss] == Self.report(3001).loss)
        series.append(sealed: [], tail: [Self.report(1500)])
        #expect(series.stepRange == 0...1500)
    }
}
