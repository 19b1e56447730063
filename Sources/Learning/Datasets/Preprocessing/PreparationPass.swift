import Tensors

/// Applies fitted steps to rows of a batch; an example gets the same bits whatever lies beside it.
struct PreparationPass: Sendable {
    private let steps: [FittedPreprocessing]
    /// Numbers of an example before and after.
    let inputLength: Int
    let outputLength: Int
    private let widest: Int
    /// Whether each number stays in its place, so that rows are changed where they are.
    let isInPlace: Bool

    /// Rows that are worked on at once.
    static let panel = 16

    init(_ steps: [FittedPreprocessing], inputShape: Shape) {
        self.steps = steps
        isInPlace = steps.allSatisfy { !$0.preprocessing.isRotation }
        inputLength = inputShape.count
        outputLength = steps.last?.outputShape.count ?? inputLength
        widest = steps.reduce(inputLength) { max($0, $1.outputShape.count) }
    }

    /// Numbers that `apply` needs to work in; 0 where it works in place.
    var scratchCount: Int { isInPlace ? 0 : 2 * Self.panel * widest }

    /// Changes `count` rows of `rows` into rows of `target`, which is the same memory where the pass works in place.
    func apply(
        _ rows: UnsafeMutablePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        guard !isInPlace else {
            if rows != target { target.update(from: rows, count: count * inputLength) }
            for step in steps { step.applyInPlace(to: target, count: count) }
            return
        }
        for first in stride(from: 0, to: count, by: Self.panel) {
            applyPanel(
                rows + first * inputLength, min(Self.panel, count - first), target + first * outputLength, scratch)
        }
    }

    private func applyPanel(
        _ rows: UnsafeMutablePointer<Float>, _ count: Int, _ target: UnsafeMutablePointer<Float>,
        _ scratch: UnsafeMutablePointer<Float>
    ) {
        var (current, other) = (scratch, scratch + Self.panel * widest)
        current.update(from: rows, count: count * inputLength)
        for step in steps {
            if step.preprocessing.isRotation {
                rotate(step, current, count, into: other)
                swap(&current, &other)
            } else {
                step.applyInPlace(to: current, count: count)
            }
        }
        target.update(from: current, count: count * outputLength)
    }

    private func rotate(
        _ step: FittedPreprocessing, _ rows: UnsafeMutablePointer<Float>, _ count: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        let (features, outputs) = (step.inputShape.count, step.outputShape.count)
        step.means.withUnsafeBufferPointer { means in
            for example in 0..<count {
                let row = rows + example * features
                for feature in 0..<features { row[feature] -= means[feature] }
            }
        }
        // A product for each row: within a larger one, some kernels add a row up in another order than its neighbours.
        step.matrix.withUnsafeBufferPointer { matrix in
            for example in 0..<count {
                MatrixProduct.multiply(
                    rows: 1, columns: outputs, inner: features,
                    MatrixFactor(rows + example * features, leading: features),
                    MatrixFactor(matrix.baseAddress!, leading: features, isTransposed: true),
                    into: MatrixResult(target + example * outputs, leading: outputs))
            }
        }
    }
}
