import NeuralNetworks
import Optimizers
import Runs
import Tensors

/// Everything that a run's future depends on besides its plan; copied into a preallocated twin to go back later.
package final class TrainingState {
    package let parameters: FloatBuffer
    /// Running statistics of normalization layers.
    package let buffers: FloatBuffer
    package let slots: [FloatBuffer]
    /// Batches that each batch norm has seen, by PyTorch's name; refreshed when a snapshot is taken.
    package var batchesTracked: [String: Int]
    package var updateCount: Int
    package var control: LearningRateControl
    /// What was put in place of the rest of the schedule.
    package var rests: [Schedule.Rest]
    package var position: Position
    package var plateau: PlateauPolicy?
    package var earlyStopping: EarlyStoppingPolicy?

    /// The living state of a network and its optimizer: the buffers are theirs.
    package init(
        network: Network, optimizer: Optimizer, plateau: PlateauPolicy?, earlyStopping: EarlyStoppingPolicy?
    ) {
        parameters = network.parameters
        buffers = network.buffers
        slots = optimizer.slots
        batchesTracked = network.batchesTracked
        updateCount = optimizer.updateCount
        control = .planned
        rests = []
        position = Position(step: 0)
        self.plateau = plateau
        self.earlyStopping = earlyStopping
    }

    /// A twin with memory of its own and the same content.
    package init(twinOf other: TrainingState) {
        parameters = FloatBuffer(count: other.parameters.count)
        buffers = FloatBuffer(count: other.buffers.count)
        slots = other.slots.map { FloatBuffer(count: $0.count) }
        batchesTracked = other.batchesTracked
        updateCount = other.updateCount
        control = other.control
        rests = other.rests
        position = other.position
        plateau = other.plateau
        earlyStopping = other.earlyStopping
        copy(from: other)
    }

    /// Takes over everything from a state of the same network. Allocates nothing.
    package func copy(from other: TrainingState) {
        parameters.copy(from: other.parameters)
        buffers.copy(from: other.buffers)
        for (slot, otherSlot) in zip(slots, other.slots) { slot.copy(from: otherSlot) }
        batchesTracked = other.batchesTracked
        updateCount = other.updateCount
        control = other.control
        rests = other.rests
        position = other.position
        plateau = other.plateau
        earlyStopping = other.earlyStopping
    }

    /// Takes over the weights and running statistics of a state, and nothing else.
    package func restoreWeights(from other: TrainingState) {
        parameters.copy(from: other.parameters)
        buffers.copy(from: other.buffers)
        batchesTracked = other.batchesTracked
    }
}
