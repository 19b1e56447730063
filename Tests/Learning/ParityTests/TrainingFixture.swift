import Files
import Foundation
import NeuralNetworks
import Plans
import Runs
import Settings
import Tensors
import Training

/// One training of PyTorch, and the same one replayed from its config file.
struct TrainingFixture {
    let folder: String
    /// Loss of each step and of each evaluation, and the rate of each step, as PyTorch had them.
    let losses: [Double]
    let evaluations: [Double]
    let learningRates: [Double]
    /// Biases that a norm takes out again: their gradient is rounding noise.
    let notCompared: Set<String>
    /// PyTorch's state_dict after the last step.
    let final: SafetensorsFile

    init(_ name: String) throws {
        folder = "\(Fixtures.folder)/training/\(name)"
        let path = "\(folder)/expected.json"
        let expected = try Setting.parse(FileBytes.read(path), file: path).object()
        func numbers(_ key: String) throws -> [Double] { try expected.required(key).array().map { try $0.double() } }
        losses = try numbers("losses")
        evaluations = try numbers("evaluations")
        learningRates = try numbers("learningRates")
        notCompared = Set(try expected.required("notCompared").array().map { try $0.string() })
        final = try SafetensorsFile.read("\(folder)/final.safetensors")
    }

    /// What a run reported, and what it ended with.
    struct Replay {
        var losses: [Double] = []
        var evaluations: [Double] = []
        var learningRates: [Double] = []
        var tensors: [SafetensorsTensor] = []
    }

    /// Trains what the config says from PyTorch's first weights.
    func replay() throws -> Replay {
        let path = "\(folder)/config.json5"
        let folder = folder
        let plan = try PlanDecoder(folderOf: { _ in folder }).plan(Setting.parse(FileBytes.read(path), file: path))
        let material = try RunMaterial(plan: plan, weights: "\(folder)/initial.safetensors")
        defer { material.pool.close() }
        let reports = ReportMailbox()
        _ = Trainer(material: material, mailbox: CommandMailbox(), reports: reports, options: TrainerOptions()).run()
        var drained: [Report] = []
        _ = reports.drain(into: &drained)
        var replay = Replay(tensors: material.network.state.tensors())
        for report in drained {
            switch report {
            case .step(let step):
                replay.losses.append(step.loss)
                replay.learningRates.append(step.learningRate)
            case .evaluation(let evaluation): replay.evaluations.append(evaluation.loss)
            default: break
            }
        }
        return replay
    }
}
