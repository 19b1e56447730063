import Tensors

/// A network: a graph of nodes over buffers that are planned and allocated once.
///
/// `forward`, then a loss, then `backward`; the optimizer walks `parameters` and `gradients`. The same specification and
/// seed give the same bits with any number of threads.
package final class Network {
    /// Shape of one example that comes in.
    package let inputShape: Shape
    /// Shape of one example's output.
    package let outputShape: Shape
    package let maximumBatch: Int
    /// Where each parameter lies in `parameters` and `gradients`.
    package let layout: ParameterLayout
    package let parameters: FloatBuffer
    /// The gradient of the last `backward`; gaps are 0.
    package let gradients: FloatBuffer
    /// Where batch norm's running statistics lie in `buffers`.
    package let bufferLayout: ParameterLayout
    package let buffers: FloatBuffer
    /// Linear and convolution layers in depth order.
    package let watched: [WatchedLayer]

    let pool: WorkerPool
    let nodes: [any Node]
    let shapes: [Shape]
    let plan: MemoryPlan
    private let arena: FloatBuffer
    /// Gradient of one of several readers of a value, before it is added to the others'.
    let scratch: FloatBuffer
    let values: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
    let valueGradients: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>
    let meter = OutputMeter()
    let measured: UnsafeMutableBufferPointer<LayerMeasurement>
    /// What measuring took of the last measured step, forward and backward, in seconds.
    package internal(set) var measuringSeconds = 0.0

    /// Builds the network and initializes its parameters.
    ///
    /// - Parameter maximumBatch: The largest batch of any pass.
    package init(
        _ specification: NetworkSpecification, maximumBatch: Int, pool: WorkerPool
    ) throws(NetworkError) {
        precondition(maximumBatch >= 1, "a batch has at least one example")
        guard specification.inputShape.rank > 0, specification.inputShape.count > 0 else {
            throw .emptyInput(shape: specification.inputShape)
        }
        guard !specification.layers.isEmpty else { throw .noLayers }
        var builder = GraphBuilder(inputShape: specification.inputShape, maximumBatch: maximumBatch)
        for (index, layer) in specification.layers.enumerated() { try builder.append(layer, index: index) }
        MatrixProduct.useOneThread()
        self.pool = pool
        self.maximumBatch = maximumBatch
        nodes = builder.nodes
        shapes = builder.shapes
        inputShape = shapes[0]
        outputShape = shapes[shapes.count - 1]
        layout = builder.layout
        bufferLayout = builder.bufferLayout
        parameters = FloatBuffer(count: layout.count)
        gradients = FloatBuffer(count: layout.count)
        buffers = FloatBuffer(count: bufferLayout.count)
        let sizes = shapes.map { (maximumBatch * $0.count + 15) / 16 * 16 }
        let plan = MemoryPlan(nodes: nodes, sizes: sizes)
        self.plan = plan
        arena = FloatBuffer(count: plan.count)
        scratch = FloatBuffer(count: sizes.indices.filter { plan.consumers[$0].count > 1 }.map { sizes[$0] }.max() ?? 0)
        values = .allocate(capacity: shapes.count)
        valueGradients = .allocate(capacity: shapes.count)
        for value in shapes.indices {
            (values + value).initialize(to: arena.pointer + (plan.values[value] ?? 0))
            (valueGradients + value).initialize(to: plan.gradients[value].map { [arena] in arena.pointer + $0 })
        }
        watched = WatchedLayer.find(in: nodes, layout: layout, specification: specification)
        measured = .allocate(capacity: watched.count)
        measured.initialize(repeating: LayerMeasurement())
        initialize(specification, builder.beginnings)
    }

    deinit {
        values.deallocate()
        valueGradients.deallocate()
        measured.deallocate()
    }

    /// Training batches that each batch norm has seen, by PyTorch's name (`1.num_batches_tracked`); unknown names are
    /// ignored.
    package var batchesTracked: [String: Int] {
        get {
            var counts: [String: Int] = [:]
            for case let node as BatchNormNode in nodes {
                counts["\(node.name).num_batches_tracked"] = node.batchesTracked
            }
            return counts
        }
        set {
            for case let node as BatchNormNode in nodes {
                if let count = newValue["\(node.name).num_batches_tracked"] { node.batchesTracked = count }
            }
        }
    }

    /// The layer table, one row an entry of the model.
    package var summary: [LayerSummary] {
        nodes.map { node in
            let parameterCount = node.parameterSegments.reduce(0) { $0 + layout.segments[$1].count }
            let ownOutput = node.traits.contains(.alias) ? 0 : 4 * maximumBatch * node.outputShape.count
            return LayerSummary(
                name: node.name, kind: node.kind, outputShape: node.outputShape, parameterCount: parameterCount,
                multiplyAdds: node.multiplyAdds,
                memoryBytes: ownOutput + node.workspaceBytes + 8 * parameterCount)
        }
    }

    /// Bytes of all buffers of the network.
    package var memoryBytes: Int {
        let floats = parameters.count + gradients.count + buffers.count + arena.count + scratch.count
        return 4 * floats + nodes.reduce(0) { $0 + $1.workspaceBytes }
    }

    private func initialize(_ specification: NetworkSpecification, _ beginnings: [GraphBuilder.Beginning]) {
        let generator = Philox(seed: specification.seed, purpose: .initialization)
        for segment in bufferLayout.segments where segment.name.hasSuffix(".running_var") {
            (buffers.pointer + segment.offset).update(repeating: 1, count: segment.count)
        }
        for (index, segment) in layout.segments.enumerated() {
            let target = UnsafeMutableBufferPointer(start: parameters.pointer + segment.offset, count: segment.count)
            var stream = generator.stream(UInt64(index))
            switch beginnings[index] {
            case .weight(let fanIn, let fanOut):
                specification.initializer.fill(target, fanIn: fanIn, fanOut: fanOut, from: &stream)
            case .bias(let fanIn):
                if let value = specification.biasValue {
                    target.update(repeating: Float(value))
                } else if specification.initializer == .standard {
                    Initializer.standard.fill(target, fanIn: fanIn, fanOut: 1, from: &stream)
                }
            case .constant(let value): target.update(repeating: value)
            }
        }
    }
}
