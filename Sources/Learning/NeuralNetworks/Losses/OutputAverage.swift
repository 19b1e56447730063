import Foundation
import Tensors

/// The mean of a network's outputs over several views of the same examples.
///
/// For cross-entropy it is the logarithm of the mean of the probabilities, which the loss takes for what it is, since
/// softmax(log p) = p.
package final class OutputAverage {
    private let sums: FloatBuffer
    private let length: Int
    private let isOfProbabilities: Bool
    private var (views, examples) = (0, 0)

    /// - Parameters:
    ///   - capacity: The largest batch.
    ///   - outputCount: Numbers an example.
    package init(loss: Loss, capacity: Int, outputCount: Int) {
        length = outputCount
        isOfProbabilities = if case .crossEntropy = loss { true } else { false }
        sums = FloatBuffer(count: capacity * outputCount)
    }

    /// Begins anew with so many examples.
    package func begin(examples: Int) {
        (views, self.examples) = (0, examples)
        sums.pointer.update(repeating: 0, count: examples * length)
    }

    /// Takes in what the network makes of one view, `[examples, outputCount]`.
    package func add(_ outputs: UnsafePointer<Float>) {
        views += 1
        for example in 0..<examples {
            let (row, sum) = (outputs + example * length, sums.pointer + example * length)
            if isOfProbabilities {
                LossRow(outputs: row, count: length, scale: 1, gradient: nil).addProbabilities(to: sum)
            } else {
                for index in 0..<length { sum[index] += row[index] }
            }
        }
    }

    /// The mean over the views so far, `[examples, outputCount]`; valid until the next call.
    package func mean() -> UnsafePointer<Float> {
        precondition(views > 0, "a mean needs at least one view")
        let sums = sums.pointer
        let share = 1 / Float(views)
        for place in 0..<examples * length {
            let mean = sums[place] * share
            // Not a number stays so; 0 has a logarithm that is finite all the same.
            sums[place] = isOfProbabilities ? (mean == 0 ? -103.3 : log(mean)) : mean
        }
        return UnsafePointer(sums)
    }
}
