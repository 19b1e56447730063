import Fields
import Tensors

/// A nonlinearity that works on each number by itself.
protocol Elementwise: Layer {
    /// Which one it is, to the kernels.
    var activation: Activation { get }
}

extension Elementwise {
    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        graph.append(ActivationNode(graph.nodePlace(place, graph.shape), activation: activation))
    }
}

/// max(x, 0).
struct ReLU: Elementwise {
    static let word = "relu"
    static let meaning = "max(x, 0)"
    static let fields: [Field<ReLU>] = []
    var activation: Activation { .relu }
}

/// elu with the fixed alpha and scale that keep mean 0 and variance 1 (Klambauer and others, 2017).
struct SELU: Elementwise {
    static let word = "selu"
    static let meaning = "elu with the alpha and scale that keep mean 0 and variance 1"
    static let fields: [Field<SELU>] = []
    var activation: Activation { .selu }
}

/// x times the normal distribution function of x, by the error function (Hendrycks and Gimpel, 2016).
struct GELU: Elementwise {
    static let word = "gelu"
    static let meaning = "x times the normal distribution function of x"
    static let fields: [Field<GELU>] = []
    var activation: Activation { .gelu }
}

/// 1 / (1 + e^-x).
struct Sigmoid: Elementwise {
    static let word = "sigmoid"
    static let meaning = "1 / (1 + e^-x)"
    static let fields: [Field<Sigmoid>] = []
    var activation: Activation { .sigmoid }
}

/// The hyperbolic tangent.
struct Tanh: Elementwise {
    static let word = "tanh"
    static let meaning = "the hyperbolic tangent"
    static let fields: [Field<Tanh>] = []
    var activation: Activation { .tanh }
}

/// x above 0, slope x below.
struct LeakyReLU: Elementwise {
    var slope = 0.01

    static let word = "leakyRelu"
    static let meaning = "x above 0, slope x below"
    static let fields: [Field<LeakyReLU>] = [
        Field("slope", \.slope, .number(.within(0...1)), "what numbers below 0 are multiplied with").main
    ]
    var activation: Activation { .leakyRelu(slope: slope) }

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        try graph.require(slope.isFinite, place, "slope", "\(slope)", "a finite number")
        graph.append(ActivationNode(graph.nodePlace(place, graph.shape), activation: activation))
    }
}

/// x above 0, alpha (e^x - 1) below (Clevert and others, 2016).
struct ELU: Elementwise {
    var alpha = 1.0

    static let word = "elu"
    static let meaning = "x above 0, alpha (e^x - 1) below"
    static let fields: [Field<ELU>] = [
        Field("alpha", \.alpha, .number(.within(0...100)), "how far below 0 it goes").main
    ]
    var activation: Activation { .elu(alpha: alpha) }

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        try graph.require(alpha.isFinite, place, "alpha", "\(alpha)", "a finite number")
        graph.append(ActivationNode(graph.nodePlace(place, graph.shape), activation: activation))
    }
}

/// x above 0, slope x below, with one learned slope for all units (He and others, 2015). Parameter: `weight` `[1]`.
struct PReLU: Layer {
    static let word = "prelu"
    static let meaning = "x above 0, slope x below, with one learned slope that begins at 0.25"
    static let fields: [Field<PReLU>] = []

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        let slope = graph.addParameter("\(place.name).weight", [1], .constant(0.25))
        graph.note("slope 0.25")
        graph.append(PReLUNode(graph.nodePlace(place, graph.shape), slope: slope))
    }
}

/// e^x over its sum over the features of an example, over the channels at each place of a picture.
struct Softmax: Layer {
    static let word = "softmax"
    static let meaning = "e^x over its sum over the features, or over the channels at each place of a picture"
    static let fields: [Field<Softmax>] = []

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        graph.append(SoftmaxNode(graph.nodePlace(place, graph.shape)))
    }
}

/// The largest of each group of consecutive features or maps: `[n, ...]` become `[n / pieces, ...]`.
struct Maxout: Layer {
    var pieces = 2

    static let word = "maxout"
    static let meaning = "the largest of each group of consecutive features or maps"
    static let fields: [Field<Maxout>] = [
        Field("pieces", \.pieces, .integer(2...1_000), "how many make a group").main
    ]

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        let shape = graph.shape
        try graph.require(pieces >= 2, place, "pieces", "\(pieces)", "at least 2")
        guard shape[0] % pieces == 0 else { throw .groupsDoNotDivide(place, shape: shape, pieces: pieces) }
        graph.append(
            MaxoutNode(
                graph.nodePlace(place, Shape([shape[0] / pieces] + shape.extents.dropFirst())), pieces: pieces,
                maximumBatch: graph.maximumBatch))
    }
}
