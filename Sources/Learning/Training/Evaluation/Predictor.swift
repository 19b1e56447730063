import Datasets
import NeuralNetworks
import Plans
import Tensors

/// A network's outputs for all examples of a set, without gradients and noise.
package enum Predictor {
    /// Computes them a batch at a time, with the bits of the run's own evaluations.
    ///
    /// - Parameters:
    ///   - material: whose network computes, with the weights it has.
    ///   - examples: prepared as the run prepares its own.
    ///   - views: what is averaged over; none is the examples as they are.
    ///   - goesOn: asked before each batch.
    /// - Returns: `[count, outputs]`; of views the mean, as logits; nil where it does not go on.
    package static func outputs(
        of material: RunMaterial, for examples: Dataset, views: [PictureVariant] = [],
        while goesOn: () -> Bool = { true }
    ) throws(DatasetError) -> FloatBuffer? {
        let (network, loss) = (material.network, material.plan.loss)
        precondition(examples.inputShape == network.inputShape, "the examples do not fit into the network")
        let (capacity, width) = (network.maximumBatch, network.outputShape.count)
        let pipeline = InputPipeline(examples, capacity: capacity, pool: material.pool)
        let batch = Batch(dataset: examples, capacity: capacity)
        let average = views.isEmpty ? nil : OutputAverage(loss: loss, capacity: capacity, outputCount: width)
        let context = StepContext(mode: .evaluation, step: 0, seed: material.plan.seed, measures: false)
        let result = FloatBuffer(count: examples.count * width)
        for first in stride(from: 0, to: examples.count, by: capacity) {
            guard goesOn() else { return nil }
            let count = min(capacity, examples.count - first)
            var failure: DatasetError?
            func outputs(_ treatment: InputPipeline.Treatment) -> UnsafePointer<Float> {
                let new = batch.load(pipeline, from: first, count: count, treatment)
                failure = failure ?? new
                return network.forward(batch.inputs, batch: count, context: context)
            }
            let rows: UnsafePointer<Float>
            if let average {
                average.begin(examples: count)
                for view in views { average.add(outputs(.variant(view))) }
                rows = average.mean()
            } else {
                rows = outputs(.plain)
            }
            if let failure { throw failure }
            (result.pointer + first * width).update(from: rows, count: count * width)
        }
        return result
    }
}
