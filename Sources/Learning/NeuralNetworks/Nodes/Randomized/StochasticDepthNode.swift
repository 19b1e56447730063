import Tensors

/// Stochastic depth: in training the body of a residual block is dropped for an example with probability p and scaled
/// by 1 / (1 - p) otherwise (Huang and others, 2016; the mode "row" of torchvision).
final class StochasticDepthNode: UnaryNode, RandomizedNode {
    let place: NodePlace
    let traits: NodeTraits = .elementwise
    /// 0 or 1 for each example of the batch.
    var supplied: FloatBuffer?
    private let count: Int
    private let mask: RandomMask

    init(_ place: NodePlace, probability: Double, maximumBatch: Int) {
        self.place = place
        count = place.outputShape.count
        mask = RandomMask(count: maximumBatch, probability: probability, purpose: .stochasticDepth)
    }

    var workspaceBytes: Int { 4 * mask.values.count }

    func forward(_ pass: Pass) {
        if mask.isActive(pass) { mask.draw(0..<pass.batch, pass.context, layer: output, supplied: supplied) }
        scale(pass, pass.value(inputs[0]), into: pass.values[output])
    }

    func backward(_ pass: Pass) {
        guard let downstream = pass.gradients[inputs[0]] else { return }
        scale(pass, pass.gradient(output), into: downstream)
    }

    private func scale(_ pass: Pass, _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>) {
        let (count, isActive, mask) = (count, mask.isActive(pass), mask.values.pointer)
        let pieces = KernelPieces(pass.batch, costs: count)
        pass.pool.run(pieces: pieces.count) { piece in
            for example in pieces.range(piece) {
                let factor = isActive ? mask[example] : 1
                let range = example * count..<(example + 1) * count
                // Not times 0: what was dropped may be infinite.
                if factor == 0 {
                    (target + range.lowerBound).update(repeating: 0, count: count)
                } else {
                    VectorLoop.map(source, into: target, range) { $0 * factor }
                }
            }
        }
    }
}
