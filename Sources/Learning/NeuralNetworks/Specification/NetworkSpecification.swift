import Tensors

/// All that decides a network and its first weights.
package struct NetworkSpecification: Hashable, Sendable {
    /// The layers, each reading the one before; at least one.
    package var layers: [LayerSpecification]
    /// Shape of one example: `[features]`, `[channels, length]` or `[channels, height, width]`.
    package var inputShape: Shape
    /// How layers begin that have no initializer of their own.
    package var initializer: Initializer
    /// What the biases of linear and convolution layers begin with; nil for the initializer's own (0, or PyTorch's).
    package var biasValue: Double?
    /// Decides the first weights; what layers draw in a pass, such as dropout, hangs on the pass's own seed.
    package var seed: UInt64

    package init(
        layers: [LayerSpecification], inputShape: Shape, initializer: Initializer = .standard,
        biasValue: Double? = nil, seed: UInt64 = 0
    ) {
        self.layers = layers
        self.inputShape = inputShape
        self.initializer = initializer
        self.biasValue = biasValue
        self.seed = seed
    }
}
