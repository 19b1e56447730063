import Tensors

/// Inverted dropout: in training a value is 0 with probability p and scaled by 1 / (1 - p) otherwise.
final class DropoutNode: UnaryNode, RandomizedNode {
    let place: NodePlace
    let traits: NodeTraits = .elementwise
    /// 0 or 1 for each value of the batch.
    var supplied: FloatBuffer?
    /// The probability that the model began with.
    let planned: Double
    private let count: Int
    private let mask: RandomMask

    init(_ place: NodePlace, probability: Double, maximumBatch: Int) {
        self.place = place
        planned = probability
        count = place.outputShape.count
        mask = RandomMask(count: maximumBatch * count, probability: probability)
    }

    /// That a value is dropped; a mask is made where none was needed before.
    var probability: Double {
        get { mask.probability }
        set { mask.probability = newValue }
    }

    var workspaceBytes: Int { 4 * mask.values.count }

    func forward(_ pass: Pass) {
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        let isActive = mask.isActive(pass)
        let (mask, supplied, layer) = (mask, supplied, output)
        let pieces = KernelPieces(pass.batch * count, unit: 64)
        pass.pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            guard isActive else {
                VectorLoop.map(input, into: result, range) { $0 }
                return
            }
            mask.draw(range, pass.context, layer: layer, supplied: supplied)
            VectorLoop.map(input, mask.values.pointer, into: result, range) { $0 * $1 }
        }
    }

    func backward(_ pass: Pass) {
        guard let downstream = pass.gradients[inputs[0]] else { return }
        let upstream = pass.gradient(output)
        let isActive = mask.isActive(pass)
        let mask = mask.values.pointer
        let pieces = KernelPieces(pass.batch * count, unit: 64)
        pass.pool.run(pieces: pieces.count) { piece in
            if isActive {
                VectorLoop.map(upstream, mask, into: downstream, pieces.range(piece)) { $0 * $1 }
            } else {
                VectorLoop.map(upstream, into: downstream, pieces.range(piece)) { $0 }
            }
        }
    }
}
