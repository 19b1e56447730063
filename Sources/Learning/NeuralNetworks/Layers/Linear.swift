import Fields
import Tensors

/// A linear layer, also called dense or fully connected: y = W x + b.
///
/// Features `[features]` become `[units]`. Parameters: `weight` `[units, features]`, `bias` `[units]`. In training DropConnect
/// (Wan and others, 2013) puts each weight at 0 with its probability and scales the others by 1 / (1 - p).
package struct Linear: Layer {
    /// How many numbers come out.
    package var units: Int
    /// Whether each output adds a learned number.
    package var bias: Bool
    /// The probability of a weight to be dropped in a training step, 0...1.
    package var dropConnect: Double
    /// nil for the network's.
    package var initializer: LayerInitializer?

    package init(units: Int, bias: Bool = true, dropConnect: Double = 0, initializer: LayerInitializer? = nil) {
        self.units = units
        self.bias = bias
        self.dropConnect = dropConnect
        self.initializer = initializer
    }

    package init() { self.init(units: 1) }

    package static let word = "linear"
    package static let meaning = "y = W x + b over a list of features"
    package static let example = "{ linear: 128 }"
    package static let fields: [Field<Linear>] = [
        Field("units", \.units, .integer(1...10_000_000), "how many numbers come out").required.main,
        Field("bias", \.bias, .flag, "whether b is added"),
        Field(
            "dropConnect", \.dropConnect, .number(.within(0..<1)),
            "the probability that a weight is left out of a training step"),
        .initializer(\.initializer),
    ]

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        let shape = graph.shape
        try graph.require(units >= 1, place, "units", "\(units)", "at least 1")
        try graph.require((0...1).contains(dropConnect), place, "dropConnect", "\(dropConnect)", "between 0 and 1")
        guard shape.rank == 1 else {
            throw .wrongRank(place, shape: shape, wants: "a list of features: put \"flatten\" before it")
        }
        let features = shape[0]
        try graph.checkCount(place, "the weight", [units, features])
        let initializer = initializer ?? graph.initializer
        let fans = Initializer.Fans(fanIn: features, fanOut: units)
        let weight = graph.addParameter(
            "\(place.name).weight", [units, features], .weight(initializer.weights, fans))
        let bias = bias ? graph.addBias("\(place.name).bias", units, initializer, fans) : nil
        graph.note(initializer, hasBias: bias != nil)
        graph.append(
            LinearNode(
                graph.nodePlace(place, [units]), features: features, dropConnect: dropConnect, weight: weight,
                bias: bias, maximumBatch: graph.maximumBatch))
    }
}
