import Datasets
import Foundation
import NeuralNetworks
import Plans

extension Trainer {
    /// Loss and hits of neighbouring validation examples, averaged over the plan's views where it has some.
    func validationLoss(from first: Int, count: Int) -> LossValue {
        let outputs = plan.averaging.isEmpty ? outputs(from: first, count: count, .plain) : averaged(first, count)
        return plan.loss.evaluate(
            outputs: outputs, targets: batch.targets, batch: count, outputCount: network.outputShape.count,
            gradient: nil, pool: material.pool)
    }

    private func outputs(
        from first: Int, count: Int, _ treatment: InputPipeline.Treatment
    ) -> UnsafePointer<Float> {
        guard let validationExamples else { preconditionFailure("there is no validation set") }
        if let failure = batch.load(validationExamples, from: first, count: count, treatment) { tell(failure) }
        let context = StepContext(mode: .evaluation, step: step, seed: plan.seed, measures: false)
        return network.forward(batch.inputs, batch: count, context: context)
    }

    /// The mean of the outputs over the views; for cross-entropy the logarithm of the mean of the probabilities, which
    /// the loss takes for what it is, since softmax(log p) = p.
    private func averaged(_ first: Int, _ count: Int) -> UnsafePointer<Float> {
        let length = network.outputShape.count
        let sums = averagedOutputs.pointer
        let isProbability = if case .crossEntropy = plan.loss { true } else { false }
        sums.update(repeating: 0, count: count * length)
        var views = 0
        for view in plan.averaging {
            for variant in view.variants {
                views += 1
                let outputs = outputs(from: first, count: count, .variant(variant))
                for row in 0..<count {
                    let (row, sum) = (outputs + row * length, sums + row * length)
                    if isProbability {
                        Self.addProbabilities(of: row, count: length, to: sum)
                    } else {
                        for index in 0..<length { sum[index] += row[index] }
                    }
                }
            }
        }
        let share = 1 / Float(views)
        for place in 0..<count * length {
            let mean = sums[place] * share
            // Not a number stays so; 0 has a logarithm that is finite all the same.
            sums[place] = isProbability ? (mean == 0 ? -103.3 : log(mean)) : mean
        }
        return UnsafePointer(sums)
    }

    private static func addProbabilities(
        of row: UnsafePointer<Float>, count: Int, to sums: UnsafeMutablePointer<Float>
    ) {
        var largest = -Float.infinity
        for index in 0..<count { largest = row[index] > largest ? row[index] : largest }
        var sum = 0.0
        for index in 0..<count { sum += exp(Double(row[index]) - Double(largest)) }
        for index in 0..<count { sums[index] += Float(exp(Double(row[index]) - Double(largest)) / sum) }
    }
}
