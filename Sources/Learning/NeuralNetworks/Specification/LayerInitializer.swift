import Fields

/// How weights and biases begin: the whole network's, or one layer's where it differs from the rest.
package struct LayerInitializer: Hashable, Sendable {
    /// How weights begin, and biases where `bias` is nil.
    package var weights: Initializer
    /// What biases begin with; nil for the initializer's own (0, or PyTorch's).
    package var bias: Double?

    package init(_ weights: Initializer, bias: Double? = nil) {
        self.weights = weights
        self.bias = bias
    }
}

extension LayerInitializer: Alternatives {
    package static let alternatives = Initializer.alternatives.map { $0.map { LayerInitializer($0) } }
    package static let commonFields: [Field<LayerInitializer>] = [
        Field("bias", \.bias, .optional(.number(.within(-1e6...1e6))), "what biases begin with")
            .otherwise("0, or PyTorch's own")
    ]
    package static var writesBareWords: Bool { false }
    package var chosen: any Written { weights.chosen }
}
