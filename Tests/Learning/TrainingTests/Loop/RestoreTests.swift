import PlanFixtures
import Plans
import Runs
import Testing
import Training

/// Going back to sound weights: which they are, what is said, and that it can be had again.
@Suite struct RestoreTests {
    /// Deep and without a bound: one update at a huge rate, and the loss grows by decades a step.
    private static let steep = """
        {
          data: { blobs: { count: 300, seed: 1 } }, validation: { fraction: 0.2 },
          model: [{ linear: 32 }, "batchNorm", "relu", { linear: 32 }, "relu", { linear: 32 }, "relu", { linear: 3 }],
          loss: "mse", optimizer: { sgd: { learningRate: 0.01, momentum: 0.9 } },
          epochs: 8, batchSize: 16, seed: 3, threads: 1,
        }
        """
    private static let unvalidated = steep.replacing("validation: { fraction: 0.2 },", with: "")

    /// One update at a rate that ruins the weights, and then hardly any.
    private static let ruin: [(Int, RunCommand)] = [(41, .setLearningRate(30)), (42, .setLearningRate(1e-12))]

    private func receipt(_ run: RunRecord) throws -> Receipt {
        try #require(run.receipts.last { if case .restore = $0.command { true } else { false } })
    }

    @Test(arguments: [steep, unvalidated])
    func `the sound weights are those from before the rate that ruined them, and the receipt says which`(
        config: String
    ) throws {
        let run = try Run.finish(config, script: Self.ruin + [(46, .restore(Restoration(scale: 0.5)))])
        let receipt = try receipt(run)
        #expect(receipt.outcome == .accepted(old: 1e-12, new: 5e-13))
        let step = try #require(receipt.restored)
        #expect(step <= 41 && step > 20, "step \(step)")
        #expect(run.steps[45].loss > 10 * run.steps[40].loss, "the weights were ruined")
        #expect(run.steps[46].loss < 3 * run.steps[40].loss, "and are not any more")
    }

    @Test func `what is restored has the bits of that step, optimizer and statistics too`() throws {
        let run = try Run.finish(
            Self.steep, script: Self.ruin + [(46, .restore(Restoration())), (46, .stop(keep: .last))])
        let step = try #require(receipt(run).restored)
        let then = try Run.finish(Self.steep, script: [(step, .stop(keep: .last))])
        #expect(run.finalBits == then.finalBits)
        #expect(
            run.material.network.state.statistics.batchesTracked
                == then.material.network.state.statistics.batchesTracked)
    }

    @Test func `the best weights come back on demand`() throws {
        let run = try Run.finish(
            Self.steep, script: Self.ruin + [(44, .restore(Restoration(from: .best))), (44, .stop(keep: .last))])
        let best = try #require(run.evaluations.filter { $0.position.step <= 44 }.min { $0.loss < $1.loss })
        let step = best.position.step
        #expect(try receipt(run).restored == step)
        #expect(run.finalBits == (try Run.finish(Self.steep, script: [(step, .stop(keep: .last))]).finalBits))
    }

    @Test func `a run that went back can be had again, watched or not`() throws {
        let script: [(Int, RunCommand)] =
            Self.ruin + [(46, .restore(Restoration(scale: 1e-4))), (60, .undo), (70, .setLearningRate(0.01))]
        let one = try Run.finish(Self.steep, script: script)
        let other = try Run.finish(Self.steep, script: script, canSteer: true, isWatched: true)
        #expect(one.finalBits == other.finalBits && one.receipts == other.receipts)
        #expect(one.steps.map(\.loss) == other.steps.map(\.loss))
    }

    @Test func `keeping sound weights changes no bit of a run`() throws {
        let run = try Run.finish(Self.steep)
        let bytes = try BrokenRun.begin(.init(Self.steep), until: 33)
        #expect(run.finalBits == (try BrokenRun.goOn(.init(Self.steep), from: bytes).bits))
    }

    @Test(arguments: [30, 43, 51])
    func `what was kept is part of the whole state`(step: Int) throws {
        let plan = BrokenRun.Plan(
            Self.steep,
            script: [(10, .scaleLearningRate(0.9))] + Self.ruin + [
                (46, .restore(Restoration(scale: 0.5))), (50, .undo), (52, .undo), (52, .undo),
            ])
        let whole = try BrokenRun.whole(plan, from: step)
        let result = try BrokenRun.goOn(plan, from: BrokenRun.begin(plan, until: step))
        #expect(result == whole)
    }

    @Test func `a loss far above the median is not taken for sound for hundreds of steps`() throws {
        let run = try Run.finish(
            Self.unvalidated, "epochs=60",
            script: [
                (60, .setLearningRate(30)), (61, .setLearningRate(1e-12)), (300, .restore(Restoration())),
            ])
        let ruined = run.steps[62].loss
        let step = try #require(receipt(run).restored)
        #expect(ruined > 10 * run.steps[59].loss && step <= 60, "loss \(ruined), back to \(step)")
    }

    @Test func `while an evaluation is under way the weights stay`() throws {
        let run = try LiveRun(Self.steep, "epochs=2000")
        run.send(.pause)
        #expect(run.waitForPause())
        run.send(.resume, .evaluate, .restore(Restoration()), .stop(keep: .last))
        let record = try #require(run.finish())
        // What stands behind an evaluation waits for its first batch, or for its end.
        for receipt in record.receipts {
            if case .restore = receipt.command, case .refused(let reason) = receipt.outcome {
                #expect(reason == "an evaluation of the weights is under way")
            }
        }
        #expect(record.isFinite)
    }
}
