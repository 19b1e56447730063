import Foundation
import Tensors

/// What training makes small.
package enum Loss: String, Hashable, Sendable, CaseIterable {
    /// -log softmax(outputs)[class], mean over the batch. The outputs are logits: no softmax before it.
    case crossEntropy
    /// (output - target)^2, mean over all numbers of the batch; classes count as one-hot vectors.
    case meanSquaredError = "mse"
    /// Sum over the wrong classes of max(0, output - output of the right class + 1), mean over the batch.
    case hinge

    /// Evaluates the loss of a batch and the gradient of its mean.
    ///
    /// Cross-entropy and hinge need classes.
    ///
    /// - Parameters:
    ///   - outputs: `[batch, outputCount]`.
    ///   - gradient: Takes d mean / d outputs, unless nil.
    package func evaluate(
        outputs: UnsafePointer<Float>, targets: Targets, batch: Int, outputCount: Int,
        gradient: UnsafeMutablePointer<Float>?, pool: WorkerPool
    ) -> LossValue {
        precondition(batch > 0 && outputCount > 0, "a loss needs examples and outputs")
        let terms = self == .meanSquaredError ? batch * outputCount : batch
        let scale = 1 / Double(terms)
        let pieces = KernelPieces(batch, costs: 4 * outputCount)
        var sums = InlineArray<8, Double>(repeating: 0)
        var hits = InlineArray<8, Int>(repeating: 0)
        withUnsafeMutablePointer(to: &sums) { sums in
            withUnsafeMutablePointer(to: &hits) { hits in
                pool.run(pieces: pieces.count) { piece in
                    var sum = 0.0
                    var correct = 0
                    for example in pieces.range(piece) {
                        let row = outputs + example * outputCount
                        let target = gradient.map { $0 + example * outputCount }
                        switch targets {
                        case .classes(let classes):
                            let label = Int(classes[example])
                            precondition(
                                (0..<outputCount).contains(label), "class \(label) of \(outputCount) outputs")
                            sum += evaluate(row, outputCount, label: label, scale, gradient: target)
                            if Self.indexOfLargest(row, outputCount) == label { correct += 1 }
                        case .probabilities(let shares):
                            let shares = shares + example * outputCount
                            sum += evaluate(row, outputCount, shares: shares, scale, gradient: target)
                            let label = Self.indexOfLargest(shares, outputCount)
                            if Self.indexOfLargest(row, outputCount) == label { correct += 1 }
                        case .values(let values):
                            precondition(self == .meanSquaredError, "\(rawValue) needs classes, not values")
                            sum += Self.squares(
                                row, outputCount, scale, gradient: target
                            ) { [values = values + example * outputCount] in Double(values[$0]) }
                        }
                    }
                    sums.pointee[piece] = sum
                    hits.pointee[piece] = correct
                }
            }
        }
        var value = LossValue(sum: 0, terms: terms, examples: batch, correct: nil)
        var correct = 0
        for piece in 0..<pieces.count {
            value.sum += sums[piece]
            correct += hits[piece]
        }
        if case .values = targets { return value }
        value.correct = correct
        return value
    }

    /// Shares of classes: a class's loss counts by its share.
    private func evaluate(
        _ row: UnsafePointer<Float>, _ count: Int, shares: UnsafePointer<Float>, _ scale: Double,
        gradient: UnsafeMutablePointer<Float>?
    ) -> Double {
        guard self == .crossEntropy else {
            precondition(self == .meanSquaredError, "\(rawValue) needs classes, not shares of them")
            return Self.squares(row, count, scale, gradient: gradient) { Double(shares[$0]) }
        }
        var largest = -Float.infinity
        for index in 0..<count { largest = row[index] > largest ? row[index] : largest }
        var sum = 0.0
        for index in 0..<count { sum += Foundation.exp(Double(row[index]) - Double(largest)) }
        let logarithm = log(sum) + Double(largest)
        var loss = 0.0
        for index in 0..<count {
            let share = Double(shares[index])
            if share != 0 { loss += share * (logarithm - Double(row[index])) }
            gradient?[index] = Float((Foundation.exp(Double(row[index]) - logarithm) - share) * scale)
        }
        return loss
    }

    private func evaluate(
        _ row: UnsafePointer<Float>, _ count: Int, label: Int, _ scale: Double,
        gradient: UnsafeMutablePointer<Float>?
    ) -> Double {
        switch self {
        case .crossEntropy: Self.crossEntropy(row, count, label, scale, gradient: gradient)
        case .meanSquaredError:
            Self.squares(row, count, scale, gradient: gradient) { $0 == label ? 1 : 0 }
        case .hinge: Self.hinge(row, count, label, scale, gradient: gradient)
        }
    }

    private static func crossEntropy(
        _ row: UnsafePointer<Float>, _ count: Int, _ label: Int, _ scale: Double,
        gradient: UnsafeMutablePointer<Float>?
    ) -> Double {
        var largest = -Float.infinity
        for index in 0..<count { largest = row[index] > largest ? row[index] : largest }
        var sum = 0.0
        for index in 0..<count { sum += Foundation.exp(Double(row[index]) - Double(largest)) }
        if let gradient {
            let share = scale / sum
            for index in 0..<count {
                let probability = Foundation.exp(Double(row[index]) - Double(largest)) * share
                gradient[index] = Float(index == label ? probability - scale : probability)
            }
        }
        return log(sum) + Double(largest) - Double(row[label])
    }

    private static func hinge(
        _ row: UnsafePointer<Float>, _ count: Int, _ label: Int, _ scale: Double,
        gradient: UnsafeMutablePointer<Float>?
    ) -> Double {
        var sum = 0.0
        var violations = 0
        for index in 0..<count where index != label {
            let margin = Double(row[index]) - Double(row[label]) + 1
            // Not "margin > 0": NaN must come through.
            let isViolated = !(margin <= 0)
            if isViolated {
                sum += margin
                violations += 1
            }
            gradient?[index] = isViolated ? Float(scale) : 0
        }
        gradient?[label] = Float(-Double(violations) * scale)
        return sum
    }

    private static func squares(
        _ row: UnsafePointer<Float>, _ count: Int, _ scale: Double, gradient: UnsafeMutablePointer<Float>?,
        target: (Int) -> Double
    ) -> Double {
        var sum = 0.0
        for index in 0..<count {
            let distance = Double(row[index]) - target(index)
            sum += distance * distance
            gradient?[index] = Float(2 * distance * scale)
        }
        return sum
    }

    private static func indexOfLargest(_ row: UnsafePointer<Float>, _ count: Int) -> Int {
        var best = 0
        for index in 1..<max(1, count) where row[index] > row[best] { best = index }
        // A row of NaN has no largest output.
        return row[best].isNaN ? -1 : best
    }
}
