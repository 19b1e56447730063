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

    /// Numbers of connections of a weight tensor.
    struct Fans {
        /// Inputs of one unit, kernel area included.
        let fanIn: Int
        /// Units times kernel area.
        let fanOut: Int
        /// What PyTorch's own initialization divides by: the inputs, or a recurrent layer's units.
        let standard: Int

        init(fanIn: Int, fanOut: Int, standard: Int? = nil) {
            self.fanIn = fanIn
            self.fanOut = fanOut
            self.standard = standard ?? fanIn
        }
    }

    /// Fills a weight tensor.
    func fill(_ values: UnsafeMutableBufferPointer<Float>, _ fans: Fans, from stream: inout RandomStream) {
        switch spread(fanIn: Double(fans.fanIn), fanOut: Double(fans.fanOut), standard: Double(fans.standard)) {
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

    private func spread(fanIn: Double, fanOut: Double, standard: Double) -> Spread {
        switch self {
        case .standard: .uniform(bound: 1 / standard.squareRoot())
        case .constant(let value): .constant(value)
        case .normal(let std): .normal(std: std)
        case .xavierNormal(let mode): .normal(std: Self.xavierStd(mode, fanIn, fanOut))
        case .xavierUniform(let mode): .uniform(bound: 3.squareRoot() * Self.xavierStd(mode, fanIn, fanOut))
        case .kaimingNormal: .normal(std: (2 / fanIn).squareRoot())
        case .kaimingUniform: .uniform(bound: (6 / fanIn).squareRoot())
        case .zero: .constant(0)
        }
    }

    /// The config's word, for tables.
    package var name: String {
        switch self {
        case .standard: "standard"
        case .constant(let value): "constant \(Self.written(value))"
        case .normal(let std): "normal \(Self.written(std))"
        case .xavierNormal(let mode): mode == .average ? "xavierNormal" : "xavierNormal fanIn"
        case .xavierUniform(let mode): mode == .average ? "xavierUniform" : "xavierUniform fanIn"
        case .kaimingNormal: "kaimingNormal"
        case .kaimingUniform: "kaimingUniform"
        case .zero: "zero"
        }
    }

    /// 1 in place of 1.0.
    static func written(_ number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func xavierStd(_ mode: FanMode, _ fanIn: Double, _ fanOut: Double) -> Double {
        switch mode {
        case .average: (2 / (fanIn + fanOut)).squareRoot()
        case .fanIn: (1 / fanIn).squareRoot()
        }
    }
}
