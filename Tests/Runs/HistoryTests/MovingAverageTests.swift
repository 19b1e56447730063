import Foundation
import History
import Runs
import TestSupport
import Testing

/// The line through a noisy series, against a walk over the span before each step.
@Suite("Moving average")
struct MovingAverageTests {
    /// A series of these losses, with a span of a share of the steps.
    static func series(_ losses: [Double], share: Double = MovingAverage.usualShare) -> StepSeries {
        var series = StepSeries(average: MovingAverage(share: share))
        series.append(losses.enumerated().map { Sample.report($0, loss: $1) }[...])
        return series
    }

    /// The finite values of the span that ends at a step.
    static func span(_ losses: [Double], _ step: Int, share: Double) -> [Double] {
        let count = share == 0 ? 1 : min(step + 1, max(5, Int((share * Double(step + 1)).rounded())))
        return losses[(step + 1 - count)...step].filter(\.isFinite)
    }

    /// What the average is said to be, by sorting: nil without finite values.
    static func expected(_ losses: [Double], _ step: Int, share: Double, _ space: AverageSpace) -> Double? {
        let sorted = span(losses, step, share: share).sorted()
        guard !sorted.isEmpty else { return nil }
        let outer = min((sorted.count + 3) / 4, (sorted.count - 1) / 2)
        let middle = sorted[outer..<sorted.count - outer]
        guard space == .logarithmic else { return middle.reduce(0) { $0 + $1 / Double(middle.count) } }
        let positive = middle.filter { $0 > 0 }
        guard 2 * positive.count > middle.count else { return middle[middle.startIndex + (middle.count - 1) / 2] }
        return exp(positive.map { Foundation.log($0) }.reduce(0, +) / Double(positive.count))
    }

    static func isClose(_ one: Double?, _ other: Double?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return one == other || abs(one - other) <= 1e-9 * max(abs(one), abs(other)) + 1e-300
    }

    @Test
    func `a span is a share of the points so far, at least five, and one where nothing is averaged`() {
        let average = MovingAverage(share: 0.1)
        #expect([1, 4, 5, 30, 100, 1000].map { average.span(after: $0) } == [1, 4, 5, 5, 10, 100])
        #expect(MovingAverage(share: 0).span(after: 1000) == 1)
        #expect(MovingAverage(share: 7).share == 0.5 && MovingAverage(share: -1).share == 0)
        #expect(MovingAverage(share: .nan).share == MovingAverage.usualShare)
    }

    @Test(arguments: [0, 0.01, 0.03, 0.1, 0.5], [AverageSpace.linear, .logarithmic])
    func `at every step it is the mean of the middle half of the span`(share: Double, space: AverageSpace) {
        // So few that no span has more values than are looked at.
        let losses = WildSeriesTests.reports(500, seed: 3).map(\.loss)
        let series = Self.series(losses, share: share)
        let line = series.smoothed(.loss, over: 0...500, count: 500, in: space)
        for step in losses.indices {
            let expected = Self.expected(losses, step, share: share, space)
            #expect(Self.isClose(series.average(.loss, at: Double(step), in: space), expected), "step \(step)")
            #expect(Self.isClose(line[step].flatMap { $0.isNaN ? nil : $0 }, expected), "step \(step)")
        }
    }

    @Test
    func `accuracies are averaged whole, whatever the axis is`() throws {
        var series = StepSeries(average: MovingAverage(share: 0.1))
        let reports = (0..<4000).map { step in
            StepReport(
                step: step, epoch: 0, loss: 1, accuracy: step % 64 == 0 ? 0 : step == 3_990 ? .nan : 1, learningRate: 1,
                gradientNorm: 1)
        }
        series.append(reports[...])
        let last = reports.suffix(400).map(\.accuracy).filter(\.isFinite)
        let expected = last.reduce(0, +) / Double(last.count)
        for space in [AverageSpace.linear, .logarithmic] {
            #expect(abs(try #require(series.average(.accuracy, at: 3999, in: space)) - expected) < 1e-12)
        }
    }

    // MARK: Known series

    /// Losses out of a grammar: pieces one after the other, each a level, a ramp or an exponential fall or rise over up to six
    /// decades; noise over them; now and then a spike of 1e8 or a number that is not finite, of one or two steps.
    struct Grammar {
        var losses: [Double] = []
        /// Where a piece begins.
        var begins: [Int] = []

