import Tensors

/// A learned tensor of a node: where it lies in the parameters and their gradients.
struct Parameter {
    /// Its index in the network's layout.
    let index: Int
    let segment: ParameterLayout.Segment
}
