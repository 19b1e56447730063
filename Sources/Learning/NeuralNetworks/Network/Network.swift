import Tensors

/// A network: a graph of nodes over buffers that are planned and allocated once, and anew where batches get larger.
///
/// `forward`, then a loss, then `backward`; the optimizer walks `parameters` and `gradients`. The same specification and
/// seed give the same bits with any number of threads.
package final class Network {
    /// Shape of one example that comes in.
    package let inputShape: Shape
    /// Shape of one example's output.
    package let outputShape: Shape
    /// What it has learned and counted.
    package let state: NetworkState
    /// The gradient of the last `backward`; gaps are 0.
    package let gradients: FloatBuffer

    let pool: WorkerPool
    /// Shape of each value of the graph.
    let shapes: [Shape]
    /// What passes work in.
    var room: PassRoom
    /// What it was built from.
    let specification: NetworkSpecification
    let meter: LayerMeter
    private let entries: [GraphBuilder.Entry]
    /// How each parameter begins.
    private let beginnings: [GraphBuilder.Beginning]

    /// Builds the network and initializes its parameters.
    ///
    /// - Parameter maximumBatch: The largest batch of any pass.
    package init(
        _ specification: NetworkSpecification, maximumBatch: Int, pool: WorkerPool
    ) throws(NetworkError) {
        precondition(maximumBatch >= 1, "a batch has at least one example")
        let builder = try Self.builder(specification, maximumBatch: maximumBatch)
        MatrixProduct.useOneThread()
        self.pool = pool
        self.specification = specification
        room = PassRoom(builder, threads: pool.threadCount)
        shapes = builder.shapes
        inputShape = shapes[0]
        outputShape = shapes[shapes.count - 1]
        (entries, beginnings) = (builder.entries, builder.beginnings)
        state = NetworkState(
            layout: builder.layout,
            statistics: RunningStatistics(
                layout: builder.bufferLayout, counters: room.counters))
        gradients = FloatBuffer(count: builder.layout.count)
        meter = LayerMeter(room.watched, shapes: shapes)
        initialize(specification)
    }

    /// The nodes of a network for batches up to a size.
    static func builder(
        _ specification: NetworkSpecification, maximumBatch: Int
    ) throws(NetworkError) -> GraphBuilder {
        guard specification.inputShape.rank > 0, specification.inputShape.count > 0 else {
            throw .emptyInput(shape: specification.inputShape)
        }
        guard !specification.layers.isEmpty else { throw .noLayers }
        var builder = GraphBuilder(specification, maximumBatch: maximumBatch)
        try builder.append(specification.layers) { LayerPlace(index: $0, kind: $1) }
        return builder
    }

    /// The most examples of a pass.
    package var maximumBatch: Int { room.maximumBatch }
    var nodes: [any Node] { room.nodes }

    /// Layers with weights (linear, convolution, recurrent) in depth order.
    package var watched: [WatchedLayer] { meter.watched }

    /// What measuring took of the last measured step, forward and backward, in seconds.
    package var measuringSeconds: Double { meter.seconds }

    /// Copies what the last measured pass found, one entry per watched layer.
    package func measurements(into target: UnsafeMutablePointer<LayerMeasurement>) { meter.copy(into: target) }

    /// Where each parameter lies in `parameters` and `gradients`.
    package var layout: ParameterLayout { state.layout }
    /// All weights and biases, one after the other as `layout` says.
    package var parameters: FloatBuffer { state.parameters }
    /// Where the running statistics of normalization layers lie in `buffers`.
    package var bufferLayout: ParameterLayout { state.statistics.layout }
    /// The running statistics, one after the other as `bufferLayout` says.
    package var buffers: FloatBuffer { state.statistics.buffers }

    /// The layer table: one row an entry of the model, followed by the rows of what it holds.
    package var summary: [LayerSummary] {
        entries.map { entry in
            let owned = entry.nodes.map { nodes[$0] }
            let parameterCount = owned.flatMap(\.parameterSegments).reduce(0) { $0 + layout.segments[$1].count }
            let bytes = owned.reduce(8 * parameterCount) { sum, node in
                let isAlias = node.traits.contains(.alias)
                return sum + node.workspaceBytes + (isAlias ? 0 : 4 * maximumBatch * node.outputShape.count)
            }
            return LayerSummary(
                name: entry.place.name, kind: entry.place.kind, depth: entry.place.depth,
                outputShape: shapes[entry.output], parameterCount: parameterCount,
                multiplyAdds: owned.reduce(0) { $0 + $1.multiplyAdds }, memoryBytes: bytes,
                initialization: entry.initialization)
        }
    }

    /// Puts numbers in place of those that a layer of this name would draw, for comparing random layers with others.
    ///
    /// 0 or 1 for each value (dropout), weight (DropConnect) or example (stochastic depth, by its block's name),
    /// standard normal numbers for each value (noise), two samples a map (fractional pooling). Nil lets it draw again.
    ///
    /// - Returns: Whether there is such a layer.
    @discardableResult
    package func supply(_ numbers: [Float]?, to name: String) -> Bool {
        for case let node as any RandomizedNode in nodes where node.name == name {
            node.supplied = numbers.map { FloatBuffer($0) }
            return true
        }
        return false
    }

    /// Bytes of everything that the network holds: weights, gradients, statistics, the planned memory, workspaces. O(nodes).
    package var memoryBytes: Int {
        4 * (parameters.count + gradients.count + buffers.count) + room.bytes
    }

    private func initialize(_ specification: NetworkSpecification) {
        let generator = Philox(seed: specification.seed, purpose: .initialization)
        for segment in bufferLayout.segments where segment.name.hasSuffix(".running_var") {
            (buffers.pointer + segment.offset).update(repeating: 1, count: segment.count)
        }
        for (index, segment) in layout.segments.enumerated() {
            fill(
                UnsafeMutableBufferPointer(start: parameters.pointer + segment.offset, count: segment.count),
                asSegment: index, from: generator)
        }
    }

    /// Draws the numbers with which a parameter begins.
    func fill(_ target: UnsafeMutableBufferPointer<Float>, asSegment index: Int, from generator: Philox) {
        var stream = generator.stream(UInt64(index))
        switch beginnings[index] {
        case .weight(let initializer, let fans):
            initializer.fill(target, fans, from: &stream)
        case .bias(let initializer, let value, let fans):
            if let value {
                target.update(repeating: Float(value))
            } else if initializer == .standard {
                initializer.fill(target, fans, from: &stream)
            } else {
                target.update(repeating: 0)
            }
        case .constant(let value): target.update(repeating: value)
        }
    }
}
