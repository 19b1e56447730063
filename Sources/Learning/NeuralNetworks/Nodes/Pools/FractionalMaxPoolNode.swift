import Tensors

/// Max pooling over windows at pseudo-random, overlapping places (Graham, 2014), computed as PyTorch does.
///
/// Two numbers u in [0, 1) a map decide where its windows begin, the first along the width, the second along the
/// height: window i at int((i + u) a) - int(u a) with a = (input - window) / (outputs - 1), the last one at the end.
/// In training they are drawn anew each step, map m of layer l in step s from the block at counter (m, l, s); in
/// evaluation, where PyTorch draws too, u = 1/2, so that the same picture always gets the same answer.
final class FractionalMaxPoolNode: UnaryNode, RandomizedNode {
    let place: NodePlace
    let traits: NodeTraits = []
    /// PyTorch's `_random_samples`, `[batch, channels, 2]`; used in evaluation too.
    var supplied: FloatBuffer?
    private let height: Int
    private let width: Int
    private let size: Extent2
    /// Index of each output's source within its map.
    private let sources: UnsafeMutableBufferPointer<Int32>

    /// - Parameter input: Shape of the pictures that come in.
    init(_ place: NodePlace, input: Shape, size: Extent2, maximumBatch: Int) {
        self.place = place
        height = input[1]
        width = input[2]
        self.size = size
        sources = .allocate(capacity: maximumBatch * place.outputShape.count)
        sources.initialize(repeating: 0)
    }

    deinit { sources.deallocate() }

    var workspaceBytes: Int { 4 * sources.count }

    /// Where window `index` of an axis begins; single precision, as in PyTorch.
    static func start(_ index: Int, sample: Float, extent: Int, outputs: Int, window: Int) -> Int {
        guard index < outputs - 1 else { return extent - window }
        let alpha = Float(extent - window) / Float(outputs - 1)
        return Int((Float(index) + sample) * alpha) - Int(sample * alpha)
    }

    func forward(_ pass: Pass) {
        let (height, width, size, supplied, layer) = (height, width, size, supplied, UInt32(truncatingIfNeeded: output))
        let (rows, columns, channels) = (outputShape[1], outputShape[2], outputShape[0])
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        guard let sources = sources.baseAddress else { return }
        let isTraining = pass.context.mode == .training
        let generator = Philox(seed: pass.context.seed, purpose: .fractionalPooling)
        let step = UInt64(bitPattern: Int64(pass.context.step))
        let stepWords = SIMD2(UInt32(truncatingIfNeeded: step), UInt32(truncatingIfNeeded: step >> 32))
        let maps = KernelPieces(pass.batch * channels, costs: rows * columns * size.area)
        pass.pool.run(pieces: maps.count) { piece in
            for map in maps.range(piece) {
                var samples = SIMD2<Float>(repeating: 0.5)
                if let supplied {
                    samples = SIMD2(supplied.pointer[2 * map], supplied.pointer[2 * map + 1])
                } else if isTraining {
                    let block = generator.block(
                        SIMD4(UInt32(truncatingIfNeeded: map), layer, stepWords.x, stepWords.y))
                    // 24 bits, so that single precision holds them below 1.
                    samples = SIMD2(Float(block.x >> 8), Float(block.y >> 8)) * 0x1p-24
                }
                let source = input + map * height * width
                for row in 0..<rows {
                    let top = Self.start(row, sample: samples.y, extent: height, outputs: rows, window: size.height)
                    for column in 0..<columns {
                        let left = Self.start(
                            column, sample: samples.x, extent: width, outputs: columns, window: size.width)
                        let largest = WindowMaximum(
                            source, width: width, top..<top + size.height, left..<left + size.width)
                        let target = (map * rows + row) * columns + column
                        result[target] = largest.value
                        sources[target] = Int32(truncatingIfNeeded: largest.source)
                    }
                }
            }
        }
    }

    func backward(_ pass: Pass) {
        guard let downstream = pass.gradients[inputs[0]], let sources = sources.baseAddress else { return }
        let (plane, places) = (height * width, outputShape[1] * outputShape[2])
        let upstream = pass.gradient(output)
        let maps = KernelPieces(pass.batch * outputShape[0], costs: plane)
        pass.pool.run(pieces: maps.count) { piece in
            for map in maps.range(piece) {
                WindowMaximum.spread(
                    upstream + map * places, sources + map * places, count: places, into: downstream + map * plane,
                    plane: plane)
            }
        }
    }
}
