import Tensors

extension WatchedLayer {
    /// The layers with weights of a graph in depth order, nested ones too, each with the normalization and the
    /// activation that follow it.
    static func find(in nodes: [any Node], _ graph: NodeGraph, layout: ParameterLayout) -> [WatchedLayer] {
        var found: [WatchedLayer] = []
        func follower(of index: Int) -> (any Node)? { graph.follower(of: index).map { nodes[$0] } }
        for (index, node) in nodes.enumerated() {
            guard case .weighted = node.role else { continue }
            var last = index
            if let next = follower(of: last), case .normalization = next.role { last += 1 }
            let isNormalized = last > index
            let preactivation = nodes[last].output
            var activation: Activation?
            if let next = follower(of: last), case .activation(let following) = next.role {
                activation = following
                last += 1
            }
            found.append(
                WatchedLayer(
                    name: node.name, kind: node.kind, outputShape: node.outputShape, activation: activation?.name,
                    parameterCount: node.parameterSegments.reduce(0) { $0 + layout.segments[$1].count },
                    parameterSegments: node.parameterSegments, isNormalized: isNormalized,
                    preactivationValue: preactivation,
                    outputValue: nodes[last].output, canDie: activation?.canDie ?? false,
                    unsaturatedRange: activation?.unsaturatedRange))
        }
        return found
    }
}
