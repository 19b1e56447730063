/// The graph as values: what the memory plan and the fusion must know of its nodes.
struct NodeGraph {
    /// By index: node i writes value i + 1.
    var nodes: [Entry]
    /// The nodes that read each value in order, one that reads it twice twice; value 0 is the network's input.
    let readers: [[Int]]

    /// One node.
    struct Entry {
        let kind: Kind
        let inputs: [Int]
        let output: Int
        var traits: NodeTraits
        /// Whether it has parameters.
        let learns: Bool
    }

    /// What a node is to its neighbours: which work it can share with them.
    enum Kind {
        case convolution(ConvolutionNode)
        /// Batch norm of pictures or sequences.
        case mapNorm(BatchNormNode, MapNorm)
        case maxPool(MaxPoolNode)
        case linear(LinearNode)
        case activation(ActivationNode)
        case sum(SumNode)
        case join(any JoinNode)
        case other(any UnaryNode)

        init(_ node: any Node) {
            switch node {
            case let node as ConvolutionNode: self = .convolution(node)
            case let node as BatchNormNode: self = node.maps.map { .mapNorm(node, $0) } ?? .other(node)
            case let node as MaxPoolNode: self = .maxPool(node)
            case let node as LinearNode: self = .linear(node)
            case let node as ActivationNode: self = .activation(node)
            case let node as SumNode: self = .sum(node)
            case let node as any JoinNode: self = .join(node)
            case let node as any UnaryNode: self = .other(node)
            default: preconditionFailure("\(node.name): \(node.kind) reads neither one value nor several")
            }
        }

        var isSum: Bool { if case .sum = self { true } else { false } }
    }

    init(_ nodes: [any Node]) {
        self.nodes = nodes.map {
            Entry(
                kind: Kind($0), inputs: $0.inputs, output: $0.output, traits: $0.traits,
                learns: !$0.parameterSegments.isEmpty)
        }
        var readers = Array(repeating: [Int](), count: nodes.count + 1)
        for (index, node) in nodes.enumerated() { for input in node.inputs { readers[input].append(index) } }
        self.readers = readers
    }

    /// The node that reads a value, where there is only one.
    func onlyReader(of value: Int) -> Int? { readers[value].count == 1 ? readers[value][0] : nil }

    /// The next node, where it alone reads what a node wrote, and reads nothing else.
    func follower(of index: Int) -> Int? {
        let value = nodes[index].output
        guard index + 1 < nodes.count, nodes[index + 1].inputs == [value], onlyReader(of: value) == index + 1 else {
            return nil
        }
        return index + 1
    }
}