        init(seed: UInt64) {
            var random = SplitMix64(seed: seed)
            func uniform(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &random) }
            let noise = seed % 3 == 0 ? 0 : uniform(0.01...0.1)
            var level = pow(10, uniform(-3...3))
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let count = Int.random(in: 300...6000, using: &random)
                begins.append(losses.count)
                switch Int.random(in: 0..<4, using: &random) {
                case 0:
                    level = pow(10, uniform(-6...3))
                    losses += Array(repeating: level, count: count)
                case 1:
                    let end = level * uniform(0.2...5)
                    losses += (0..<count).map { level + (end - level) * Double($0) / Double(count) }
                    level = end
                default:
                    let decades = uniform(-6...2)
                    losses += (0..<count).map { level * pow(10, decades * Double($0) / Double(count)) }
                    level *= pow(10, decades)
                }
            }
            for step in losses.indices { losses[step] *= 1 + noise * uniform(-1...1) }
            guard seed % 2 == 0 else { return }
            var step = Int.random(in: 5...60, using: &random)
            while step + 2 < losses.count {
                for place in step..<step + Int.random(in: 1...2, using: &random) {
                    losses[place] = [1e8, .nan, .infinity, 0, -1][Int.random(in: 0..<5, using: &random)]
                }
                step += Int.random(in: 18...400, using: &random)
            }
        }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `on a logarithmic axis the line is within five percent of the local median after three spans`(seed: UInt64) {
        let known = Grammar(seed: seed)
        let share = [0.01, 0.03, 0.1][Int(seed) % 3]
        let series = Self.series(known.losses, share: share)
        let line = series.smoothed(
            .loss, over: 0...Double(known.losses.count), count: known.losses.count, in: .logarithmic)
        var worst = 0.0
        for step in known.losses.indices {
            let span = max(5, Int(share * Double(step + 1)))
            guard known.begins.allSatisfy({ $0 > step || $0 <= step + 1 - 3 * span }) else { continue }
            let sorted = Self.span(known.losses, step, share: share).sorted()
            let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
            let median = (low * high).squareRoot()
            guard low > 0 else { continue }
            worst = max(worst, abs((line[step] ?? .nan) / median - 1))
        }
        #expect(worst <= 0.05, "\(worst)")
    }

    @Test
    func `a spike of 1e8 never shows, and a hundred of them are left after one span`() throws {
        var losses = [Double](repeating: 0.5, count: 4000)
        losses[300] = 1e8
        losses[2000] = .nan
        for step in 3000..<3100 { losses[step] = 1e8 }
        let line = Self.series(losses).smoothed(.loss, over: 0...4000, count: 4000, in: .logarithmic)
        for step in 0..<3000 { #expect(abs(try #require(line[step]) - 0.5) < 1e-9) }
        #expect(try #require(line[3099]) > 1e7)
        // The span there is 93 steps: three quarters of it are enough.
        #expect(abs(try #require(line[3099 + 72]) - 0.5) < 1e-9)
    }

    @Test
    func `a fall at the very beginning is followed`() throws {
        // Three decades in the first 60 steps of a long run.
        let losses = (0..<3000).map { $0 < 60 ? pow(10, -3 * Double($0) / 60) : 1e-3 }
        let line = Self.series(losses).smoothed(.loss, over: 0...3000, count: 3000, in: .logarithmic)
        for step in 5..<3000 {
            // Behind by less than the span of five steps.
            let (now, before) = (losses[step] * (1 - 1e-9), losses[step - 5] * (1 + 1e-9))
            #expect((now...before).contains(try #require(line[step])), "step \(step)")
        }
        #expect(abs(try #require(line[100]) / 1e-3 - 1) < 1e-9)
    }

    @Test
    func `zeros lie below all others on a logarithmic axis, and so does the line where they are most`() throws {
        let some = (0..<1000).map { $0 % 10 < 2 ? 0 : 2.0 }
        #expect(abs(try #require(Self.series(some).average(.loss, at: 999, in: .logarithmic)) - 2) < 1e-12)
        let most = (0..<1000).map { $0 % 10 < 7 ? 0 : 2.0 }
        #expect(Self.series(most).average(.loss, at: 999, in: .logarithmic) == 0)
        #expect(Self.series([-1, -2, -3]).average(.loss, at: 2, in: .logarithmic) == -2)
    }

    @Test
    func `where nothing in a span is finite there is no average and the line is broken`() {
        let losses = (0..<400).map { (100..<200).contains($0) ? Double.nan : 1 }
        let series = Self.series(losses)
        #expect(series.average(.loss, at: 150, in: .linear) == nil)
        let line = series.smoothed(.loss, over: 0...400, count: 400, in: .linear)
        #expect(line[150]?.isNaN == true && line[99] == 1 && line[250] == 1)
    }

    @Test
    func `of a long span so many values are looked at that noise hardly shows`() throws {
        var random = Noise(seed: 11)
        let losses = (0..<400_000).map { _ in exp(0.3 * (random.next() + random.next() - 1)) }
        let series = Self.series(losses, share: 0.1)
        for step in stride(from: 20_000, to: 400_000, by: 9_999) {
            #expect(abs(try #require(series.average(.loss, at: Double(step), in: .logarithmic)) - 1) < 0.05)
        }
    }

    @Test(arguments: [AverageSpace.linear, .logarithmic])
    func `a long span is made of the medians of the whole blocks of 256 points in it`(space: AverageSpace) {
        let losses = WildSeriesTests.reports(30_000, seed: 5).map(\.loss)
        let series = Self.series(losses, share: 0.4)
        let line = series.smoothed(.loss, over: 0...30_000, count: 30_000, in: space)
        for step in stride(from: 10_300, to: 30_000, by: 97) {
            let count = Int((0.4 * Double(step + 1)).rounded())
            let blocks = (step + 1 - count + 255) / 256..<(step + 1) / 256
            let medians = blocks.compactMap { block -> Double? in
                let finite = losses[block * 256..<block * 256 + 256].filter(\.isFinite).sorted()
                return finite.isEmpty ? nil : finite[(finite.count - 1) / 2]
            }
            let expected = Self.expected(medians, medians.count - 1, share: 1, space)
            #expect(Self.isClose(line[step], expected), "step \(step)")
            #expect(line[step] == series.average(.loss, at: Double(step), in: space))
        }
    }

    @Test
    func `through a long run that falls by decades the line is within five percent of the local median`() throws {
        var random = Noise(seed: 4)
        let losses = (0..<300_000).map { step in
            step % 997 == 0 ? 1e8 : pow(10, -4 * Double(step) / 300_000) * (0.8 + 0.4 * random.next())
        }
        let line = Self.series(losses).smoothed(.loss, over: 0...300_000, count: 300_000, in: .logarithmic)
        for step in stride(from: 10_000, to: 300_000, by: 1_009) {
            let sorted = Self.span(losses, step, share: MovingAverage.usualShare).sorted()
            #expect(abs(try #require(line[step]) / sorted[sorted.count / 2] - 1) < 0.05, "step \(step)")
        }
    }

    @Test
    func `the average at a step is that of the column that ends there, at every zoom`() throws {
        let losses = (0..<30_000).map { 1 + Double(($0 &* 2_654_435_761) & 0xFF) / 256 }
        let series = Self.series(losses, share: 0.1)
        for (low, high, count) in [(0.0, 30_000.0, 240), (12_000, 30_000, 77), (29_990, 30_000, 10)] {
            let line = series.smoothed(.loss, over: low...high, count: count, in: .logarithmic)
            #expect(line[count - 1] == series.average(.loss, at: 29_999, in: .logarithmic))
        }
    }

    @Test
    func `through measurements made now and then goes the same line, over spans of steps`() {
        let points = (0..<200).map { (place: Int) -> (step: Double, value: Double) in
            (Double(place * 10), place == 150 ? 1e9 : 1 + Double(place % 3))
        }
        let average = MovingAverage(share: 0.1)
        let line = average.line(through: points, in: .logarithmic)
        #expect(line.count == 200)
        for place in 0..<200 {
            let start = points[place].step * 0.9
            let oldest = points.firstIndex { $0.step > points[place].step * 0.8 } ?? place
            let first = min(place, points.firstIndex { $0.step > start } ?? place, max(oldest, place - 4))
            let values = points[first...place].map(\.value)
            let expected = Self.expected(values, values.count - 1, share: 1, .logarithmic)
            #expect(Self.isClose(line[place], expected), "\(place)")
        }
        #expect(MovingAverage(share: 0).line(through: points, in: .linear) == points.map(\.value))
        // A few measurements of a fast run: what lies far back is not what is the case.
        let steps: [Double] = [0, 1, 5, 100, 200, 350, 500]
        let few = steps.map { (step: Double) in (step: step, value: step < 500 ? 3.0 : 0.2) }
        #expect(MovingAverage().line(through: few, in: .logarithmic).last == 0.2)
    }
}
