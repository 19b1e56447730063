import Fields
import Foundation
import Tensors

/// How the weights of linear and convolution layers begin. Norm layers always begin with scale 1 and shift 0.
package enum Initializer: Hashable, Sendable {
    case standard
    case constant(Double)
    case normal(std: Double)
    case xavierNormal(mode: FanMode = .average)
    case xavierUniform(mode: FanMode = .average)
    case kaimingNormal
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
        switch law.spread(fans) {
        case .constant(let value): values.update(repeating: Float(value))
        case .normal(let std): for index in values.indices { values[index] = Float(std * stream.normal()) }
        case .uniform(let bound):
            for index in values.indices { values[index] = Float(stream.uniform(-bound, bound)) }
        }
    }

    /// The config's word and option, for tables.
    package var name: String { law.name }

    /// 1 in place of 1.0.
    static func written(_ number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension Initializer: Alternatives {
    package static let alternatives: [Alternative<Initializer>] = [
        Alternative { (_: Standard) in .standard },
        Alternative { (law: Constant) in .constant(law.value) },
        Alternative { (law: Normal) in .normal(std: law.std) },
        Alternative { (law: XavierNormal) in .xavierNormal(mode: law.mode) },
        Alternative { (law: XavierUniform) in .xavierUniform(mode: law.mode) },
        Alternative { (_: KaimingNormal) in .kaimingNormal },
        Alternative { (_: KaimingUniform) in .kaimingUniform },
        Alternative { (_: Zero) in .zero },
    ]

    package var chosen: any Written { law }

    fileprivate var law: any InitialLaw {
        switch self {
        case .standard: Standard()
        case .constant(let value): Constant(value: value)
        case .normal(let std): Normal(std: std)
        case .xavierNormal(let mode): XavierNormal(mode: mode)
        case .xavierUniform(let mode): XavierUniform(mode: mode)
        case .kaimingNormal: KaimingNormal()
        case .kaimingUniform: KaimingUniform()
        case .zero: Zero()
        }
    }
}

/// What first weights are drawn from.
private enum Spread {
    case constant(Double)
    /// With mean 0.
    case normal(std: Double)
    /// Within plus and minus the bound.
    case uniform(bound: Double)
}

/// One way for weights to begin: its options and the spread that it gives a tensor.
private protocol InitialLaw: Written {
    func spread(_ fans: Initializer.Fans) -> Spread
    /// The word and the option, where that is not the usual one.
    var name: String { get }
}

extension InitialLaw {
    var name: String { Self.word }
}

extension Initializer {
    /// PyTorch's own: weights and biases uniform within ±1 / sqrt(fanIn).
    private struct Standard: InitialLaw {
        static let word = "standard"
        static let meaning = "PyTorch's own: weights and biases uniform within 1 / sqrt(fanIn)"
        static let fields: [Field<Standard>] = []
        func spread(_ fans: Fans) -> Spread { .uniform(bound: 1 / Double(fans.standard).squareRoot()) }
    }

    /// All the same.
    private struct Constant: InitialLaw {
        var value = 0.0
        static let word = "constant"
        static let meaning = "all weights the same"
        static let example = "{ constant: 0.1 }"
        static let fields: [Field<Constant>] = [
            Field("value", \.value, .number(.within(-1e6...1e6)), "what they are").required.main
        ]
        var name: String { "constant \(Initializer.written(value))" }
        func spread(_ fans: Fans) -> Spread { .constant(value) }
    }

    /// Normal with mean 0.
    private struct Normal: InitialLaw {
        var std = 0.0
        static let word = "normal"
        static let meaning = "normal with mean 0"
        static let example = "{ normal: 0.01 }"
        static let fields: [Field<Normal>] = [
            Field("std", \.std, .number(.within(0...1e6)), "the standard deviation").required.main
        ]
        var name: String { "normal \(Initializer.written(std))" }
        func spread(_ fans: Fans) -> Spread { .normal(std: std) }
    }

    /// Normal with std sqrt(2 / (fanIn + fanOut)), or sqrt(1 / fanIn) (Glorot and Bengio, 2010).
    private struct XavierNormal: InitialLaw {
        var mode = FanMode.average
        static let word = "xavierNormal"
        static let meaning = "normal with std sqrt(2 / (fanIn + fanOut)), or sqrt(1 / fanIn)"
        static let fields: [Field<XavierNormal>] = [
            Field("mode", \.mode, .word, "which numbers of connections decide the spread").main
        ]
        var name: String { mode == .average ? "xavierNormal" : "xavierNormal fanIn" }
        func spread(_ fans: Fans) -> Spread { .normal(std: fans.xavierStd(mode)) }
    }

    /// Uniform with the same std.
    private struct XavierUniform: InitialLaw {
        var mode = FanMode.average
        static let word = "xavierUniform"
        static let meaning = "uniform with the std of xavierNormal"
        static let fields: [Field<XavierUniform>] = [
            Field("mode", \.mode, .word, "which numbers of connections decide the spread").main
        ]
        var name: String { mode == .average ? "xavierUniform" : "xavierUniform fanIn" }
        func spread(_ fans: Fans) -> Spread { .uniform(bound: 3.squareRoot() * fans.xavierStd(mode)) }
    }

    /// Normal with std sqrt(2 / fanIn) (He and others, 2015).
    private struct KaimingNormal: InitialLaw {
        static let word = "kaimingNormal"
        static let meaning = "normal with std sqrt(2 / fanIn)"
        static let fields: [Field<KaimingNormal>] = []
        func spread(_ fans: Fans) -> Spread { .normal(std: (2 / Double(fans.fanIn)).squareRoot()) }
    }

    /// Uniform with the same std.
    private struct KaimingUniform: InitialLaw {
        static let word = "kaimingUniform"
        static let meaning = "uniform with the std of kaimingNormal"
        static let fields: [Field<KaimingUniform>] = []
        func spread(_ fans: Fans) -> Spread { .uniform(bound: (6 / Double(fans.fanIn)).squareRoot()) }
    }

    /// All 0.
    private struct Zero: InitialLaw {
        static let word = "zero"
        static let meaning = "all weights 0"
        static let fields: [Field<Zero>] = []
        func spread(_ fans: Fans) -> Spread { .constant(0) }
    }
}

extension Initializer.Fans {
    fileprivate func xavierStd(_ mode: Initializer.FanMode) -> Double {
        switch mode {
        case .average: (2 / (Double(fanIn) + Double(fanOut))).squareRoot()
        case .fanIn: (1 / Double(fanIn)).squareRoot()
        }
    }
}
