import Tensors

/// One row of the layer table.
package struct LayerSummary: Hashable, Sendable {
    /// PyTorch's name: the index in the model, nested with dots.
    package let name: String
    /// The config's word.
    package let kind: String
    /// How many blocks the layer stands in.
    package let depth: Int
    /// Shape of one example's output.
    package let outputShape: Shape
    /// Learned numbers of the layer itself.
    package let parameterCount: Int
    /// Multiply-adds of one example's forward pass, of the layer itself.
    package let multiplyAdds: Int
    /// Bytes of the largest batch's output, the layer's workspace, its parameters and their gradients.
    package let memoryBytes: Int
    /// How its weights and biases begin, empty without any: `kaimingNormal, bias 0`.
    package let initialization: String
}
