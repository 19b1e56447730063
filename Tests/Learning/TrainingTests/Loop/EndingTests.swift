import NeuralNetworks
import PlanFixtures
import Plans
import Runs
import Testing
import Training

/// How runs end and which weights they leave.
@Suite struct EndingTests {
    /// The rate goes up in the third epoch, so that the best evaluation lies before the end.
    private static let spoiled: [(Int, RunCommand)] = [(30, .setLearningRate(50))]

    /// Bits after as many updates as the best evaluation saw.
    private func bits(after step: Int, script: [(Int, RunCommand)]) throws -> [UInt32] {
        try Run.finish(Config.pictures, "epochs=4", script: script + [(step, .stop(keep: .last))]).finalBits
    }

    @Test func `keeping the best restores it bit for bit`() throws {
        let script: [(Int, RunCommand)] = [(8, .setLearningRate(20)), (14, .stop(keep: .best))]
        let run = try Run.finish(Config.pictures, "epochs=4", script: script)
        let best = try #require(run.end.best)
        #expect(run.end.kept == .best && run.end.reason == .stopped && run.end.position.step == 14)
        #expect(best == run.evaluations.last { $0.isBest })
        #expect(best.position.step < 14, "the high rate spoiled what came after")
        #expect(run.finalBits == (try bits(after: best.position.step, script: script)))
        #expect(run.material.network.state.statistics.batchesTracked.values.allSatisfy { $0 == best.position.step })
    }

    @Test func `keeping the last leaves the last update`() throws {
        let run = try Run.finish(
            Config.pictures, "epochs=4", script: [(8, .setLearningRate(20)), (14, .stop(keep: .last))])
        #expect(run.end.kept == .last)
        #expect(run.finalBits == (try bits(after: 14, script: [(8, .setLearningRate(20))])))
    }

    @Test func `keeping the best before any evaluation evaluates first`() throws {
        let run = try Run.finish(Config.blobs, script: [(7, .stop(keep: .best))])
        #expect(run.evaluations.map(\.position.step) == [7])
        #expect(run.end.kept == .best && run.end.best == run.evaluations[0])
    }

    @Test func `without validation the last is kept`() throws {
        let text = "{ data: { blobs: 60 }, model: [{ linear: 3 }], epochs: 2, threads: 1 }"
        let run = try Run.finish(text, script: [(2, .stop(keep: .best))])
        #expect(run.end.kept == .last && run.end.best == nil && run.evaluations.isEmpty)
    }

    @Test func `the best is by accuracy then by loss`() throws {
        let run = try Run.finish(Config.blobs, "epochs=12", script: Self.spoiled)
        var best: EvaluationReport?
        for report in run.evaluations {
            let (accuracy, bestAccuracy) = (report.accuracy ?? 0, best?.accuracy ?? -1)
            let isBetter = accuracy > bestAccuracy || (accuracy == bestAccuracy && report.loss < (best?.loss ?? 0))
            #expect(report.isBest == isBetter, "step \(report.position.step)")
            if isBetter { best = report }
        }
        #expect(run.end.best == best)
    }

    @Test func `with early stopping the plan's end keeps the best too`() throws {
        let run = try Run.finish(
            Config.blobs, "epochs=12", "earlyStopping={ patience: 100 }", script: Self.spoiled)
        let best = try #require(run.end.best)
        #expect(run.end.reason == .completed && run.end.kept == .best)
        #expect(best.position.step < run.end.position.step)
        let short = try Run.finish(
            Config.blobs, "epochs=12", script: Self.spoiled + [(best.position.step, .stop(keep: .last))])
        #expect(run.finalBits == short.finalBits)
    }

    @Test(arguments: ["epochs=12", "earlyStopping={ patience: 100 }"])
    func `the plan says with which weights a run ends`(
        change: String
    ) throws {
        for kept in KeptWeights.allCases {
            let run = try Run.finish(
                Config.blobs, "epochs=12", change, "restore=\(kept.rawValue)", script: Self.spoiled)
            let best = try #require(run.end.best)
            #expect(run.end.reason == .completed && run.end.kept == kept && best.position.step < run.end.position.step)
            let last = kept == .best ? best.position.step : run.end.position.step
            let short = try Run.finish(
                Config.blobs, "epochs=12", script: Self.spoiled + [(last, .stop(keep: .last))])
            #expect(run.finalBits == short.finalBits)
        }
    }

    @Test func `early stopping ends with the last weights where the plan wants them`() throws {
        let run = try Run.finish(
            Config.blobs, "epochs=20", "optimizer={ sgd: { learningRate: 1e-20 } }", "earlyStopping={ patience: 3 }",
            "restore=last")
        #expect(run.end.reason == .earlyStopping && run.end.kept == .last)
    }

    @Test func `without validation the best is the last`() throws {
        let run = try Run.finish(Config.minimal("epochs: 2, restore: \"best\""))
        #expect(run.end.reason == .completed && run.end.kept == .last)
    }

    @Test func `the monitor of early stopping decides what is best`() throws {
        let run = try Run.finish(Config.blobs, "earlyStopping={ monitor: 'loss', patience: 100 }", script: Self.spoiled)
        let lowest = try #require(run.evaluations.map(\.loss).min())
        #expect(run.end.best?.loss == lowest)
    }

    @Test func `the end is reported once and last`() throws {
        let run = try Run.finish(Config.blobs, script: [(7, .stop(keep: .best))])
        let ends = run.reports.indices.filter { if case .end = run.reports[$0] { true } else { false } }
        #expect(ends == [run.reports.count - 1])
        #expect(run.phases.last == .finished(.stopped))
    }
}
