import Foundation
import Tensors

/// How the weights of linear and convolution layers begin. Norm layers always begin with scale 1 and shift 0.
package enum Initializer: Hashable, Sendable {
    /// PyTorch's own: weights and biases uniform within ±1 / sqrt(fanIn).
    case standard
    case constant(Double)
    /// Normal with mean 0.
    case normal(std: Double)
    /// Normal with std sqrt(2 / (fanIn + fanOut)), or sqrt(1 / fanIn) (Glorot and Bengio, 2010).
    case xavierNormal(mode: FanMode = .average)
    /// Uniform with the same std.
    case xavierUniform(mode: FanMode = .average)
    /// Normal with std sqrt(2 / fanIn) (He and others, 2015).
    case kaimingNormal
    /// Uniform with the same std.
    case kaimingUniform
    case zero

    /// Which numbers of connections decide the spread.
    package enum FanMode: String, Hashable, Sendable, CaseIterable {
        case average, fanIn
    }

    /// Fills a weight tensor.
    ///
    /// - Parameters:
    ///   - fanIn: Inputs of one unit, kernel area included.
    ///   - fanOut: Units times kernel area.
    func fill(_ values: UnsafeMutableBufferPointer<Float>, fanIn: Int, fanOut: Int, from stream: inout RandomStream) {
        switch spread(fanIn: Double(fanIn), fanOut: Double(fanOut)) {
        case .constant(let value): values.update(repeating: Float(value))
        case .normal(let std): for index in values.indices { values[index] = Float(std * stream.normal()) }
        case .uniform(let bound):
            for index in values.indices { values[index] = Float(stream.uniform(-bound, bound)) }
        }
    }

    private enum Spread {
        case constant(Double)
        case normal(std: Double)
        case uniform(bound: Double)
    }

    private func spread(fanIn: Double, fanOut: Double) -> Spread {
        switch self {
        case .standard: .uniform(bound: 1 / fanIn.squareRoot())
        case .constant(let value): .constant(value)
        case .normal(let std): .normal(std: std)
        case .xavierNormal(let mode): .normal(std: Self.xavierStd(mode, fanIn, fanOut))
        case .xavierUniform(let mode): .uniform(bound: 3.squareRoot() * Self.xavierStd(mode, fanIn, fanOut))
        case .kaimingNormal: .normal(std: (2 / fanIn).squareRoot())
        case .kaimingUniform: .uniform(bound: (6 / fanIn).squareRoot())
        case .zero: .constant(0)
        }
    }

    private static func xavierStd(_ mode: FanMode, _ fanIn: Double, _ fanOut: Double) -> Double {
        switch mode {
        case .average: (2 / (fanIn + fanOut)).squareRoot()
        case .fanIn: (1 / fanIn).squareRoot()
        }
    }
}
