import Tensors

extension WatchedLayer {
    /// The layers with weights of a graph in depth order, nested ones too, each with the normalization and the
    /// activation that follow it.
    static func find(in nodes: [any Node], layout: ParameterLayout) -> [WatchedLayer] {
        var found: [WatchedLayer] = []
        for (index, node) in nodes.enumerated() {
            guard case .weighted = node.role else { continue }
            var last = index
            if let next = follower(of: last, in: nodes), case .normalization = next.role { last += 1 }
            let preactivation = nodes[last].output
            var activation: Activation?
            if let next = follower(of: last, in: nodes), case .activation(let following) = next.role {
                activation = following
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

    /// The next node, where it reads what this one wrote.
    private static func follower(of index: Int, in nodes: [any Node]) -> (any Node)? {
        guard index + 1 < nodes.count, nodes[index + 1].inputs == [nodes[index].output] else { return nil }
        return nodes[index + 1]
    }
}
