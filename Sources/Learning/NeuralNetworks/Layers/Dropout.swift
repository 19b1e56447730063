import Fields
import Tensors

/// In training puts each value at 0 with probability p and scales the others by 1 / (1 - p) (Srivastava and others, 2014);
/// evaluation leaves everything as it is. The shape stays.
package struct Dropout: Layer {
    /// The probability of a value to be dropped, 0...1.
    package var p: Double

    package init(p: Double = 0.5) { self.p = p }

    package init() { self.init(p: 0.5) }

    package static let word = "dropout"
    package static let meaning =
        "in training puts each value at 0 with probability p and scales the others by 1 / (1 - p)"
    package static let fields: [Field<Dropout>] = [
        Field("p", \.p, .number(.within(0..<1)), "the probability of a value to be dropped").main
    ]

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        try graph.require((0...1).contains(p), place, "p", "\(p)", "between 0 and 1")
        graph.append(
            DropoutNode(graph.nodePlace(place, graph.shape), probability: p, maximumBatch: graph.maximumBatch))
    }
}

/// In training adds normal noise of mean 0; evaluation leaves everything as it is. The shape stays.
package struct GaussianNoise: Layer {
    /// The noise's standard deviation, at least 0.
    package var std: Double

    package init(std: Double) { self.std = std }

    package init() { self.init(std: 0) }

    package static let word = "gaussianNoise"
    package static let meaning = "in training adds normal noise of mean 0"
    package static let example = "{ gaussianNoise: 0.1 }"
    package static let fields: [Field<GaussianNoise>] = [
        Field("std", \.std, .number(.within(0...1e6)), "the noise's standard deviation").required.main
    ]

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        try graph.require(std >= 0 && std.isFinite, place, "std", "\(std)", "at least 0")
        graph.append(GaussianNoiseNode(graph.nodePlace(place, graph.shape), std: std))
    }
}
