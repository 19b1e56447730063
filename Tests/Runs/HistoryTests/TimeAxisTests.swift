import History
import Runs
import Testing

/// When each step was, wherever the run stood still.
@Suite struct TimeAxisTests {
    /// Reports whose time is given per step.
    private func reports(_ steps: Range<Int>, _ seconds: (Int) -> Double) -> [StepReport] {
        steps.map {
            var report = StepReport(
                step: $0, branch: 0, epoch: 0, loss: 1, accuracy: 0, learningRate: 0.1, gradientNorm: 1)
            report.elapsedSeconds = seconds($0)
            return report
        }
    }

    private func expect(
        _ series: StepSeries, _ seconds: (Int) -> Double, at steps: [Int], _ location: SourceLocation = #_sourceLocation
    ) {
        for step in steps {
            let found = series.seconds(at: Double(step))
            #expect(abs(found - seconds(step)) < 1e-6, "step \(step): \(found)", sourceLocation: location)
            let back = series.step(atSeconds: seconds(step))
            #expect(abs(back - Double(step)) < 1e-6, "\(seconds(step)) s: \(back)", sourceLocation: location)
        }
    }

    /// Steps of 10 ms, and a minute between steps 139 and 140.
    private static func stopped(_ step: Int) -> Double { Double(step + 1) * 0.01 + (step >= 140 ? 60 : 0) }

    @Test func `a stop within 256 steps lies where it was`() {
        var series = StepSeries()
        series.append(reports(0..<600, Self.stopped)[...])
        expect(series, Self.stopped, at: [0, 1, 70, 138, 139, 140, 141, 200, 255, 256, 300, 598])
        let half = series.step(atSeconds: 30)
        #expect(half > 139 && half < 140, "in the middle of the stop no other step was made")
    }

    @Test func `however the steps came in they are known the same`() {
        let all = reports(0..<3_000) { step in
            // Three pauses in one bucket, one across two buckets, an evaluation every 700 steps.
            Double(step + 1) * 0.002
                + [(30, 2.0), (31, 5), (90, 0.4), (256, 9), (1_024, 3)].reduce(0) {
                    step >= $1.0 ? $0 + $1.1 : $0
                } + Double(step / 700) * 0.5
        }
        var whole = StepSeries()
        whole.append(all[...])
        var pieces = StepSeries()
        for start in stride(from: 0, to: all.count, by: 37) { pieces.append(all[start..<min(start + 37, all.count)]) }
        var single = StepSeries()
        for place in all.indices { single.append(all[place...place]) }
        for step in [0, 29, 30, 31, 32, 89, 90, 91, 255, 256, 257, 699, 700, 1_023, 1_024, 1_400, 2_799, 2_998] {
            for series in [whole, pieces, single] {
                #expect(abs(series.seconds(at: Double(step)) - all[step].elapsedSeconds) < 1e-9, "step \(step)")
            }
        }
        #expect(whole.timeKnots().map(\.step) == single.timeKnots().map(\.step))
        #expect(whole.timeKnots().contains { $0.step == 30 } && whole.timeKnots().contains { $0.step == 89 })
    }

    @Test func `even steps need no more than their buckets`() {
        var series = StepSeries()
        let seconds: (Int) -> Double = { Double($0 + 1) * 0.7 }
        series.append(reports(0..<2_000, seconds)[...])
        #expect(series.timeKnots().count == 2_000 / 256 + 2, "slow steps are no gaps")
        expect(series, seconds, at: [1, 100, 777, 1_998])
    }

    @Test func `a run that went back forgets the gaps it takes again`() {
        var series = StepSeries()
        series.append(reports(0..<200, Self.stopped)[...])
        let again: (Int) -> Double = { Double($0 + 1) * 0.01 + 100 }
        series.append(reports(120..<300, again)[...])
        #expect(abs(series.seconds(at: 150) - again(150)) < 1e-6)
        #expect(abs(series.seconds(at: 100) - Self.stopped(100)) < 1e-6)
    }

    @Test func `knots rise in both numbers`() {
        var series = StepSeries()
        series.append(
            reports(0..<5_000) { Double($0 + 1) * 0.001 + Double($0 / 10) * 0.3 }[...])
        let knots = series.timeKnots(limit: 16)
        #expect(knots.count <= 3 * 16 + 1)
        for (one, next) in zip(knots, knots.dropFirst()) {
            #expect(next.step > one.step && next.seconds > one.seconds)
        }
    }
}
