import Fields
import Tensors

/// What training makes small.
package enum Loss: Hashable, Sendable {
    /// -sum of q log softmax(outputs) over the classes, mean over the batch. The outputs are logits: no softmax before
    /// it. q is the target's share of each class, (1 - s) q + s / C with label smoothing s (Szegedy and others, 2016).
    case crossEntropy(labelSmoothing: Double = 0)
    /// (output - target)^2, mean over all numbers of the batch; classes count as one-hot vectors.
    case meanSquaredError
    /// Sum over the wrong classes of max(0, output - output of the right class + 1), mean over the batch; of shares of
    /// classes, the mean of the classes' losses weighted by them.
    case hinge

    /// Cross-entropy without label smoothing.
    package static var crossEntropy: Loss { .crossEntropy(labelSmoothing: 0) }

    /// The config's word.
    package var name: String { type(of: chosen).word }

    /// Evaluates the loss of a batch and the gradient of its mean.
    ///
    /// Cross-entropy and hinge need classes, or shares of them.
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
        let pieces = KernelPieces(batch, costs: 32 * outputCount)
        var sums = KernelPieces.PartialSums<Double>(repeating: 0)
        var hits = KernelPieces.PartialSums<Int>(repeating: 0)
        withUnsafeMutablePointer(to: &sums) { sums in
            withUnsafeMutablePointer(to: &hits) { hits in
                pool.run(pieces: pieces.count) { piece in
                    var sum = 0.0
                    var correct = 0
                    for example in pieces.range(piece) {
                        let row = LossRow(
                            outputs: outputs + example * outputCount, count: outputCount, scale: scale,
                            gradient: gradient.map { $0 + example * outputCount })
                        switch targets {
                        case .classes(let classes):
                            let label = Int(classes[example])
                            precondition(
                                (0..<outputCount).contains(label), "class \(label) of \(outputCount) outputs")
                            sum += evaluate(row, label: label)
                            if LossRow.indexOfLargest(row.outputs, outputCount) == label { correct += 1 }
                        case .probabilities(let shares):
                            let shares = shares + example * outputCount
                            sum += evaluate(row, shares: shares)
                            let label = LossRow.indexOfLargest(shares, outputCount)
                            if LossRow.indexOfLargest(row.outputs, outputCount) == label { correct += 1 }
                        case .values(let values):
                            precondition(self == .meanSquaredError, "\(name) needs classes, not values")
                            sum += row.squares { [values = values + example * outputCount] in Double(values[$0]) }
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

    /// The loss of one example of a class.
    func evaluate(_ row: LossRow, label: Int) -> Double {
        switch self {
        case .crossEntropy(let smoothing) where smoothing == 0: row.crossEntropy(label: label)
        case .crossEntropy(let smoothing):
            row.crossEntropy(smoothing: smoothing) { $0 == label ? 1 : 0 }
        case .meanSquaredError: row.squares { $0 == label ? 1 : 0 }
        case .hinge: row.hinge(label: label)
        }
    }

    private func evaluate(_ row: LossRow, shares: UnsafePointer<Float>) -> Double {
        switch self {
        case .crossEntropy(let smoothing): row.crossEntropy(smoothing: smoothing) { Double(shares[$0]) }
        case .meanSquaredError: row.squares { Double(shares[$0]) }
        case .hinge: row.hinge(shares: shares)
        }
    }
}

extension Loss: Alternatives {
    package static let alternatives: [Alternative<Loss>] = [
        Alternative { (loss: CrossEntropy) in .crossEntropy(labelSmoothing: loss.labelSmoothing) },
        Alternative { (_: MeanSquaredError) in .meanSquaredError },
        Alternative { (_: Hinge) in .hinge },
    ]

    package var chosen: any Written {
        switch self {
        case .crossEntropy(let smoothing): CrossEntropy(labelSmoothing: smoothing)
        case .meanSquaredError: MeanSquaredError()
        case .hinge: Hinge()
        }
    }

    private struct CrossEntropy: Written {
        var labelSmoothing = 0.0
        static let word = "crossEntropy"
        static let meaning = "-log softmax(outputs) of the right class; the outputs are logits: no softmax before it"
        static let fields: [Field<CrossEntropy>] = [
            Field(
                "labelSmoothing", \.labelSmoothing, .number(.within(0..<1)), "the share that goes to all classes alike"
            ).brief
        ]
    }

    private struct MeanSquaredError: Written {
        static let word = "mse"
        static let meaning = "(output - target)^2, the mean over all numbers; classes count as one-hot vectors"
        static let fields: [Field<MeanSquaredError>] = []
    }

    private struct Hinge: Written {
        static let word = "hinge"
        static let meaning = "sum over the wrong classes of max(0, output - output of the right class + 1)"
        static let fields: [Field<Hinge>] = []
    }
}
