import Tensors

extension WatchedLayer {
    /// The linear and convolution layers of a graph, each with the normalization and the activation that follow it.
    static func find(in nodes: [any Node], layout: ParameterLayout, specification: NetworkSpecification)
        -> [WatchedLayer]
    {
        var found: [WatchedLayer] = []
        for (index, node) in nodes.enumerated() where node is LinearNode || node is ConvolutionNode {
            var last = index
            if last + 1 < nodes.count, nodes[last + 1] is BatchNormNode { last += 1 }
            let preactivation = nodes[last].output
            var activation: Activation?
            if last + 1 < nodes.count, case .activation(let next) = specification.layers[last + 1] {
                activation = next
                last += 1
            }
            found.append(
                WatchedLayer(
                    name: node.name, kind: node.kind, outputShape: node.outputShape, activation: activation?.name,
                    parameterCount: node.parameterSegments.reduce(0) { $0 + layout.segments[$1].count },
                    parameterSegments: node.parameterSegments, preactivationValue: preactivation,
                    outputValue: nodes[last].output, canDie: activation?.canDie ?? false,
                    unsaturatedRange: activation?.unsaturatedRange))
        }
        return found
    }
}
