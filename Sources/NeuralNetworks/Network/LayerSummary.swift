import Tensors

/// One row of the layer table.
package struct LayerSummary: Hashable, Sendable {
    /// PyTorch's name: the index in the model.
    package let name: String
    /// The config's word.
    package let kind: String
    /// Shape of one example's output.
    package let outputShape: Shape
    /// Learned numbers.
    package let parameterCount: Int
    /// Multiply-adds of one example's forward pass.
    package let multiplyAdds: Int
    /// Bytes of the largest batch's output, the layer's workspace, its parameters and their gradients.
    package let memoryBytes: Int
}
