import Tensors

/// One operation of the computation graph.
///
/// Values are numbered: 0 is the network's input, node i writes value i + 1. A node reads the values in `inputs`, all
/// of them written before it runs.
protocol Node: AnyObject {
    /// Where it stands in the graph.
    var place: NodePlace { get }
    var traits: NodeTraits { get }
    /// Multiply-adds of one example's forward pass.
    var multiplyAdds: Int { get }
    /// Indices of the parameter segments it owns.
    var parameterSegments: [Int] { get }
    /// Bytes of workspace of its own.
    var workspaceBytes: Int { get }
    /// Floats of workspace that it needs within a pass alone; the nodes share it, since one runs after the other.
    func sharedCount(threads: Int) -> Int
    /// What it is to a watched layer before it.
    var role: NodeRole { get }

    func forward(_ pass: Pass)
}

extension Node {
    var name: String { place.name }
    var kind: String { place.kind }
    var inputs: [Int] { place.inputs }
    var output: Int { place.output }
    var outputShape: Shape { place.outputShape }
    var multiplyAdds: Int { 0 }
    var parameterSegments: [Int] { [] }
    var workspaceBytes: Int { 0 }
    func sharedCount(threads: Int) -> Int { 0 }
    var role: NodeRole { .other }
}

/// What a node is to the layers that are watched.
enum NodeRole {
    /// Its output is worth watching.
    case weighted
    case normalization
    case activation(Activation)
    case other
}

/// A node that reads one value.
protocol UnaryNode: Node {
    /// Writes the gradients of its parameters and, where `pass.gradients[input]` is not nil, of its input.
    func backward(_ pass: Pass)
}

/// A node that reads several values, the same one more than once if need be.
protocol JoinNode: Node {
    /// Writes the gradient of the input at `position`, or adds it to what lies there, where `pass.adds` says so.
    func backward(_ pass: Pass, position: Int)
}

/// A node that draws random numbers in training, or takes those that a test supplies.
protocol RandomizedNode: Node {
    /// The numbers to use in place of drawn ones; nil draws.
    var supplied: FloatBuffer? { get set }
}

/// What the memory plan must know of a node.
struct NodeTraits: OptionSet {
    let rawValue: Int

    /// `backward` reads the values that came in.
    static let readsInput = NodeTraits(rawValue: 1)
    /// `backward` reads the values that it wrote.
    static let readsOutput = NodeTraits(rawValue: 2)
    /// Element by element: may write its output over its input and its input's gradient over its output's.
    static let elementwise = NodeTraits(rawValue: 4)
    /// The output is the input's memory under another shape.
    static let alias = NodeTraits(rawValue: 8)
    /// `backward` can add to its input's gradient instead of overwriting it, where `Pass.adds` says so.
    static let accumulates = NodeTraits(rawValue: 16)
}

/// One pass through the graph: where everything lies, and the step's context.
struct Pass {
    /// Memory of each value, `[batch, shape]`.
    let values: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
    /// Memory of each value's gradient; nil where none is wanted.
    let gradients: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>
    let parameters: UnsafeMutablePointer<Float>
    let parameterGradients: UnsafeMutablePointer<Float>
    let buffers: UnsafeMutablePointer<Float>
    /// `sharedCount` floats for the node at hand.
    let shared: UnsafeMutablePointer<Float>
    let batch: Int
    let context: StepContext
    let pool: WorkerPool
    /// Takes what nodes find on the way; nil unless the pass is measured.
    let meter: OutputMeter?
    /// Whether the gradient of the node's input is added to what lies there; only for joins and nodes that accumulate.
    var adds = false

    func value(_ index: Int) -> UnsafePointer<Float> { UnsafePointer(values[index]) }

    func gradient(_ index: Int) -> UnsafePointer<Float> {
        guard let gradient = gradients[index] else { preconditionFailure("value \(index) has no gradient") }
        return UnsafePointer(gradient)
    }

    func parameter(_ parameter: Parameter) -> UnsafePointer<Float> {
        UnsafePointer(parameters + parameter.segment.offset)
    }

    func parameterGradient(_ parameter: Parameter) -> UnsafeMutablePointer<Float> {
        parameterGradients + parameter.segment.offset
    }
}
