import Foundation
import Tensors

/// Adds normal noise of mean 0 to every value in training; hands everything on in evaluation.
///
/// Values e and e + 1 (e even) of layer l in step s come from the block at counter (e / 2, l, s), by Box and Muller.
final class GaussianNoiseNode: UnaryNode, RandomizedNode {
    let place: NodePlace
    let traits: NodeTraits = .elementwise
    /// A standard normal number for each value of the batch.
    var supplied: FloatBuffer?
    private let std: Float
    private let count: Int

    init(_ place: NodePlace, std: Double) {
        self.place = place
        count = place.outputShape.count
        self.std = Float(std)
    }

    func forward(_ pass: Pass) {
        let (std, supplied, layer) = (std, supplied, UInt32(truncatingIfNeeded: output))
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        let isActive = pass.context.mode == .training && std > 0
        let generator = Philox(seed: pass.context.seed, purpose: .noise)
        let step = UInt64(bitPattern: Int64(pass.context.step))
        let stepWords = SIMD2(UInt32(truncatingIfNeeded: step), UInt32(truncatingIfNeeded: step >> 32))
        let pieces = KernelPieces(pass.batch * count, unit: 64)
        pass.pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            if !isActive {
                VectorLoop.map(input, into: result, range) { $0 }
            } else if let supplied {
                VectorLoop.map(input, supplied.pointer, into: result, range) { VectorMath.fma($1, std, $0) }
            } else {
                for index in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
                    let block = generator.block(
                        SIMD4(UInt32(truncatingIfNeeded: index / 2), layer, stepWords.x, stepWords.y))
                    // (w + 1/2) / 2^32 is never 0.
                    let radius = (-2 * log((Double(block.x) + 0.5) * 0x1p-32)).squareRoot()
                    let angle = 2 * Double.pi * Double(block.y) * 0x1p-32
                    result[index] = input[index] + std * Float(radius * cos(angle))
                    if index + 1 < range.upperBound {
                        result[index + 1] = input[index + 1] + std * Float(radius * sin(angle))
                    }
                }
            }
        }
    }

    func backward(_ pass: Pass) {
        guard let downstream = pass.gradients[inputs[0]] else { return }
        let upstream = pass.gradient(output)
        guard upstream != UnsafePointer(downstream) else { return }
        let pieces = KernelPieces(pass.batch * count, unit: 64)
        pass.pool.run(pieces: pieces.count) { piece in
            VectorLoop.map(upstream, into: downstream, pieces.range(piece)) { $0 }
        }
    }
}
