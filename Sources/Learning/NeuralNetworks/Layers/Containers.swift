import Fields
import Tensors

/// Turns whatever comes in into a list of features: `[...]` become `[their product]`.
package struct Flatten: Layer {
    package init() {}

    package static let word = "flatten"
    package static let meaning = "turns whatever comes in into a list of features"
    package static let fields: [Field<Flatten>] = []

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        graph.append(FlattenNode(graph.nodePlace(place, [graph.shape.count])))
    }
}

/// body(x) + shortcut(x) (He and others, 2016), no activation after it; an empty shortcut hands x on.
///
/// Both must give the same shape, which comes out. With stochastic depth (Huang and others, 2016) training drops the body for an
/// example with that probability and scales it by 1 / (1 - p) otherwise.
package struct Residual: Layer {
    /// At least one layer.
    package var body: [LayerSpecification]
    /// The layers past the body; none hands the input on as it is.
    package var shortcut: [LayerSpecification]
    /// The probability of the body to be dropped for an example, 0...1.
    package var stochasticDepth: Double

    package init(body: [LayerSpecification], shortcut: [LayerSpecification] = [], stochasticDepth: Double = 0) {
        self.body = body
        self.shortcut = shortcut
        self.stochasticDepth = stochasticDepth
    }

    package init() { self.init(body: []) }

    package static let word = "residual"
    package static let meaning = "the sum of a body of layers and a shortcut past it"
    package static let example = "{ residual: { body: [{ linear: 64 }, \"relu\"] } }"
    package static let fields: [Field<Residual>] = [
        Field("body", \.body, .list(.choice), "the layers that are passed by").required.main,
        Field("shortcut", \.shortcut, .list(.choice), "the layers of the way past them; none hands the input on"),
        Field(
            "stochasticDepth", \.stochasticDepth, .number(.within(0..<1)),
            "the probability that training drops the body for an example"),
    ]

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        try graph.require(!body.isEmpty, place, "body", "empty", "a list of at least one layer")
        try graph.require(
            (0...1).contains(stochasticDepth), place, "stochasticDepth", "\(stochasticDepth)", "between 0 and 1")
        let start = graph.current
        try graph.append(body) { place.inside("body", $0, kind: $1) }
        if stochasticDepth > 0 {
            graph.append(
                StochasticDepthNode(
                    graph.nodePlace(place, graph.shape), probability: stochasticDepth,
                    maximumBatch: graph.maximumBatch))
        }
        let end = graph.current
        graph.current = start
        try graph.append(shortcut) { place.inside("shortcut", $0, kind: $1) }
        let shape = graph.shape
        guard graph.shapes[end] == shape else {
            throw .sumOfDifferentShapes(place, body: graph.shapes[end], shortcut: shape)
        }
        graph.append(SumNode(graph.nodePlace(place, inputs: [end, graph.current], shape)))
    }
}

/// The outputs of parallel branches, joined along the channels (or features); an empty branch hands its input on.
///
/// `[channels of all branches, ...]` come out; all but the channels must be the same.
package struct Concat: Layer {
    /// At least one.
    package var branches: [[LayerSpecification]]

    package init(branches: [[LayerSpecification]]) { self.branches = branches }

    package init() { self.init(branches: []) }

    package static let word = "concat"
    package static let meaning = "the outputs of parallel branches, joined along the channels or features"
    package static let example = "{ concat: { branches: [[...], [...]] } }"
    package static let fields: [Field<Concat>] = [
        Field("branches", \.branches, .list(.list(.choice)), "the layers of each branch; none hands the input on")
            .required.main
    ]

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        try graph.require(!branches.isEmpty, place, "branches", "empty", "a list of at least one branch")
        let start = graph.current
        var ends: [Int] = []
        for (index, branch) in branches.enumerated() {
            graph.current = start
            try graph.append(branch) { place.inside("branches", index, $0, kind: $1) }
            ends.append(graph.current)
            let first = graph.shapes[ends[0]]
            guard graph.shape.extents.dropFirst() == first.extents.dropFirst() else {
                throw .branchesDiffer(place, first: first, index: index, other: graph.shape)
            }
        }
        let parts = ends.map { graph.shapes[$0] }
        let joined = Shape([parts.reduce(0) { $0 + $1[0] }] + parts[0].extents.dropFirst())
        graph.append(ConcatNode(graph.nodePlace(place, inputs: ends, joined), shapes: parts))
    }
}
