import Fields
import Tensors

/// A nonlinearity, with PyTorch's meaning and defaults; the shape stays, but for maxout's.
package enum Activation: Hashable, Sendable {
    /// max(x, 0)
    case relu
    /// x above 0, slope x below.
    case leakyRelu(slope: Double = 0.01)
    /// Like leakyRelu, with one learned slope for all units that begins at 0.25.
    case prelu
    /// x above 0, alpha (e^x - 1) below.
    case elu(alpha: Double = 1)
    /// elu with the fixed alpha and scale that keep mean 0 and variance 1 (Klambauer and others, 2017).
    case selu
    /// x times the normal distribution function of x, by the error function.
    case gelu
    /// 1 / (1 + e^-x)
    case sigmoid
    case tanh
    /// e^x over its sum over the features of an example (over the channels at each place of a picture).
    case softmax
    /// The largest of each group of `pieces` consecutive features or maps, of which 1/pieces remain (Goodfellow and
    /// others, 2013).
    case maxout(pieces: Int = 2)

    /// Whether units can fall silent: the sum of a unit below 0 for every example.
    var canDie: Bool {
        switch self {
        case .relu, .leakyRelu, .prelu, .elu, .selu, .gelu: true
        case .sigmoid, .tanh, .softmax, .maxout: false
        }
    }

    /// The outputs outside this range count as saturated.
    var unsaturatedRange: ClosedRange<Float>? {
        switch self {
        case .tanh: -0.97...0.97
        case .sigmoid: 0.015...0.985
        default: nil
        }
    }
}

extension Activation: Alternatives {
    package static let alternatives: [Alternative<Activation>] = [
        Alternative { (_: ReLU) in .relu },
        Alternative { (layer: LeakyReLU) in .leakyRelu(slope: layer.slope) },
        Alternative { (_: PReLU) in .prelu },
        Alternative { (layer: ELU) in .elu(alpha: layer.alpha) },
        Alternative { (_: SELU) in .selu },
        Alternative { (_: GELU) in .gelu },
        Alternative { (_: Sigmoid) in .sigmoid },
        Alternative { (_: Tanh) in .tanh },
        Alternative { (_: Softmax) in .softmax },
        Alternative { (layer: Maxout) in .maxout(pieces: layer.pieces) },
    ]

    package var chosen: any Written { layer }

    /// The activation as a layer of its own.
    var layer: any Layer {
        switch self {
        case .relu: ReLU()
        case .leakyRelu(let slope): LeakyReLU(slope: slope)
        case .prelu: PReLU()
        case .elu(let alpha): ELU(alpha: alpha)
        case .selu: SELU()
        case .gelu: GELU()
        case .sigmoid: Sigmoid()
        case .tanh: Tanh()
        case .softmax: Softmax()
        case .maxout(let pieces): Maxout(pieces: pieces)
        }
    }

    /// The config's word.
    package var name: String { type(of: layer).word }
}
