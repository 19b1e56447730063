import History
import Runs
import Testing

/// A run that goes back in time keeps what it left.
@Suite struct BranchTests {
    private func step(_ step: Int, branch: Int = 0, loss: Double) -> Report {
        var report = Sample.report(step, loss: loss)
        report.branch = branch
        return .step(report)
    }

    private func layers(_ step: Int, branch: Int = 0, mean: Double) -> Report {
        var layer = LayerStatistics.empty
        layer.mean = mean
        return .layers(LayersReport(position: Position(branch: branch, step: step), layers: [layer]), logged: false)
    }

    /// 3,000 steps of loss 1, then from 1,500 on 2,000 more of loss 2.
    private func record(_ run: LiveRun, from first: Int = 0, to end: Int = .max) {
        let reports =
            (0..<3000).map { step($0, loss: 1) } + [layers(1000, mean: 1), layers(2000, mean: 1)]
            + (1500..<3500).map { step($0, branch: 1, loss: 2) } + [layers(1500, branch: 1, mean: 2)]
        run.record(Array(reports[first..<min(end, reports.count)]), at: 1)
    }

    private func expectBoth(_ history: RunHistory) throws {
        let old = try #require(history.series(of: 0))
        let new = try #require(history.series(of: 1))
        #expect(old.count == 3000 && old.stepRange == 0...2999)
        #expect(old.summary(.loss, over: 0...9999).sum == 3000)
        #expect(new.count == 3500 && new.stepRange == 0...3499)
        #expect(new.summary(.loss, over: 0...1499).sum == 1500)
        #expect(new.summary(.loss, over: 1500...3499).sum == 4000)
        #expect(history.series.count == 3500)
        #expect(history.series(of: 2) == nil)
        #expect(history.layerHistory(of: 0)?.reports.map(\.position.step) == [1000, 2000])
        #expect(history.layerHistory(of: 1)?.reports.map(\.position.step) == [1000, 1500])
        #expect(history.layerHistory.reports.map { $0.layers[0].mean } == [1, 2])
        for branch in 0...1 { history.series(of: branch)?.checkInvariants() }
    }

    @Test
    func `going back with branch 1 keeps branch 0, and both are found`() throws {
        var history = RunHistory(description: Sample.description)
        let run = LiveRun(Sample.description)
        record(run)
        history.follow(run)
        try expectBoth(history)
    }

    @Test(
        arguments: [1, 700, 1024, 1499, 1500, 2048, 2600, 3001, 3002, 4100])
    func `a reader finds both whenever it looked`(at place: Int) throws {
        var history = RunHistory(description: Sample.description)
        let run = LiveRun(Sample.description)
        record(run, to: place)
        history.follow(run)
        record(run, from: place)
        history.follow(run)
        try expectBoth(history)
    }

    @Test
    func `the same steps again in the same branch replace what they were`() {
        var history = RunHistory(description: Sample.description)
        let run = LiveRun(Sample.description)
        run.record((0..<1800).map { step($0, loss: 1) }, at: 1)
        history.follow(run)
        run.record((1200..<1800).map { step($0, loss: 2) }, at: 2)
        history.follow(run)
        #expect(history.series.count == 1800)
        #expect(history.series.summary(.loss, over: 1200...1799).sum == 1200)
        #expect(history.series.summary(.loss, over: 0...1199).sum == 1200)
    }

    @Test
    func `smoothing holds for every branch`() throws {
        var history = RunHistory(description: Sample.description)
        let run = LiveRun(Sample.description)
        record(run)
        history.follow(run)
        history.smooth(with: MovingAverage(share: 0.5))
        #expect(history.series(of: 0)?.average.share == 0.5 && history.series(of: 1)?.average.share == 0.5)
        #expect(history.series(of: 0)?.average(.loss, at: 2999, in: .linear) == 1)
        let new = try #require(history.series(of: 1))
        #expect(new.average(.loss, at: 1500, in: .linear) == 1 && new.average(.loss, at: 3499, in: .linear) == 2)
    }
}
