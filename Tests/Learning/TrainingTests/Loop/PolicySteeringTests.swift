import PlanFixtures
import Runs
import Testing
import Training

/// Policies in a run: they speak through the mailbox and see the evaluations of the plan alone.
@Suite struct PolicySteeringTests {
    /// At a rate of nothing no evaluation improves on the first.
    private static let still = "optimizer={ sgd: { learningRate: 1e-20 } }"

    @Test func `early stopping stops and restores the best`() throws {
        let run = try Run.finish(Config.blobs, Self.still, "epochs=20", "earlyStopping={ patience: 3 }")
        #expect(run.evaluations.map(\.position.step) == [15, 30, 45, 60])
        #expect(run.end.reason == .earlyStopping && run.end.kept == .best)
        #expect(run.end.best?.position.step == 15)
        let receipt = Receipt(
            position: Position(step: 60), author: .policy("earlyStopping"), command: .stop(keep: .best),
            outcome: .accepted(old: nil, new: nil))
        #expect(run.receipts == [receipt])
        #expect(
            run.finalBits
                == (try Run.finish(
                    Config.blobs, Self.still, script: [(15, .stop(keep: .last))]
                ).finalBits))
    }

    @Test func `plateau scales the rate`() throws {
        let run = try Run.finish(
            Config.blobs, "optimizer={ sgd: { learningRate: 1e-6 } }",
            "plateau={ patience: 0, factor: 0.5, threshold: 0.9 }")
        #expect(run.receipts.map(\.author) == [.policy("plateau"), .policy("plateau")])
        #expect(run.receipts.map(\.position.step) == [30, 45], "after the last update there is nothing to change")
        #expect(run.receipts[0].outcome == .accepted(old: 1e-6, new: 5e-7))
        #expect(run.rates[29] == 1e-6 && run.rates[30] == 5e-7 && run.rates[45] == 2.5e-7)
    }

    @Test func `plateau is refused while a rate is held`() throws {
        let run = try Run.finish(
            Config.blobs, "plateau={ patience: 0, threshold: 0.99 }",
            script: [(1, .setLearningRate(1e-6)), (44, .followSchedule)])
        let receipts = run.receipts.filter { $0.author == .policy("plateau") }
        #expect(receipts.map(\.position.step) == [30, 45])
        #expect(receipts[0].outcome == .refused("the rate is held at 1e-06 by hand"))
        #expect(receipts[1].isAccepted)
        #expect(run.rates[43] == 1e-6 && run.rates[44] == 0.1)
    }

    @Test func `evaluations that somebody asked for are not counted`() throws {
        let asked: [(Int, RunCommand)] = [(16, .evaluate), (17, .evaluate), (18, .evaluate), (31, .evaluate)]
        let run = try Run.finish(Config.blobs, Self.still, "earlyStopping={ patience: 3 }", script: asked)
        #expect(run.end.reason == .earlyStopping && run.end.position.step == 60)
        #expect(run.evaluations.count == 8)
    }

    @Test func `an evaluation that somebody asked for may be the best`() throws {
        let run = try Run.finish(Config.blobs, script: [(10, .evaluate), (11, .setLearningRate(1e5))])
        #expect(run.evaluations[0].isBest)
        #expect(run.end.best == run.evaluations.last { $0.isBest })
    }

    @Test func `both policies see the same evaluation`() throws {
        let run = try Run.finish(
            Config.blobs, "optimizer={ sgd: { learningRate: 1e-6 } }",
            "earlyStopping={ patience: 2, monitor: 'loss', minimumDelta: 10 }",
            "plateau={ patience: 0, threshold: 0.9 }")
        #expect(run.receipts.map(\.author) == [.policy("plateau"), .policy("plateau"), .policy("earlyStopping")])
        #expect(run.receipts.map(\.position.step) == [30, 45, 45])
    }
}
