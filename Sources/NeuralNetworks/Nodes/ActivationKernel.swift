import Tensors

/// The elementwise nonlinearities and their derivatives.
enum ActivationKernel {
    // Klambauer and others, "Self-normalizing neural networks", 2017.
    private static let seluAlpha: Float = 1.673_263_2
    private static let seluScale: Float = 1.050_701
    private static let halfRoot: Float = 0.707_106_78
    private static let normalDensity: Float = 0.398_942_28

    static func forward(
        _ activation: Activation, _ input: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
        _ range: Range<Int>
    ) {
        switch activation {
        case .relu:
            VectorLoop.map(input, into: result, range) { VectorMath.select($0 .< 0, 0, $0) }
        case .leakyRelu(let slope):
            let slope = Float(slope)
            VectorLoop.map(input, into: result, range) { VectorMath.select($0 .< 0, $0 * slope, $0) }
        case .elu(let alpha):
            let alpha = Float(alpha)
            VectorLoop.map(input, into: result, range) { VectorMath.select($0 .< 0, exponential($0) * alpha, $0) }
        case .selu:
            let (alpha, scale) = (seluAlpha, seluScale)
            VectorLoop.map(input, into: result, range) {
                VectorMath.select($0 .< 0, exponential($0) * alpha, $0) * scale
            }
        case .gelu:
            VectorLoop.map(input, into: result, range) { $0 * normalDistribution($0) }
        case .sigmoid:
            VectorLoop.map(input, into: result, range) { VectorMath.sigmoid($0) }
        case .tanh:
            VectorLoop.map(input, into: result, range) { VectorMath.tanh($0) }
        case .prelu, .softmax, .maxout:
            preconditionFailure("\(activation.name) has a node of its own")
        }
    }

    /// - Parameter kept: The input of leakyRelu, elu and gelu, the output of the others.
    static func backward(
        _ activation: Activation, _ kept: UnsafePointer<Float>, _ upstream: UnsafePointer<Float>,
        into downstream: UnsafeMutablePointer<Float>, _ range: Range<Int>
    ) {
        switch activation {
        case .relu:
            VectorLoop.map(kept, upstream, into: downstream, range) { y, dy in VectorMath.select(y .<= 0, 0, dy) }
        case .leakyRelu(let slope):
            let slope = Float(slope)
            VectorLoop.map(kept, upstream, into: downstream, range) { x, dy in
                VectorMath.select(x .> 0, dy, dy * slope)
            }
        case .elu(let alpha):
            let alpha = Float(alpha)
            VectorLoop.map(kept, upstream, into: downstream, range) { x, dy in
                VectorMath.select(x .> 0, dy, dy * (VectorMath.exp(VectorMath.clamp(x, -88, 0)) * alpha))
            }
        case .selu:
            // Below 0, scale alpha e^x = y + scale alpha.
            let (scale, floor) = (seluScale, seluScale * seluAlpha)
            VectorLoop.map(kept, upstream, into: downstream, range) { y, dy in
                dy * VectorMath.select(y .> 0, scale, y + floor)
            }
        case .gelu:
            VectorLoop.map(kept, upstream, into: downstream, range) { x, dy in
                let density = VectorMath.exp(x * x * -0.5) * normalDensity
                return dy * VectorMath.fma(x, density, normalDistribution(x))
            }
        case .sigmoid:
            VectorLoop.map(kept, upstream, into: downstream, range) { y, dy in dy * (y * (1 - y)) }
        case .tanh:
            VectorLoop.map(kept, upstream, into: downstream, range) { y, dy in dy * (1 - y * y) }
        case .prelu, .softmax, .maxout:
            preconditionFailure("\(activation.name) has a node of its own")
        }
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
