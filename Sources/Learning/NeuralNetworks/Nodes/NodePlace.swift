import Tensors

/// Where a node stands in the graph, and what it writes there.
struct NodePlace {
    /// PyTorch's name: index in the model, nested with dots.
    let name: String
    /// The config's word.
    let kind: String
    /// The values it reads, the same one more than once if need be.
    let inputs: [Int]
    /// The value it writes.
    let output: Int
    /// Shape of one example's output.
    let outputShape: Shape
}
