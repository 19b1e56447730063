import Fields
import Tensors

/// A plain recurrent layer: h = f(W x + b + V h' + c) step by step, h' the state before.
///
/// Sequences `[length, features]` become the last state `[units]`, or all of them `[length, units]`. Parameters: `weight_ih_l0`
/// `[units, features]`, `weight_hh_l0` `[units, units]`, `bias_ih_l0` and `bias_hh_l0` `[units]`.
package struct RNN: Layer {
    /// The length of the state.
    package var units: Int
    /// f in the formula.
    package var nonlinearity: Nonlinearity
    /// Whether all states come out, in place of the last one.
    package var returnSequences: Bool
    /// nil for the network's.
    package var initializer: LayerInitializer?

    /// What is done to the sums.
    package enum Nonlinearity: String, Hashable, Sendable, CaseIterable {
        case tanh, relu
    }

    package init(
        units: Int, nonlinearity: Nonlinearity = .tanh, returnSequences: Bool = false,
        initializer: LayerInitializer? = nil
    ) {
        self.units = units
        self.nonlinearity = nonlinearity
        self.returnSequences = returnSequences
        self.initializer = initializer
    }

    package init() { self.init(units: 1) }

    package static let word = "rnn"
    package static let meaning = "a plain recurrent layer over sequences of length x features"
    package static let example = "{ rnn: 128 }"
    package static let fields: [Field<RNN>] = [
        Field("units", \.units, .integer(1...10_000_000), "the length of the state").required.main,
        Field("nonlinearity", \.nonlinearity, .word, "what is done to the sums"),
        Field("returnSequences", \.returnSequences, .flag, "whether all states come out, in place of the last one"),
        .initializer(\.initializer),
    ]

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        try graph.appendRecurrent(
            place, nonlinearity == .tanh ? .tanh : .relu, units: units, returnSequences: returnSequences, initializer)
    }
}

/// Long short-term memory (Hochreiter and Schmidhuber, 1997), with PyTorch's four gates.
///
/// Sequences `[length, features]` become the last state `[units]`, or all of them `[length, units]`. Parameters: `weight_ih_l0`
/// `[4 units, features]`, `weight_hh_l0` `[4 units, units]`, `bias_ih_l0` and `bias_hh_l0` `[4 units]`.
package struct LSTM: Layer {
    /// The length of the state.
    package var units: Int
    /// Whether all states come out, in place of the last one.
    package var returnSequences: Bool
    /// nil for the network's.
    package var initializer: LayerInitializer?

    package init(units: Int, returnSequences: Bool = false, initializer: LayerInitializer? = nil) {
        self.units = units
        self.returnSequences = returnSequences
        self.initializer = initializer
    }

    package init() { self.init(units: 1) }

    package static let word = "lstm"
    package static let meaning = "long short-term memory over sequences of length x features"
    package static let example = "{ lstm: 128 }"
    package static let fields: [Field<LSTM>] = [
        Field("units", \.units, .integer(1...10_000_000), "the length of the state").required.main,
        Field("returnSequences", \.returnSequences, .flag, "whether all states come out, in place of the last one"),
        .initializer(\.initializer),
    ]

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        try graph.appendRecurrent(place, .lstm, units: units, returnSequences: returnSequences, initializer)
    }
}

extension GraphBuilder {
    fileprivate mutating func appendRecurrent(
        _ place: LayerPlace, _ cell: RecurrentCell, units: Int, returnSequences: Bool, _ own: LayerInitializer?
    ) throws(NetworkError) {
        let (name, shape) = (place.name, shape)
        try require(units >= 1, place, "units", "\(units)", "at least 1")
        guard shape.rank == 2 else {
            throw .wrongRank(place, shape: shape, wants: "sequences of length x features")
        }
        let (width, features) = (cell.gateCount * max(1, min(units, 1 << 31)), shape[1])
        try checkCount(place, "the weight", [width, max(features, units)])
        try checkCount(place, "the gates of a batch", [maximumBatch, shape[0], width])
        try checkMemory(place, more: [width * (features + units) * 2, maximumBatch * shape[0] * (width + 2 * units)])
        let initializer = own ?? initializer
        // Each gate is a layer of its own to the initializers.
        let inputFans = Initializer.Fans(fanIn: features, fanOut: units, standard: units)
        let stateFans = Initializer.Fans(fanIn: units, fanOut: units, standard: units)
        let parameters = RecurrentNode.Parameters(
            inputWeight: addParameter(
                "\(name).weight_ih_l0", [width, features], .weight(initializer.weights, inputFans)),
            stateWeight: addParameter("\(name).weight_hh_l0", [width, units], .weight(initializer.weights, stateFans)),
            inputBias: addBias("\(name).bias_ih_l0", width, initializer, inputFans),
            stateBias: addBias("\(name).bias_hh_l0", width, initializer, stateFans))
        note(initializer, hasBias: true)
        append(
            RecurrentNode(
                nodePlace(place, returnSequences ? [shape[0], units] : [units]), input: shape, cell: cell, units: units,
                returnsSequences: returnSequences, parameters: parameters, maximumBatch: maximumBatch))
    }
}
