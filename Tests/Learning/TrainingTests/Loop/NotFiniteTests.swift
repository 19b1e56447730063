import Foundation
import PlanFixtures
import Plans
import Runs
import TestSupport
import Testing
import Training

/// A loss that is no number any more: the weights stay finite, and somebody gets a say where somebody is there.
@Suite struct NotFiniteTests {
    /// Deep and without a bound: one update at a huge rate, and the next loss overflows.
    private static let steep = """
        {
          data: { blobs: { count: 300, seed: 1 } }, validation: { fraction: 0.2 },
          model: [{ linear: 32 }, "batchNorm", "relu", { linear: 32 }, "relu", { linear: 32 }, "relu", { linear: 3 }],
          loss: "mse", optimizer: { sgd: { learningRate: 0.01, momentum: 0.9 } },
          epochs: 4, batchSize: 16, seed: 3, threads: 1,
        }
        """
    /// So deep that one update at a huge rate makes the next forward pass overflow, whatever the batch.
    private static let deep = """
        {
          data: { blobs: { count: 300, seed: 1 } }, validation: { fraction: 0.2 },
          model: [
            { linear: 32 }, "relu", { linear: 32 }, "relu", { linear: 32 }, "relu", { linear: 32 }, "relu", { linear: 32 },
            "relu", { linear: 32 }, "relu", { linear: 32 }, "relu", { linear: 32 }, "relu", { linear: 3 },
          ],
          initializer: "kaimingNormal", loss: "mse", optimizer: { sgd: { learningRate: 1e-6 } },
          epochs: 4, batchSize: 16, seed: 3, threads: 1,
        }
        """
    private static let blowUp: (Int, RunCommand) = (20, .setLearningRate(1e6))

    @Test func `a run that nobody steers ends with its best`() throws {
        let run = try Run.finish(Self.steep, script: [Self.blowUp])
        let step = try #require(run.notFinite.first)
        #expect(run.end.reason == .notFinite && run.notFinite.count == 1)
        #expect(step > 20 && run.end.position.step == step + 1)
        #expect(run.steps.count == step + 1, "the step that was skipped is reported too")
        #expect(run.end.kept == .best && run.end.best?.position.step == 15)
        #expect(run.isFinite)
        #expect(run.finalBits == (try Run.finish(Self.steep, script: [(15, .stop(keep: .last))]).finalBits))
    }

