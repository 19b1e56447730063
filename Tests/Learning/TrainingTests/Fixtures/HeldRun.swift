import NeuralNetworks
import PlanFixtures
import Plans
import Runs
import Tensors
import Training

/// A run on the thread of the test that is held at updates, to look at its state and to change it.
final class HeldRun {
    let material: RunMaterial
    let trainer: Trainer
    private let mailbox = CommandMailbox()
    private let reports = ReportMailbox()

    init(_ text: String, _ changes: String..., state: [UInt8]? = nil) throws {
        let material = try RunMaterial(plan: Config.plan(text, changes))
        self.material = material
        let state = try state.map { try TrainingState(material, bytes: $0, path: "state") }
        trainer = Trainer(
            material: material, mailbox: mailbox, reports: reports, options: TrainerOptions(canSteer: false),
            state: state)
    }

    deinit { material.pool.close() }

    /// Trains until an update is due; commands act before the next one.
    func train(until step: Int = .max) { _ = trainer.run(until: step) }

    /// Lets commands act before the update that is due.
    func send(_ commands: RunCommand...) {
        for command in commands { mailbox.send(command, from: .person) }
    }

    /// The answers so far that were not asked for yet.
    var outcomes: [Receipt.Outcome] {
        var all: [Report] = []
        _ = reports.drain(into: &all)
        return all.compactMap { if case .receipt(let receipt) = $0 { receipt.outcome } else { nil } }
    }

    /// Bits of the weights and running statistics of a layer.
    func bits(of layer: String) -> [UInt32] {
        let network = trainer.state.network
        return Self.bits(network.parameters, network.layout, layer)
            + Self.bits(network.statistics.buffers, network.statistics.layout, layer)
    }

    /// Bits of what the optimizer remembers of a layer.
    func memory(of layer: String) -> [UInt32] {
        trainer.state.optimizer.slots.flatMap { Self.bits($0, trainer.state.network.layout, layer) }
    }

    /// The numbers of a tensor by its name.
    func tensor(_ name: String) -> UnsafeMutableBufferPointer<Float> {
        let network = trainer.state.network
        guard let segment = network.layout.segments.first(where: { $0.name == name }) else {
            preconditionFailure("no tensor is called \(name)")
        }
        return .init(start: network.parameters.pointer + segment.offset, count: segment.count)
    }

    private static func bits(_ buffer: FloatBuffer, _ layout: ParameterLayout, _ layer: String) -> [UInt32] {
        layout.segments.filter { $0.layer == layer }.flatMap { buffer.array[$0.range].map(\.bitPattern) }
    }
}
