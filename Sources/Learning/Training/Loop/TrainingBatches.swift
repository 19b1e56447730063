import Datasets
import Plans
import Tensors

/// The batches of the training set, in the order that seed and epoch give.
final class TrainingBatches {
    /// Where a batch is loaded; evaluations borrow it.
    let batch: Batch
    private let order: BatchOrder
    private let seed: UInt64
    private let examples: InputPipeline
    /// The order of `orderedEpoch`, whose memory is used again.
    private var epochOrder: [Int32] = []
    private var orderedEpoch = -1

    init(_ material: RunMaterial) {
        let capacity = material.network.maximumBatch
        order = material.order
        seed = material.plan.seed
        examples = InputPipeline(
            material.training, augmentation: material.plan.augmentation, capacity: capacity, pool: material.pool)
        batch = Batch(dataset: material.training, capacity: capacity, mixes: examples.mixes)
    }

    /// Loads the batch of an update and says how many examples it has, and what went wrong with reading them; nil mostly.
    func load(step: Int) -> (count: Int, failure: DatasetError?) {
        let epoch = step / order.stepsPerEpoch
        if orderedEpoch != epoch {
            order.fill(&epochOrder, epoch: epoch)
            orderedEpoch = epoch
        }
        let range = order.range(ofBatch: step % order.stepsPerEpoch)
        let failure = epochOrder.withUnsafeBufferPointer { indices in
            batch.load(examples, UnsafeBufferPointer(rebasing: indices[range]), .training(seed: seed, epoch: epoch))
        }
        return (range.count, failure)
    }
}
