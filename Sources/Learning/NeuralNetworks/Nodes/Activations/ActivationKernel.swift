import Tensors

/// The elementwise nonlinearities and their derivatives.
///
/// Each loop is a function of its own: in one large function the compiler would leave the calls of elementary functions
/// in the loops.
enum ActivationKernel {
    // Klambauer and others, "Self-normalizing neural networks", 2017.
    private static let seluAlpha: Float = 1.673_263_2
    private static let seluScale: Float = 1.050_701
    private static let halfRoot: Float = 0.707_106_78
    private static let normalDensity: Float = 0.398_942_28

    /// Where a loop reads and writes.
    typealias Source = UnsafePointer<Float>
    typealias Target = UnsafeMutablePointer<Float>

    static func forward(_ activation: Activation, _ input: Source, into result: Target, _ range: Range<Int>) {
        switch activation {
        case .relu: relu(input, result, range)
        case .leakyRelu(let slope): leakyRelu(Float(slope), input, result, range)
        case .elu(let alpha): elu(Float(alpha), 1, input, result, range)
        case .selu: elu(seluAlpha, seluScale, input, result, range)
        case .gelu: gelu(input, result, range)
        case .sigmoid: sigmoid(input, result, range)
        case .tanh: tanh(input, result, range)
        case .prelu, .softmax, .maxout: preconditionFailure("\(activation.name) has a node of its own")
        }
    }

    /// - Parameter kept: The input of leakyRelu, elu and gelu, the output of the others.
    static func backward(
        _ activation: Activation, _ kept: Source, _ upstream: Source, into downstream: Target, _ range: Range<Int>
    ) {
        switch activation {
        case .relu: reluGradient(kept, upstream, downstream, range)
        case .leakyRelu(let slope): leakyReluGradient(Float(slope), kept, upstream, downstream, range)
        case .elu(let alpha): eluGradient(Float(alpha), kept, upstream, downstream, range)
        case .selu: seluGradient(kept, upstream, downstream, range)
        case .gelu: geluGradient(kept, upstream, downstream, range)
        case .sigmoid: sigmoidGradient(kept, upstream, downstream, range)
        case .tanh: tanhGradient(kept, upstream, downstream, range)
        case .prelu, .softmax, .maxout: preconditionFailure("\(activation.name) has a node of its own")
        }
    }

    @inline(never)
    private static func relu(_ input: Source, _ result: Target, _ range: Range<Int>) {
        VectorLoop.map(input, into: result, range) { VectorMath.select($0 .< 0, 0, $0) }
    }

    @inline(never)
    private static func leakyRelu(_ slope: Float, _ input: Source, _ result: Target, _ range: Range<Int>) {
        VectorLoop.map(input, into: result, range) { VectorMath.select($0 .< 0, $0 * slope, $0) }
    }

    @inline(never)
    private static func elu(
        _ alpha: Float, _ scale: Float, _ input: Source, _ result: Target, _ range: Range<Int>
    ) {
        VectorLoop.map(input, into: result, range) {
            VectorMath.select($0 .< 0, exponential($0) * alpha, $0) * scale
        }
    }

    @inline(never)
    private static func gelu(_ input: Source, _ result: Target, _ range: Range<Int>) {
        VectorLoop.map(input, into: result, range) { $0 * normalDistribution($0) }
    }

    @inline(never)
    private static func sigmoid(_ input: Source, _ result: Target, _ range: Range<Int>) {
        VectorLoop.map(input, into: result, range) { VectorMath.sigmoid($0) }
    }

    @inline(never)
    private static func tanh(_ input: Source, _ result: Target, _ range: Range<Int>) {
        VectorLoop.map(input, into: result, range) { VectorMath.tanh($0) }
    }

    @inline(never)
    private static func reluGradient(
        _ kept: Source, _ upstream: Source, _ downstream: Target, _ range: Range<Int>
    ) {
        VectorLoop.map(kept, upstream, into: downstream, range) { y, dy in VectorMath.select(y .<= 0, 0, dy) }
    }

    @inline(never)
    private static func leakyReluGradient(
        _ slope: Float, _ kept: Source, _ upstream: Source, _ downstream: Target, _ range: Range<Int>
    ) {
        VectorLoop.map(kept, upstream, into: downstream, range) { x, dy in VectorMath.select(x .> 0, dy, dy * slope) }
    }

    @inline(never)
    private static func eluGradient(
        _ alpha: Float, _ kept: Source, _ upstream: Source, _ downstream: Target, _ range: Range<Int>
    ) {
        VectorLoop.map(kept, upstream, into: downstream, range) { x, dy in
            VectorMath.select(x .> 0, dy, dy * (VectorMath.exp(VectorMath.clamp(x, -88, 0)) * alpha))
        }
    }

    @inline(never)
    private static func seluGradient(
        _ kept: Source, _ upstream: Source, _ downstream: Target, _ range: Range<Int>
    ) {
        // Below 0, scale alpha e^x = y + scale alpha.
        let (scale, floor) = (seluScale, seluScale * seluAlpha)
        VectorLoop.map(kept, upstream, into: downstream, range) { y, dy in
            dy * VectorMath.select(y .> 0, scale, y + floor)
        }
    }

    @inline(never)
    private static func geluGradient(
        _ kept: Source, _ upstream: Source, _ downstream: Target, _ range: Range<Int>
    ) {
        VectorLoop.map(kept, upstream, into: downstream, range) { x, dy in
            let density = VectorMath.exp(x * x * -0.5) * normalDensity
            return dy * VectorMath.fma(x, density, normalDistribution(x))
        }
    }

    @inline(never)
    private static func sigmoidGradient(
        _ kept: Source, _ upstream: Source, _ downstream: Target, _ range: Range<Int>
    ) {
        VectorLoop.map(kept, upstream, into: downstream, range) { y, dy in dy * (y * (1 - y)) }
    }

    @inline(never)
    private static func tanhGradient(
        _ kept: Source, _ upstream: Source, _ downstream: Target, _ range: Range<Int>
    ) {
        VectorLoop.map(kept, upstream, into: downstream, range) { y, dy in dy * (1 - y * y) }
    }

    /// e^x - 1 for x <= 0 (other lanes are not used); near 0 by e^x - 1 = tanh(x/2) (e^x + 1), which cancels nothing.
    @inline(__always)
    private static func exponential(_ x: FloatVector) -> FloatVector {
        let power = VectorMath.exp(VectorMath.clamp(x, -88, 0))
        return VectorMath.select(x .< -1, power - 1, VectorMath.tanh(x * 0.5) * (power + 1))
    }

    /// (1 + erf(x / sqrt 2)) / 2
    @inline(__always)
    private static func normalDistribution(_ x: FloatVector) -> FloatVector {
        VectorMath.fma(VectorMath.erf(x * halfRoot), 0.5, FloatVector(repeating: 0.5))
    }
}
