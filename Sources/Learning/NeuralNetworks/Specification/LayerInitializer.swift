/// How one layer begins where it differs from the rest of the network.
package struct LayerInitializer: Hashable, Sendable {
    package var weights: Initializer
    /// What biases begin with; nil for the initializer's own (0, or PyTorch's).
    package var bias: Double?

    package init(_ weights: Initializer, bias: Double? = nil) {
        self.weights = weights
        self.bias = bias
    }
}
