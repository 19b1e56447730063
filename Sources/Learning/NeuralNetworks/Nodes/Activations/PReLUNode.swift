import Tensors

/// x above 0, slope x below, with one learned slope.
final class PReLUNode: UnaryNode {
    let place: NodePlace
    let traits: NodeTraits = [.readsInput, .elementwise]
    let role = NodeRole.activation(.prelu)
    let parameterSegments: [Int]
    private let slope: Parameter
    private let count: Int
    /// One partial sum of the slope's gradient a piece.
    private let partials: UnsafeMutablePointer<Double>

    init(_ place: NodePlace, slope: Parameter) {
        self.place = place
        count = place.outputShape.count
        self.slope = slope
        parameterSegments = [slope.index]
        partials = .allocate(capacity: KernelPieces.most)
        partials.initialize(repeating: 0, count: KernelPieces.most)
    }

    deinit { partials.deallocate() }

    func forward(_ pass: Pass) {
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        let slope = pass.parameter(slope)[0]
        let pieces = KernelPieces(pass.batch * count, unit: 64)
        pass.pool.run(pieces: pieces.count) { piece in
            VectorLoop.map(input, into: result, pieces.range(piece)) { VectorMath.select($0 .> 0, $0, $0 * slope) }
        }
    }

    func backward(_ pass: Pass) {
        let input = pass.value(inputs[0])
        let upstream = pass.gradient(output)
        let downstream = pass.gradients[inputs[0]]
        let slopeValue = pass.parameter(slope)[0]
        let partials = partials
        let pieces = KernelPieces(pass.batch * count, unit: 64)
        pass.pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            partials[piece] = VectorSums.sum(range) {
                VectorMath.clamp(input.vector(at: $0), -.infinity, 0) * upstream.vector(at: $0)
            } rest: {
                VectorMath.clamp(input.partialVector(at: $0, count: $1), -.infinity, 0)
                    * upstream.partialVector(at: $0, count: $1)
            }
            guard let downstream else { return }
            VectorLoop.map(input, upstream, into: downstream, range) { x, dy in
                VectorMath.select(x .> 0, dy, dy * slopeValue)
            }
        }
        var sum = 0.0
        for piece in 0..<pieces.count { sum += partials[piece] }
        pass.parameterGradient(slope)[0] = Float(sum)
    }
}
