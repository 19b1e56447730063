import Datasets
import NeuralNetworks
import Plans
import Tensors

/// Some examples side by side as the network sees them, without augmentation.
struct ProbeBatch {
    /// Their inputs and targets.
    let batch: Batch
    /// How many they are.
    let count: Int

    /// The first examples of the first epoch, as many as a batch of the material holds, or fewer.
    /// - Parameters:
    ///   - first: how many of them are passed over.
    init(_ dataset: Dataset, of material: RunMaterial, from first: Int = 0, most: Int = .max) {
        let capacity = min(material.network.maximumBatch, material.plan.batchSize, most)
        let order = BatchOrder(
            seed: material.plan.seed, count: dataset.count, shuffle: material.plan.shuffle)
        let places = order.permutation(epoch: 0).dropFirst(first).prefix(capacity)
        self.init(dataset, Array(places), material.pool)
    }

    /// The examples at these places.
    init(_ dataset: Dataset, _ places: [Int32], _ pool: WorkerPool) {
        let batch = Batch(dataset: dataset, capacity: max(1, places.count))
        let pipeline = InputPipeline(dataset, capacity: max(1, places.count), pool: pool)
        // What cannot be read gives inputs that are not numbers, which is said of them.
        places.withUnsafeBufferPointer { _ = batch.load(pipeline, $0, .plain) }
        (self.batch, count) = (batch, places.count)
    }

    /// The mean of the squared targets: the squared error of outputs of 0; nil of classes.
    func meanSquare(in material: RunMaterial) -> Double? {
        moments(material.network.outputShape.count).map { $0.square }
    }

    /// The variance of the targets about their mean, over all outputs; nil of classes.
    func variance(in material: RunMaterial) -> Double? {
        moments(material.network.outputShape.count).map { $0.variance }
    }

    private func moments(_ width: Int) -> (square: Double, variance: Double)? {
        guard case .values(let values) = batch.targets else { return nil }
        var (square, variance) = (0.0, 0.0)
        for output in 0..<width {
            let column = (0..<count).map { Double(values[$0 * width + output]) }
            let mean = column.reduce(0, +) / Double(max(1, count))
            let squares = column.reduce(0) { $0 + $1 * $1 } / Double(max(1, count))
            square += squares
            variance += max(0, squares - mean * mean)
        }
        return (square / Double(width), variance / Double(width))
    }
}
