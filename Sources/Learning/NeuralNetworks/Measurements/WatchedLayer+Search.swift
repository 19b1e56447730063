import Tensors

extension WatchedLayer {
    /// The layers with weights of a graph in depth order, nested ones too, each with the normalization and the
    /// activation that follow it.
    static func find(in nodes: [any Node], layout: ParameterLayout) -> [WatchedLayer] {
        var found: [WatchedLayer] = []
        var readers = Array(repeating: 0, count: nodes.count + 1)
        for node in nodes { for input in node.inputs { readers[input] += 1 } }
        /// The only reader of what a node wrote.
        func follower(of index: Int) -> (any Node)? {
            guard index + 1 < nodes.count, nodes[index + 1].inputs == [nodes[index].output],
                readers[nodes[index].output] == 1
            else { return nil }
            return nodes[index + 1]
        }
        for (index, node) in nodes.enumerated() {
            guard case .weighted = node.role else { continue }
            var last = index
            if let next = follower(of: last), case .normalization = next.role { last += 1 }
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
                    parameterSegments: node.parameterSegments, preactivationValue: preactivation,
                    outputValue: nodes[last].output, canDie: activation?.canDie ?? false,
                    unsaturatedRange: activation?.unsaturatedRange))
        }
        return found
    }
}
