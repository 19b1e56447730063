import Tensors

/// Puts the outputs of parallel branches one after the other along their first axis: channels, or features.
final class ConcatNode: JoinNode {
    let place: NodePlace
    let traits: NodeTraits = []
    /// Numbers of one example of each input, and where they begin in the output.
    private let counts: [Int]
    private let offsets: [Int]

    /// - Parameter shapes: Those of the inputs; alike but for the first extent.
    init(_ place: NodePlace, shapes: [Shape]) {
        self.place = place
        counts = shapes.map(\.count)
        offsets = shapes.indices.map { index in shapes[..<index].reduce(0) { $0 + $1.count } }
    }

    func forward(_ pass: Pass) {
        for (position, input) in inputs.enumerated() {
            let (count, offset, width) = (counts[position], offsets[position], outputShape.count)
            let source = pass.value(input)
            let result = pass.values[output]
            let pieces = KernelPieces(pass.batch, costs: count)
            pass.pool.run(pieces: pieces.count) { piece in
                for example in pieces.range(piece) {
                    (result + example * width + offset).update(from: source + example * count, count: count)
                }
            }
        }
    }

    func backward(_ pass: Pass, position: Int) {
        guard let downstream = pass.gradients[inputs[position]] else { return }
        let adds = pass.adds
        let (count, offset, width) = (counts[position], offsets[position], outputShape.count)
        let upstream = pass.gradient(output)
        let pieces = KernelPieces(pass.batch, costs: count)
        pass.pool.run(pieces: pieces.count) { piece in
            for example in pieces.range(piece) {
                let (target, source) = (downstream + example * count, upstream + example * width + offset)
                if adds {
                    VectorLoop.map(target, source, into: target, 0..<count) { $0 + $1 }
                } else {
                    target.update(from: source, count: count)
                }
            }
        }
    }
}
