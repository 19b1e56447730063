import Commands
import Dashboard
import Foundation
import Plans
import Runs
import Tensors
import TestSupport
import Testing

/// The weights of a run without a directory, put where a person wants them.
@Suite struct WeightsFileTests {
    private func run(
        _ changes: String..., script: [(step: Int, command: RunCommand)] = []
    ) throws -> (session: LiveSession, material: RunMaterial) {
        let scratch = ScratchFolder()
        try scratch.write(
            "config.json5",
            """
            { data: { blobs: { count: 60, seed: 1 } }, model: [{ linear: 3 }], loss: "crossEntropy",
              optimizer: { sgd: { learningRate: 0.1 } }, epochs: 1, batchSize: 20, threads: 1 }
            """)
        let material = try RunMaterial(plan: ConfigFile.plan(scratch / "config.json5", changes: changes))
        let commands = script.map { ScriptedCommand(step: $0.step, command: $0.command, place: "here") }
        let session = try LiveSession(
            material: material, script: commands, log: nil, directory: nil, isWatched: false)
        return (session, material)
    }

    /// What becomes of a request in the end; the first answer is that it goes on.
    private func written(_ weights: WeightsFile, _ request: SaveRequest) throws -> SaveAnswer {
        #expect(weights.save(request, isOver: true) == .writing)
        for _ in 0..<6_000 {
            if let found = weights.takeAnswer() {
                #expect(found.request == request)
                return found.answer
            }
            usleep(10_000)
        }
        throw CancellationError()
    }

    @Test func `the best weights say the step that they are of, not the one where the run ended`() throws {
        // Three updates an epoch: the latest evaluation is of the weights after six.
        let (session, _) = try run(
            "validation.fraction=0.5", "batchSize=10", "epochs=4", script: [(8, .stop(keep: .best))])
        let scratch = ScratchFolder()
        let path: String = scratch / "best.safetensors"
        let weights = WeightsFile(session)
        #expect(try written(weights, SaveRequest(path: path, mayReplace: false)) == .written(path: path))
        let end = session.finish()
        let best = try #require(end.best).position.step
        #expect(end.position.step == 8 && end.kept == .best && [3, 6].contains(best))
        let metadata = try SafetensorsFile.read(path).metadata
        #expect(metadata.first == .init(key: "step", value: "\(best)"))
        #expect(metadata.contains { $0.key == "config" && $0.value.count == 64 })
    }

    @Test func `they are written once the run is over, and read back`() throws {
        let (session, material) = try run()
        let scratch = ScratchFolder()
        let weights = WeightsFile(session)
        let path: String = scratch / "w.safetensors"
        #expect(try written(weights, SaveRequest(path: path, mayReplace: false)) == .written(path: path))
        let network = try RunMaterial(plan: material.plan, weights: path).network
        #expect(network.parameters.array == material.network.parameters.array)
        #expect(weights.path == path && weights.failure == nil)
        #expect(weights.save(SaveRequest(path: path, mayReplace: false), isOver: true) == .exists)
        #expect(try written(weights, SaveRequest(path: path, mayReplace: true)) == .written(path: path))
        _ = session.finish()
    }

    @Test func `who leaves meanwhile waits for them`() throws {
        let (session, _) = try run()
        let scratch = ScratchFolder()
        let weights = WeightsFile(session)
        let path: String = scratch / "w.safetensors"
        #expect(weights.save(SaveRequest(path: path, mayReplace: false), isOver: true) == .writing)
        weights.finish()
        #expect(weights.path == path && weights.takeAnswer() == nil)
        #expect(try !SafetensorsFile.read(path).metadata.isEmpty)
        _ = session.finish()
    }

    @Test func `before the end it says whether they can go there`() throws {
        let (session, _) = try run()
        let scratch = ScratchFolder()
        let weights = WeightsFile(session)
        #expect(weights.save(SaveRequest(path: scratch / "w", mayReplace: false), isOver: false) == .possible)
        for path in [scratch.path, scratch / "nowhere/w"] {
            guard case .failed(let reason) = weights.save(SaveRequest(path: path, mayReplace: false), isOver: false)
            else {
                Issue.record("\(path) can be written")
                continue
            }
            #expect(!reason.isEmpty && !reason.contains("\n"))
        }
        #expect(weights.path == nil)
        _ = session.finish()
    }
}