    @Test func `a run that somebody steers pauses`() throws {
        let run = try LiveRun(Self.steep, script: [Self.blowUp])
        #expect(run.wait { if case .phase(.paused(.notFinite), _) = $0 { true } else { false } })
        run.send(.evaluate)
        #expect(run.wait { if case .evaluation = $0 { true } else { false } })
        run.send(.setLearningRate(1e-30), .resume)
        #expect(
            run.wait { report in
                switch report {
                case .step, .phase(.finished, _): true
                default: false
                }
            })
        run.send(.stop(keep: .best))
        let record = try #require(run.finish())
        #expect(record.end.kept == .best && record.end.best?.position.step == 15)
        #expect(record.isFinite)
    }

    @Test func `an update that is left out changes nothing`() throws {
        // The weights of update 20 are ruined and stay so: every later step is left out.
        let script: [(Int, RunCommand)] = [(20, .setLearningRate(1e6)), (22, .setLearningRate(1e-30))]
        let run = try Run.finish(Self.steep, "onNotFinite={ skip: 100 }", script: script)
        #expect(run.end.reason == .completed && run.steps.count == 60)
        #expect(run.notFinite.count > 1 && run.isFinite)
        let before = run.material.network.state.statistics.batchesTracked["1.num_batches_tracked"]
        #expect(before == 60 - run.notFinite.count, "only steps that were made count")
        let short = try Run.finish(Self.steep, "onNotFinite={ skip: 2 }", script: [Self.blowUp])
        #expect(short.end.reason == .notFinite && short.notFinite.count == 3, "the third is one too many")
    }

    @Test func `a rewind goes on from sound weights at a third of the rate`() throws {
        let run = try Run.finish(
            Self.steep, "onNotFinite=rewind", "epochs=12", script: [(20, .setLearningRate(1e3))])
        #expect(run.end.reason == .completed && run.isFinite)
        let restored = run.receipts.filter { $0.restored != nil }
        #expect(restored.allSatisfy { $0.author == .run && ($0.restored ?? .max) < $0.position.step })
        #expect(!run.notFinite.isEmpty)
        for step in run.notFinite { #expect(restored.contains { $0.position.step == step + 1 }, "step \(step)") }
        for receipt in restored {
            guard case .accepted(let old?, let new?) = receipt.outcome else {
                Issue.record("\(receipt)")
                continue
            }
            #expect(abs(new - old / 3) < 1e-9 * old)
        }
        #expect(try #require(run.end.best).loss.isFinite)
    }

    /// What a rate of a million does where every loss stays a number, with and without validation.
    @Test(
        arguments: [
            "optimizer={ adam: { learningRate: 0.001 } }", "optimizer={ sgd: { learningRate: 0.1 } }",
            "optimizer={ sgd: { learningRate: 0.1, momentum: 0.9 } }", "optimizer={ rmsprop: { learningRate: 0.001 } }",
        ], [true, false])
    func `a rewind comes back from a rate of a million or the run fails`(optimizer: String, hasValidation: Bool) throws
    {
        let text = """
            {
              data: { blobs: { count: 320, classes: 4 } }, model: [{ linear: 16 }, "batchNorm", "relu", { linear: 4 }],
              epochs: 20, batchSize: 16, seed: 3, threads: 1, onNotFinite: "rewind",
            }
            """
        let validation = hasValidation ? "validation={ fraction: 0.2 }" : optimizer
        let run = try Run.finish(text, optimizer, validation, script: [(50, .setLearningRate(1e6))])
        let losses = run.steps.suffix(16).map(\.loss)
        let first = run.steps[0].loss
        #expect(run.end.reason == .notFinite || losses.sorted()[8] < 3 * first, "\(losses)")
        #expect(run.receipts.contains { $0.author == .run && $0.restored.map { $0 <= 50 } == true })
        // What was gone back to was sound when it was kept.
        for receipt in run.receipts {
            guard let step = receipt.restored else { continue }
            let before = run.steps.filter { $0.step < 50 }.map(\.loss).sorted()
            let loss = try #require(run.steps.last { $0.step == step }).loss
            #expect(loss <= 10 * first && (step > 50 || loss <= 3 * before[before.count / 2]))
        }
        #expect(run.isFinite)
        for left in [1, 2, 3, 6] {
            let late = try Run.finish(
                text, optimizer, validation, script: [(run.steps.count - left, .setLearningRate(1e6))])
            // Without validation nobody looks at what the last update makes.
            guard left > 1 || hasValidation else { continue }
            #expect(late.end.reason == .notFinite, "nothing can come back within \(left) steps")
            #expect(late.isFinite)
        }
    }

    @Test func `with nothing to go back to a rewind ends the run`() throws {
        let wide = "model=[{ linear: 999 }, { linear: 999 }, { linear: 999 }, { linear: 999 }, { linear: 3 }]"
        let run = try Run.finish(Self.steep, wide, "initializer={ constant: 1e6 }", "onNotFinite=rewind")
        #expect(run.end.reason == .notFinite && run.notFinite == [0] && run.end.best == nil)
    }

    @Test(arguments: ["stop", "{ skip: 1 }"])
    func `an evaluation that is not finite makes no best`(policy: String) throws {
        // The last update of an epoch ruins the weights: the evaluation is the first to see it.
        let folder = ScratchFolder()
        let run = try Run.finish(
            Self.deep, "onNotFinite=\(policy)", "earlyStopping={ patience: 1 }", "plateau={ patience: 0 }",
            script: [(14, .setLearningRate(1e6))], checkpoints: { folder / $0.rawValue })
        #expect(run.evaluations.first.map { !$0.loss.isFinite && !$0.isBest } == true)
        #expect(run.end.best == nil && run.end.kept == .last && run.end.reason == .notFinite)
        #expect(run.receipts.allSatisfy { $0.author == .script }, "no rate is cut and no patience lost")
        #expect(run.isFinite)
        let notes = run.reports.compactMap { if case .note(.run, let text, _) = $0 { text } else { nil } }
        #expect(notes.allSatisfy { $0.hasPrefix("validation loss is not finite") } && !notes.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: folder / "best"))
        #expect(FileManager.default.fileExists(atPath: folder / "last"))
    }

    @Test func `somebody who steers is asked about such an evaluation`() throws {
        let run = try LiveRun(Self.deep, script: [(14, .setLearningRate(1e6))])
        #expect(run.wait { if case .phase(.paused(.validationNotFinite), _) = $0 { true } else { false } })
        run.send(.stop(keep: .best))
        let record = try #require(run.finish())
        #expect(record.end.best == nil && record.end.kept == .last)
    }

    @Test func `a run that goes back is had again from its state`() throws {
        func run(_ bytes: [UInt8]?, until step: Int?) throws -> (bytes: [UInt8], log: [String], bits: [UInt32]) {
            let material = try RunMaterial(plan: Config.plan(Self.steep, ["onNotFinite=rewind", "epochs=8"]))
            defer { material.pool.close() }
            let (mailbox, reports) = (CommandMailbox(), ReportMailbox())
            if bytes == nil { mailbox.schedule(Run.scripted([Self.blowUp])) }
            let state = try bytes.map { try TrainingState(material, bytes: $0, path: "state") }
            let trainer = Trainer(
                material: material, mailbox: mailbox, reports: reports, options: TrainerOptions(), state: state)
            let end = step.map { trainer.run(until: $0) } ?? trainer.run()
            var all: [Report] = []
            _ = reports.drain(into: &all)
            let network = material.network
            return (
                end == nil ? trainer.stateBytes() : [], all.compactMap(RunRecord.line),
                (network.parameters.array + network.buffers.array).map(\.bitPattern)
            )
        }
        let whole = try run(nil, until: nil)
        let first = try run(nil, until: 24)
        let second = try run(first.bytes, until: nil)
        #expect(second.bits == whole.bits)
        #expect(whole.log.suffix(5) == second.log.suffix(5))
    }

    @Test func `a run goes on after a lower rate`() throws {
        // Too high for one update only: the loss afterwards is large, but a number.
        let text =
            "{ data: { blobs: 300 }, validation: { fraction: 0.2 }, model: [{ linear: 3 }], threads: 1, epochs: 2 }"
        let run = try LiveRun(text, "initializer={ constant: 1e5 }", "loss=mse", script: [(3, .setLearningRate(1e6))])
        #expect(run.wait { if case .phase(.paused(.notFinite), _) = $0 { true } else { false } })
        run.send(.setLearningRate(1e-6), .resume)
        let record = try #require(run.finish())
        #expect(record.isFinite && record.end.reason == .completed)
    }

    @Test(
        arguments: [
            "sgd: { learningRate: 1e6, momentum: 0.9 }", "sgd: { learningRate: 1e6 }", "adam: { learningRate: 1e6 }",
            "sgd: { learningRate: 1e6, weightDecay: 1 }", "adamW: { learningRate: 1e6, weightDecay: 1 }",
            "rmsprop: { learningRate: 1e6, momentum: 0.9 }", "adagrad: { learningRate: 1e6 }",
        ], ["mse", "crossEntropy", "hinge"])
    func `weights and running statistics stay finite`(optimizer: String, loss: String) throws {
        let run = try Run.finish(Self.steep, "optimizer={ \(optimizer) }", "loss=\(loss)", "epochs=20")
        #expect(run.isFinite)
    }

    @Test func `decay alone cannot make weights infinite`() throws {
        let run = try Run.finish(
            Config.blobs, "model=[{ linear: 3 }]", "optimizer={ sgd: { learningRate: 1e6, weightDecay: 1 } }")
        #expect(run.isFinite && run.end.reason == .notFinite)
    }

    @Test func `a schedule that grows without bound leaves finite weights`() throws {
        let run = try Run.finish(Self.steep, "schedule={ exponential: 100 }", "loss=crossEntropy")
        #expect(run.isFinite && run.end.reason == .notFinite)
    }

    @Test func `clipping values does not hide an infinite gradient`() throws {
        let run = try Run.finish(
            Self.steep, "gradientClipping={ value: 1 }", "initializer={ constant: 1e6 }",
            "model=[{ linear: 999 }, { linear: 999 }, { linear: 999 }, { linear: 999 }, { linear: 3 }]")
        #expect(run.notFinite == [0] && run.end.reason == .notFinite)
        #expect(run.isFinite)
    }

    @Test func `the norm is reported before clipping`() throws {
        let norms = try ["norm: 1e-3", "value: 1e-3"].map { clipping in
            try Run.finish(Config.blobs, "gradientClipping={ \(clipping) }").steps[0].gradientNorm
        }
        let plain = try Run.finish(Config.blobs).steps[0].gradientNorm
        #expect(norms == [plain, plain])
    }

    @Test func `a skipped update is not counted`() throws {
        let run = try Run.finish(Self.steep, script: [Self.blowUp, (15, .stop(keep: .last))])
        #expect(run.material.network.state.statistics.batchesTracked == ["1.num_batches_tracked": 15])
        let wide =
            "model=[{ linear: 99 }, 'batchNorm', { linear: 999 }, { linear: 999 }, { linear: 999 }, { linear: 999 }, { linear: 3 }]"
        let ended = try Run.finish(Self.steep, wide, "initializer={ constant: 1e6 }")
        #expect(ended.notFinite == [0])
        #expect(ended.material.network.state.statistics.batchesTracked == ["1.num_batches_tracked": 0])
    }
}
