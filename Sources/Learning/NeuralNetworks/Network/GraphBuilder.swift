import Foundation
import Tensors

/// Turns layer specifications into nodes, one after the other, and lays out their parameters.
struct GraphBuilder {
    let maximumBatch: Int
    let initializer: LayerInitializer
    private(set) var nodes: [any Node] = []
    /// Shape of each value; the first is the network's input.
    private(set) var shapes: [Shape]
    private(set) var layout = ParameterLayout()
    private(set) var bufferLayout = ParameterLayout()
    /// How each parameter segment begins.
    private(set) var beginnings: [Beginning] = []
    /// Rows of the layer table: a block before what it holds.
    private(set) var entries: [Entry] = []
    /// The entries at work, a block before the layer within it.
    private var open: [Int] = []
    /// The value that the next layer reads.
    var current = 0

    enum Beginning {
        case weight(Initializer, Initializer.Fans)
        case bias(Initializer, value: Double?, Initializer.Fans)
        case constant(Float)
    }

    struct Entry {
        let place: LayerPlace
        /// The nodes that are the layer itself.
        var nodes: [Int] = []
        var output = 0
        var initialization = ""
    }

    init(_ specification: NetworkSpecification, maximumBatch: Int) {
        self.maximumBatch = maximumBatch
        initializer = LayerInitializer(specification.initializer, bias: specification.biasValue)
        shapes = [specification.inputShape]
    }

    /// Shape of what the next layer reads.
    var shape: Shape { shapes[current] }

    /// The place of a layer's next node.
    ///
    /// - Parameter inputs: What it reads; unless given, what was written last.
    func nodePlace(_ layer: LayerPlace, inputs: [Int]? = nil, _ outputShape: Shape) -> NodePlace {
        NodePlace(
            name: layer.name, kind: layer.kind, inputs: inputs ?? [current], output: nodes.count + 1,
            outputShape: outputShape)
    }

    /// Appends layers, one reading the other.
    ///
    /// - Parameter place: Where the layer of an index and a kind stands.
    mutating func append(
        _ layers: [LayerSpecification], at place: (Int, String) -> LayerPlace
    ) throws(NetworkError) {
        for (index, layer) in layers.enumerated() { try append(layer.layer, at: place(index, layer.kind)) }
    }

    private mutating func append(_ layer: any Layer, at place: LayerPlace) throws(NetworkError) {
        open.append(entries.count)
        entries.append(Entry(place: place))
        try layer.append(to: &self, at: place)
        entries[open.removeLast()].output = current
        try checkMemory(place)
    }

    /// Appends a node of the layer at hand that the next one reads.
    mutating func append(_ node: any Node) {
        nodes.append(node)
        shapes.append(node.outputShape)
        current = nodes.count
        entries[open[open.count - 1]].nodes.append(nodes.count - 1)
    }

    mutating func addParameter(_ name: String, _ shape: Shape, _ beginning: Beginning) -> Parameter {
        beginnings.append(beginning)
        let index = layout.add(name: name, shape: shape)
        return Parameter(index: index, segment: layout.segments[index])
    }

    mutating func addBias(
        _ name: String, _ count: Int, _ initializer: LayerInitializer, _ fans: Initializer.Fans
    ) -> Parameter {
        addParameter(name, [count], .bias(initializer.weights, value: initializer.bias, fans))
    }

    mutating func addBuffer(_ name: String, _ shape: Shape) -> ParameterLayout.Segment {
        let index = bufferLayout.add(name: name, shape: shape)
        return bufferLayout.segments[index]
    }

    /// Says in the table how the layer at hand begins.
    mutating func note(_ initializer: LayerInitializer, hasBias: Bool) {
        var words = initializer.weights.name
        if hasBias {
            if let bias = initializer.bias {
                words += ", bias \(Initializer.written(bias))"
            } else if initializer.weights != .standard {
                words += ", bias 0"
            }
        }
        note(words)
    }

    mutating func note(_ words: String) { entries[open[open.count - 1]].initialization = words }
}
