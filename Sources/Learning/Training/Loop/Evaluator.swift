import Datasets
import NeuralNetworks
import Plans
import Tensors

/// Loss and accuracy on the validation set, a batch at a time, over the plan's views where it has some.
final class Evaluator {
    private let network: Network
    private let plan: RunPlan
    private let pool: WorkerPool
    private let examples: InputPipeline
    /// The most examples that are looked at together.
    private let capacity: Int
    /// Nil where the examples are looked at as they are.
    private let average: OutputAverage?
    /// Examples taken in so far, and what they gave.
    private var (done, total) = (0, LossValue.none)

    init(_ material: RunMaterial, validation: Dataset) {
        (network, plan, pool) = (material.network, material.plan, material.pool)
        capacity = material.evaluationBatch
        examples = InputPipeline(validation, capacity: capacity, pool: pool)
        average =
            plan.averaging.isEmpty
            ? nil : OutputAverage(loss: plan.loss, capacity: capacity, outputCount: network.outputShape.count)
    }

    /// Forgets what was taken in.
    func begin() { (done, total) = (0, .none) }

    /// Takes the next examples in; whether they were the last, and what went wrong with reading them, nil mostly.
    ///
    /// - Parameters:
    ///   - step: updates made so far.
    ///   - batch: memory that nobody else uses meanwhile.
    func advance(step: Int, in batch: Batch) -> (isLast: Bool, failure: DatasetError?) {
        let count = min(capacity, examples.dataset.count - done)
        let context = StepContext(mode: .evaluation, step: step, seed: plan.seed, measures: false)
        var failure: DatasetError?
        func outputs(_ treatment: InputPipeline.Treatment) -> UnsafePointer<Float> {
            let new = batch.load(examples, from: done, count: count, treatment)
            failure = failure ?? new
            return network.forward(batch.inputs, batch: count, context: context)
        }
        let result: UnsafePointer<Float>
        if let average {
            average.begin(examples: count)
            for view in plan.averaging {
                for variant in view.variants { average.add(outputs(.variant(variant))) }
            }
            result = average.mean()
        } else {
            result = outputs(.plain)
        }
        total += plan.loss.evaluate(
            outputs: result, targets: batch.targets, batch: count, outputCount: network.outputShape.count,
            gradient: nil, pool: pool)
        done += count
        return (done >= examples.dataset.count, failure)
    }

    /// How much is done, 0...1.
    var share: Double { Double(done) / Double(max(1, examples.dataset.count)) }

    /// What all examples together gave.
    var result: LossValue { total }
}
