import Foundation
import PlanFixtures
import Plans
import Runs
import Synchronization
import TestSupport
import Testing
import Training

/// Weights on the disk: both kinds, loadable again, and a full disk costs nothing but a word.
@Suite struct CheckpointTests {
    private let folder = ScratchFolder()

    private var paths: @Sendable (KeptWeights) -> String {
        { [folder] kind in folder / "\(kind.rawValue).safetensors" }
    }

    /// Parameters and running statistics of the network that a file gives.
    private func bits(_ name: String, _ config: String = Config.pictures) throws -> [UInt32] {
        let network = try RunMaterial(plan: Config.plan(config), weights: folder / name).network
        return (network.parameters.array + network.buffers.array).map(\.bitPattern)
    }

    @Test func `best and last hold their weights`() throws {
        let script: [(Int, RunCommand)] = [(4, .setLearningRate(100))]
        let run = try Run.finish(Config.pictures, script: script + [(7, .stop(keep: .best))], checkpoints: paths)
        #expect(run.end.kept == .best && run.end.best?.position.step == 4)
        #expect(try bits("best.safetensors") == run.finalBits)
        let last = try Run.finish(Config.pictures, script: script + [(7, .stop(keep: .last))])
        #expect(try bits("last.safetensors") == last.finalBits)
    }

    @Test func `a best that could not be written is written as soon as it can be`() throws {
        let attempts = Mutex(0)
        let paths: @Sendable (KeptWeights) -> String = { [paths, folder] kind in
            let isFirst =
                kind == .best
                && attempts.withLock {
                    $0 += 1; return $0 == 1
                }
            return isFirst ? folder / "none/best" : paths(kind)
        }
        let script: [(Int, RunCommand)] = [(4, .setLearningRate(100)), (7, .stop(keep: .best))]
        let run = try Run.finish(Config.pictures, script: script, checkpoints: paths)
        #expect(run.end.best?.position.step == 4)
        #expect(try bits("best.safetensors") == run.finalBits)
        let notes = run.reports.compactMap { if case .note(.disk, let text, _) = $0 { text } else { nil } }
        #expect(notes.count == 2 && notes.last == "best weights saved", "\(notes)")
    }

    @Test func `without validation the best is the last`() throws {
        let config = Config.pictures.replacingOccurrences(of: "validation: { fraction: 0.2 },", with: "")
        let run = try Run.finish(config, checkpoints: paths)
        #expect(try bits("best.safetensors", config) == run.finalBits)
        #expect(try bits("last.safetensors", config) == run.finalBits)
    }

    @Test func `the best survives a loss that is no number`() throws {
        let run = try Run.finish(
            Config.blobs, "loss=mse", "model=[{ linear: 9 }, { linear: 9 }, { linear: 3 }]",
            script: [(20, .setLearningRate(1e6))], checkpoints: paths)
        #expect(run.end.reason == .notFinite)
        let changes = ["model=[{ linear: 9 }, { linear: 9 }, { linear: 3 }]"]
        let network = try RunMaterial(plan: Config.plan(Config.blobs, changes), weights: folder / "best.safetensors")
            .network
        #expect(network.parameters.array.map(\.bitPattern) == run.finalBits)
        #expect(run.isFinite)
    }

    @Test func `a run goes on from weights`() throws {
        let first = try Run.finish(Config.pictures, checkpoints: paths)
        let second = try Run.finish(Config.pictures, "seed=9", weights: folder / "last.safetensors")
        #expect(second.steps[0].loss < first.steps[0].loss)
        #expect(
            second.material.network.state.statistics.batchesTracked.values.allSatisfy { $0 == 16 }, "8 before and 8 now"
        )
    }

    @Test func `interrupted runs are saved`() throws {
        let material = try RunMaterial(plan: Config.plan(Config.pictures))
        let (mailbox, reports) = (CommandMailbox(), ReportMailbox())
        mailbox.interrupt()
        let writer = CheckpointWriter(reports: reports, paths: paths)
        let trainer = Trainer(
            material: material, mailbox: mailbox, reports: reports, options: TrainerOptions(), checkpoints: writer)
        #expect(trainer.run().reason == .interrupted)
        #expect(writer.failure == nil)
        let fresh = try RunMaterial(plan: Config.plan(Config.pictures)).network
        #expect(try bits("last.safetensors") == (fresh.parameters.array + fresh.buffers.array).map(\.bitPattern))
    }

    @Test func `a folder that is gone costs a word and not the run`() throws {
        let run = try Run.finish(Config.pictures, checkpoints: { [folder] kind in folder / "none/\(kind.rawValue)" })
        #expect(run.end.reason == .completed && run.steps.count == 8)
        let notes = run.reports.compactMap {
            if case .note(let author, let text, _) = $0 { (author, text) } else { nil }
        }
        #expect(!notes.isEmpty && notes.allSatisfy { $0.0 == .disk && $0.1.contains("weights not saved") })
    }

    @Test func `one kind that fails is not forgotten when the other succeeds`() throws {
        let material = try RunMaterial(plan: Config.plan(Config.pictures))
        let reports = ReportMailbox()
        let writer = CheckpointWriter(reports: reports) { [folder] kind in
            kind == .best ? folder / "none/best" : folder / "last.safetensors"
        }
        let trainer = Trainer(
            material: material, mailbox: CommandMailbox(), reports: reports, options: TrainerOptions(),
            checkpoints: writer)
        _ = trainer.run()
        #expect(writer.failure?.path.hasSuffix("none/best") == true)
        #expect(writer.failure(of: .best) != nil && writer.failure(of: .last) == nil, "each is told by itself")
        #expect(FileManager.default.fileExists(atPath: folder / "last.safetensors"))
    }

    @Test func `a file of another model is one clear error`() throws {
        _ = try Run.finish(Config.pictures, checkpoints: paths)
        let error = #expect(throws: PreparationError.self) {
            _ = try RunMaterial(plan: Config.plan(Config.blobs), weights: folder / "last.safetensors")
        }
        let text = try #require(error).description
        #expect(text.hasPrefix(folder / "last.safetensors: tensor 0.weight: has shape 8x1x3x3; the model's is 16x2"))
        #expect(!text.contains("\n"))
    }

    @Test(arguments: ["", "no weights at all", "{\"a\": 1}"])
    func `a file that holds no weights is one clear error`(content: String) throws {
        let path = folder / "odd.safetensors"
        try content.write(toFile: path, atomically: true, encoding: .utf8)
        for path in [path, folder / "missing"] {
            let error = #expect(throws: PreparationError.self) {
                _ = try RunMaterial(plan: Config.plan(Config.blobs), weights: path)
            }
            let text = try #require(error).description
            #expect(text.hasPrefix(path) && !text.contains("\n"))
        }
    }
}
