import Tensors

/// Inverted dropout: in training a value is 0 with probability p and scaled by 1 / (1 - p) otherwise.
///
/// Element e of layer l in step s uses word e mod 4 of the block at counter (e / 4, l, s): the mask depends on nothing
/// else, and backward reads the one that forward stored.
final class DropoutNode: Node {
    let name: String
    let kind = "dropout"
    let inputs: [Int]
    let output: Int
    let outputShape: Shape
    let traits: NodeTraits = .elementwise
    private let probability: Double
    private let count: Int
    /// 0, or 1 / (1 - p), for each value.
    private let mask: FloatBuffer

    init(name: String, input: Int, output: Int, shape: Shape, probability: Double, maximumBatch: Int) {
        self.name = name
        inputs = [input]
        self.output = output
        outputShape = shape
        count = shape.count
        self.probability = probability
        mask = FloatBuffer(count: probability > 0 ? maximumBatch * shape.count : 0)
    }

    var workspaceBytes: Int { 4 * mask.count }

    private func isActive(_ pass: Pass) -> Bool { pass.context.mode == .training && probability > 0 }

    func forward(_ pass: Pass) {
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        let isActive = isActive(pass)
        let mask = mask.pointer
        let generator = Philox(seed: pass.context.seed, purpose: .dropout)
        let step = UInt64(bitPattern: Int64(pass.context.step))
        let stepWords = SIMD2(UInt32(truncatingIfNeeded: step), UInt32(truncatingIfNeeded: step >> 32))
        let layer = UInt32(truncatingIfNeeded: output)
        let scale = probability < 1 ? Float(1 / (1 - probability)) : 0
        // Words below the threshold drop; p = 1 drops them all.
        let threshold = UInt64(probability * 0x1p32)
        let pieces = KernelPieces(pass.batch * count, unit: 64)
        pass.pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            guard isActive else {
                VectorLoop.map(input, into: result, range) { $0 }
                return
            }
            var index = range.lowerBound
            while index < range.upperBound {
                let block = generator.block(
                    SIMD4(UInt32(truncatingIfNeeded: index / 4), layer, stepWords.x, stepWords.y))
                for word in 0..<min(4, range.upperBound - index) {
                    mask[index + word] = UInt64(block[word]) < threshold ? 0 : scale
                }
                index += 4
            }
            VectorLoop.map(input, mask, into: result, range) { $0 * $1 }
        }
    }

    func backward(_ pass: Pass) {
        guard let downstream = pass.gradients[inputs[0]] else { return }
        let upstream = pass.gradient(output)
        let isActive = isActive(pass)
        let mask = mask.pointer
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
