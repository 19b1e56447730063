import PlanFixtures
import Runs
import Testing
import Training

/// Evaluations every so many updates.
@Suite struct EvaluationIntervalTests {
    private func steps(_ changes: String, script: [(Int, RunCommand)] = []) throws -> [Int] {
        try Run.finish(Config.blobs, changes, script: script).evaluations.map(\.position.step)
    }

    @Test func `they come where the interval divides the step, and at the end`() throws {
        #expect(try steps("validation.every=22") == [22, 44, 60])
        #expect(try steps("validation.every=20") == [20, 40, 60])
        #expect(try steps("validation.every=1000") == [60])
        #expect(try steps("epochs=4") == [15, 30, 45, 60])
    }

    @Test func `a command changes when the next ones come`() throws {
        let script: [(Int, RunCommand)] = [(16, .setEvaluationInterval(10)), (31, .setEvaluationInterval(0))]
        #expect(try steps("epochs=4", script: script) == [15, 20, 30, 45, 60])
        #expect(try steps("validation.every=22", script: script) == [20, 30, 45, 60])
    }

    @Test func `early stopping counts them`() throws {
        let run = try Run.finish(
            Config.blobs, "validation.every=4", "optimizer={ sgd: 1e-20 }", "earlyStopping={ patience: 2 }")
        #expect(run.evaluations.map(\.position.step) == [4, 8, 12] && run.end.reason == .earlyStopping)
    }

    @Test func `changing them looks at other moments and changes no bit`() throws {
        let run = try Run.finish(Config.pictures, "validation.every=3")
        #expect(run.evaluations.map(\.position.step) == [3, 6, 8])
        #expect(run.finalBits == (try Run.finish(Config.pictures).finalBits))
    }

    @Test func `without a validation set there are none`() throws {
        let text = "{ data: { blobs: 60 }, model: [{ linear: 3 }], epochs: 1, threads: 1 }"
        let run = try Run.finish(text, script: [(1, .setEvaluationInterval(1))])
        #expect(run.receipts.map(\.outcome) == [.refused("there is no validation set")] && run.evaluations.isEmpty)
    }
}
