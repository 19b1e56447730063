import Tensors

/// The sum of a residual block: what the body made plus what the shortcut handed on.
///
/// The gradient goes to both as it is; where the memory plan gave the body's the memory of the sum's, nothing moves.
final class SumNode: JoinNode {
    let place: NodePlace
    let traits: NodeTraits = .elementwise

    /// - Parameter place: Reads the body first, then the shortcut.
    init(_ place: NodePlace) { self.place = place }

    func forward(_ pass: Pass) {
        let (body, shortcut) = (pass.value(inputs[0]), pass.value(inputs[1]))
        let result = pass.values[output]
        let pieces = KernelPieces(pass.batch * outputShape.count, unit: 64)
        pass.pool.sweep(pieces: pieces.count) { piece, _ in
            VectorLoop.map(body, shortcut, into: result, pieces.range(piece)) { $0 + $1 }
        }
    }

    func backward(_ pass: Pass, position: Int) {
        guard let downstream = pass.gradients[inputs[position]] else { return }
        let adds = pass.adds
        let upstream = pass.gradient(output)
        guard upstream != UnsafePointer(downstream) else { return }
        let pieces = KernelPieces(pass.batch * outputShape.count, unit: 64)
        pass.pool.sweep(pieces: pieces.count) { piece, _ in
            if adds {
                VectorLoop.map(downstream, upstream, into: downstream, pieces.range(piece)) { $0 + $1 }
            } else {
                VectorLoop.map(upstream, into: downstream, pieces.range(piece)) { $0 }
            }
        }
    }
}
