/// Which nodes compute together, so that a number is loaded once: a convolution with the batch norms before and after it,
/// a batch norm with the residual sum and the relu after it, a linear layer with the activations around it.
///
/// Everything is decided here: first what the memory plan must know, then, by that plan, the operations of each pass.
/// What they compute is the same, bit for bit, as node by node; measured passes write every node's output.
struct Fusion {
    /// The graph for the memory plan.
    private(set) var graph: NodeGraph
    /// The batch norm that alone reads what a convolution writes, by the convolution's index.
    private(set) var normBehind: [Int: Int] = [:]
    /// The norms in it: convolutions take their sums and give their gradients on.
    private(set) var fedNorms: Set<Int> = []

    /// Finds the batch norms that compute together with the convolution before them.
    init(_ nodes: [any Node]) {
        graph = NodeGraph(nodes)
        for (index, node) in graph.nodes.enumerated() {
            let value = node.inputs[0]
            guard case .mapNorm = node.kind, value > 0, graph.onlyReader(of: value) == index,
                case .convolution = graph.nodes[value - 1].kind
            else { continue }
            normBehind[value - 1] = index
            fedNorms.insert(index)
            // The norm reads it once more when the gradient comes to the convolution.
            graph.nodes[value - 1].traits.insert(.readsOutput)
        }
    }

    /// The operations of all passes.
    func plan(_ memory: MemoryPlan, watched: [WatchedLayer]) -> ExecutionPlan {
        let work = SharedWork(self, memory)
        return ExecutionPlan(
            forward: graph.nodes.indices.flatMap { work.forward($0) },
            backward: graph.nodes.indices.reversed().flatMap { work.backward($0) },
            measuredForward: graph.nodes.indices.flatMap { work.forward($0, watched) },
            measuredBackward: graph.nodes.indices.reversed().flatMap { work.backward($0, watched) })
    }
}
