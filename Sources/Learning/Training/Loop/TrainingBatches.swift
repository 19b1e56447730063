import Datasets
import Plans
import Runs
import Tensors

/// The batches of the training set, in the order that seed and epoch give.
final class TrainingBatches {
    /// Where a batch is loaded; evaluations borrow it.
    private(set) var batch: Batch
    private let order: BatchOrder
    private let material: RunMaterial
    private var examples: InputPipeline
    /// The most examples of a batch.
    private var capacity: Int
    /// The order of `orderedEpoch`, whose memory is used again.
    private var epochOrder: [Int32] = []
    private var orderedEpoch = -1

    init(_ material: RunMaterial) {
        self.material = material
        capacity = material.network.maximumBatch
        order = material.order
        (examples, batch) = Self.memory(material, capacity: capacity)
    }

    private static func memory(_ material: RunMaterial, capacity: Int) -> (InputPipeline, Batch) {
        let examples = InputPipeline(
            material.training, augmentation: material.plan.augmentation, capacity: capacity, pool: material.pool)
        return (examples, Batch(dataset: material.training, capacity: capacity, mixes: examples.mixes))
    }

    /// Makes room for batches of so many examples, where there is less.
    func makeRoom(forBatch count: Int) {
        guard count > capacity else { return }
        capacity = count
        (examples, batch) = Self.memory(material, capacity: capacity)
    }

    /// Loads the batch of an update and says how many examples it has, and what went wrong with reading them; nil mostly.
    func load(_ place: EpochCourse.Place) -> (count: Int, failure: DatasetError?) {
        if orderedEpoch != place.epoch {
            order.fill(&epochOrder, epoch: place.epoch)
            orderedEpoch = place.epoch
        }
        let failure = epochOrder.withUnsafeBufferPointer { indices in
            batch.load(
                examples, UnsafeBufferPointer(rebasing: indices[place.examples]),
                .training(seed: material.plan.seed, epoch: place.epoch))
        }
        return (place.examples.count, failure)
    }
}
