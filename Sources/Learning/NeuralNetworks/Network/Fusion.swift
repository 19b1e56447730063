import Tensors

/// Which nodes compute together, so that a number is loaded once: a convolution with the batch norms before and after it,
/// and a batch norm with the residual sum and the relu after it.
///
/// What they compute is the same, bit for bit, as node by node; measured passes write every node's output.
struct Fusion {
    /// What a node does at its turn.
    enum Turn {
        /// Its own work.
        case own
        /// Nothing: another node has done or will do it.
        case nothing
        /// The tail of a batch norm.
        case tail(BatchNormNode)
    }

    private(set) var forward: [Turn]
    private(set) var backward: [Turn]

    /// Tells convolutions and batch norms of each other; the memory plan depends on it.
    static func joinConvolutions(_ nodes: [any Node]) {
        let readers = readers(nodes)
        for case let norm as BatchNormNode in nodes where norm.isOfMaps {
            let value = norm.inputs[0]
            guard value > 0, readers[value].count == 1, let convolution = nodes[value - 1] as? ConvolutionNode else {
                continue
            }
            convolution.follower = norm
            norm.isFed = true
        }
    }

    /// Finds the tails of batch norms, where the memory plan computes them in place.
    init(_ nodes: [any Node], _ plan: MemoryPlan) {
        forward = Array(repeating: .own, count: nodes.count)
        backward = forward
        let readers = Self.readers(nodes)
        func rectifier(of value: Int) -> ActivationNode? {
            guard readers[value].count == 1, let node = nodes[readers[value][0]] as? ActivationNode,
                case .activation(.relu) = node.role, plan.values[node.output] == plan.values[value]
            else { return nil }
            return node
        }
        for case let norm as BatchNormNode in nodes where norm.isOfMaps {
            if let relu = rectifier(of: norm.output) {
                norm.tail = .relu(output: relu.output)
                (forward[relu.output - 1], backward[relu.output - 1]) = (.nothing, .nothing)
            } else if readers[norm.output].count == 1, let sum = nodes[readers[norm.output][0]] as? SumNode,
                sum.inputs[0] == norm.output, plan.values[sum.output] == plan.values[norm.output],
                plan.gradients[sum.output] == plan.gradients[norm.output], plan.gradients[sum.output] != nil,
                let relu = rectifier(of: sum.output)
            {
                norm.tail = .sumAndRelu(shortcut: sum.inputs[1], sum: sum.output, output: relu.output)
                forward[sum.output - 1] = .nothing
                forward[relu.output - 1] = .tail(norm)
                backward[relu.output - 1] = .tail(norm)
            }
            join(norm, nodes, readers, plan)
        }
    }

    /// Lets the node that comes next write the batch norm's output and take the sums of its gradients, map by map, where
    /// everything that takes is there at that time.
    private func join(_ norm: BatchNormNode, _ nodes: [any Node], _ readers: [[Int]], _ plan: MemoryPlan) {
        let value = norm.result
        guard value < nodes.count, nodes[value].inputs == [value], let reader = nodes[value] as? any MapReader,
            readers[value].count == 1 || reader.traits.contains(.accumulates)
        else { return }
        switch norm.tail {
        case .none, .relu:
            norm.isDeferred = true
            norm.isTransient = readers[value].count == 1
            norm.isReducedAhead = true
        case .sumAndRelu(let shortcut, let sum, _):
            // The memory plan keeps the shortcut beyond the sum only for its readers' ways back.
            norm.isDeferred =
                shortcut > 0 && readers[shortcut].contains { nodes[$0].traits.contains(.readsInput) }
            norm.isReducedAhead = plan.gradients[value] == plan.gradients[sum]
        }
        reader.source = norm
    }

    private static func readers(_ nodes: [any Node]) -> [[Int]] {
        var readers = Array(repeating: [Int](), count: nodes.count + 1)
        for (index, node) in nodes.enumerated() { for input in node.inputs { readers[input].append(index) } }
        return readers
    }
}
