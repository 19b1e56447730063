import History
import Runs
import TestSupport
import Testing

/// Histories under random reports, drawn from a seed, against a naive model that keeps every report in a list.
@Suite struct HistoryPropertyTests {
    /// What a history should know of the steps: by branch, every report that led to its end.
    struct Model {
        var branch = 0
        var lines: [Int: [StepReport]] = [0: []]

        var current: [StepReport] { lines[branch] ?? [] }

        mutating func append(_ reports: [StepReport]) {
            for report in reports {
                if report.branch != branch {
                    lines[report.branch] = current.filter { $0.step < report.step }
                    branch = report.branch
                }
                lines[branch]?.removeAll { $0.step >= report.step }
                lines[branch]?.append(report)
            }
        }
    }

    /// A run that reports at random: usually the next step, sometimes a later one, sometimes from long before, on a branch of
    /// its own or on its old one.
    struct Script {
        var random: SplitMix64
        var branch = 0
        var next = 0

        mutating func reports(_ count: Int) -> [StepReport] {
            (0..<count).map { _ in
                switch Int.random(in: 0..<2000, using: &random) {
                case 0: next += Int.random(in: 2...900, using: &random)
                case 1:
                    branch += 1
                    next = Int.random(in: 0...next, using: &random)
                case 2: next = Int.random(in: max(0, next - 1500)...next, using: &random)
                default: break
                }
                defer { next += 1 }
                let loss = Int.random(in: 0..<300, using: &random) == 0 ? Double.nan : value()
                return StepReport(
                    step: next, branch: branch, epoch: next / 500, loss: loss, penalty: value(), accuracy: value(),
                    learningRate: value(), gradientNorm: value(), trainingSeconds: Double(next) / 8)
            }
        }

        private mutating func value() -> Double { Double(Int.random(in: 0...1000, using: &random)) / 8 }
    }

    private func expect(_ series: StepSeries?, _ reports: [StepReport], _ what: Comment) throws {
        let series = try #require(series, what)
        series.checkInvariants()
        #expect(series.count == reports.count, what)
        guard let first = reports.first?.step, let last = reports.last?.step else { return }
        #expect(series.stepRange == first...last, what)
        for metric in Metric.allCases {
            for range in [Double(first)...Double(last), Double(last - (last - first) / 3)...Double(last)] {
                let walked = StepSeriesTests.walk(reports, metric, range, 37)
                #expect(series.columns(metric, over: range, count: 37) == walked, what)
                let inside = reports.filter { range.contains(Double($0.step)) }.map { metric.value(of: $0) }
                let summary = series.summary(metric, over: range)
                // Eighths add up exactly in any order.
                #expect(summary.sum == inside.filter(\.isFinite).reduce(0, +), what)
                #expect(Int(summary.nan) == inside.count(where: \.isNaN), what)
            }
        }
        #expect(series.notFiniteSteps == reports.filter { !$0.loss.isFinite }.map(\.step), what)
    }

    @Test(arguments: 1...6)
    func `the recorder's history and those of readers at any rhythm are the model`(seed: Int) throws {
        var script = Script(random: SplitMix64(seed: UInt64(seed)))
        var model = Model()
        var recorded = RunHistory(description: Sample.description)
        var (often, seldom) = (recorded, recorded)
        for round in 0..<60 {
            let reports = script.reports(Int.random(in: 1...300, using: &script.random))
            model.append(reports)
            recorded.record(reports.map { .step($0) }, at: Double(round))
            while let changes = recorded.changes(since: often.cursor) { often.apply(changes) }
            if round % 17 == 16 {
                while let changes = recorded.changes(since: seldom.cursor) { seldom.apply(changes) }
            }
        }
        while let changes = recorded.changes(since: seldom.cursor) { seldom.apply(changes) }
        var late = RunHistory(description: Sample.description)
        while let changes = recorded.changes(since: late.cursor) { late.apply(changes) }
        // A reader's own can be read on.
        var second = RunHistory(description: Sample.description)
        while let changes = late.changes(since: second.cursor) { second.apply(changes) }
        for (history, who) in [
            (recorded, "recorder"), (often, "often"), (seldom, "seldom"), (late, "late"), (second, "second"),
        ] {
            for (branch, reports) in model.lines {
                try expect(history.series(of: branch), reports, "\(who), branch \(branch), seed \(seed)")
            }
            try expect(history.series, model.current, "\(who), seed \(seed)")
            #expect(history.series(of: model.branch + 1) == nil)
        }
    }

    @Test(arguments: 1...3)
    func `what is handed on is what was reported, bit by bit`(seed: Int) throws {
        var script = Script(random: SplitMix64(seed: UInt64(seed)))
        let reports = script.reports(5000)
        let chunk = StepChunk(steps: reports)
        #expect(chunk.count == 5000 && chunk.stepNumbers == reports.map(\.step))
        let same = zip(chunk.steps, reports).allSatisfy { one, other in
            withUnsafeBytes(of: one) { one in withUnsafeBytes(of: other) { one.elementsEqual($0) } }
        }
        #expect(same)
    }
}
