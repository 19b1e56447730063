import Tensors

/// y = scale (x - mean) / sqrt(variance + eps) + shift, with mean and (biased) variance over groups of neighbouring
/// numbers of one example; the same in training and evaluation.
///
/// Layer norm (Ba and others, 2016) has one group an example, and scale and shift for each number. Instance norm
/// (Ulyanov and others, 2016) has one group a map, and scale and shift for each map.
final class LayerNormNode: UnaryNode {
    let place: NodePlace
    let traits: NodeTraits = .readsInput
    let role = NodeRole.normalization
    let parameterSegments: [Int]
    /// Groups of an example, and numbers of a group.
    private let groups: Int
    private let size: Int
    /// Whether a group shares one scale and shift.
    private let isPerMap: Bool
    private let eps: Double
    private let scale: Parameter
    private let shift: Parameter
    /// Mean and 1 / sqrt(variance + eps) of each group, from the forward pass.
    private let means: FloatBuffer
    private let factors: FloatBuffer

    /// - Parameter isPerMap: Whether it is instance norm.
    init(
        _ place: NodePlace, isPerMap: Bool, eps: Double, scale: Parameter, shift: Parameter, maximumBatch: Int
    ) {
        self.place = place
        let shape = place.outputShape
        groups = isPerMap ? shape[0] : 1
        size = shape.count / groups
        self.isPerMap = isPerMap
        self.eps = eps
        self.scale = scale
        self.shift = shift
        parameterSegments = [scale.index, shift.index]
        means = FloatBuffer(count: maximumBatch * groups)
        factors = FloatBuffer(count: maximumBatch * groups)
    }

    var multiplyAdds: Int { outputShape.count }
    var workspaceBytes: Int { 4 * (means.count + factors.count) }

    func forward(_ pass: Pass) {
        let (groups, size, eps, isPerMap) = (groups, size, eps, isPerMap)
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        let (scale, shift) = (pass.parameter(scale), pass.parameter(shift))
        let (means, factors) = (means.pointer, factors.pointer)
        let pieces = KernelPieces(pass.batch * groups, costs: 3 * size)
        pass.pool.run(pieces: pieces.count) { piece in
            for group in pieces.range(piece) {
                let (source, target) = (input + group * size, result + group * size)
                let mean = Float(VectorSums.sum(source, 0..<size) / Double(size))
                let variance = VectorSums.squares(source, 0..<size, around: mean) / Double(size)
                let factor = Float(1 / (variance + eps).squareRoot())
                means[group] = mean
                factors[group] = factor
                if isPerMap {
                    let (gain, offset) = (scale[group % groups] * factor, shift[group % groups])
                    VectorLoop.map(source, into: target, 0..<size) {
                        VectorMath.fma($0 - mean, gain, FloatVector(repeating: offset))
                    }
                } else {
                    Self.scale(source, scale, shift, mean, factor, into: target, size)
                }
            }
        }
    }

    @inline(__always)
    private static func scale(
        _ source: UnsafePointer<Float>, _ scale: UnsafePointer<Float>, _ shift: UnsafePointer<Float>, _ mean: Float,
        _ factor: Float, into target: UnsafeMutablePointer<Float>, _ size: Int
    ) {
        var index = 0
        while index < size {
            let lanes = min(16, size - index)
            let normal = (source.lanes(at: index, count: lanes) - mean) * factor
            let value = VectorMath.fma(
                normal, scale.lanes(at: index, count: lanes), shift.lanes(at: index, count: lanes))
            target.setLanes(value, at: index, count: lanes)
            index += 16
        }
    }

    func backward(_ pass: Pass) {
        parameterGradients(pass)
        guard let downstream = pass.gradients[inputs[0]] else { return }
        let (groups, size, isPerMap) = (groups, size, isPerMap)
        let input = pass.value(inputs[0])
        let upstream = pass.gradient(output)
        let scale = pass.parameter(scale)
        let (means, factors) = (means.pointer, factors.pointer)
        let pieces = KernelPieces(pass.batch * groups, costs: 4 * size)
        pass.pool.run(pieces: pieces.count) { piece in
            for group in pieces.range(piece) {
                let (source, target) = (input + group * size, downstream + group * size)
                let incoming = upstream + group * size
                let (mean, factor) = (means[group], factors[group])
                let mapScale = FloatVector(repeating: scale[group % groups])
                // dx = factor (g - mean(g) - normal mean(g normal)) with g = dy scale, normal = (x - mean) factor.
                func term(_ index: Int, _ lanes: Int) -> (gradient: FloatVector, normal: FloatVector) {
                    let gain = isPerMap ? mapScale : scale.lanes(at: index, count: lanes)
                    return (
                        incoming.lanes(at: index, count: lanes) * gain,
                        (source.lanes(at: index, count: lanes) - mean) * factor
                    )
                }
                let first = VectorSums.sum(0..<size) {
                    term($0, 16).gradient
                } rest: {
                    term($0, $1).gradient
                }
                let second = VectorSums.sum(0..<size) {
                    let (gradient, normal) = term($0, 16)
                    return gradient * normal
                } rest: {
                    // Beyond the end the gradient is 0.
                    let (gradient, normal) = term($0, $1)
                    return gradient * normal
                }
                let (firstMean, secondMean) = (Float(first / Double(size)), Float(second / Double(size)))
                var index = 0
                while index < size {
                    let lanes = min(16, size - index)
                    let (gradient, normal) = term(index, lanes)
                    let value = VectorMath.fma(-normal, secondMean, gradient - firstMean) * factor
                    target.setLanes(value, at: index, count: lanes)
                    index += 16
                }
            }
        }
    }

    /// d scale = sum of dy (x - mean) factor, d shift = sum of dy, over the batch and the places of a map.
    private func parameterGradients(_ pass: Pass) {
        let (groups, size, width) = (groups, size, groups * size)
        let input = pass.value(inputs[0])
        let upstream = pass.gradient(output)
        let (scaleGradient, shiftGradient) = (pass.parameterGradient(scale), pass.parameterGradient(shift))
        let (means, factors, batch) = (means.pointer, factors.pointer, pass.batch)
        guard !isPerMap else {
            let pieces = KernelPieces(groups, costs: 2 * size * batch)
            pass.pool.run(pieces: pieces.count) { piece in
                for map in pieces.range(piece) {
                    var (scaleSum, shiftSum) = (0.0, 0.0)
                    for example in 0..<batch {
                        let group = example * groups + map
                        let incoming = upstream + group * size
                        shiftSum += VectorSums.sum(incoming, 0..<size)
                        let products = VectorSums.products(
                            incoming, input + group * size, 0..<size, around: means[group])
                        scaleSum += products * Double(factors[group])
                    }
                    scaleGradient[map] = Float(scaleSum)
                    shiftGradient[map] = Float(shiftSum)
                }
            }
            return
        }
        let pieces = KernelPieces(width, unit: 16, costs: 2 * batch)
        pass.pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            for index in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
                let lanes = min(16, range.upperBound - index)
                var (scaleSum, shiftSum) = (SIMD16<Double>(), SIMD16<Double>())
                for example in 0..<batch {
                    let incoming = upstream.lanes(at: example * width + index, count: lanes)
                    let distance = input.lanes(at: example * width + index, count: lanes) - means[example]
                    shiftSum += SIMD16<Double>(incoming)
                    scaleSum += SIMD16<Double>(incoming * (distance * factors[example]))
                }
                scaleGradient.setLanes(FloatVector(scaleSum), at: index, count: lanes)
                shiftGradient.setLanes(FloatVector(shiftSum), at: index, count: lanes)
            }
        }
    }
}
