/// What a watched layer is.
package struct LayerDescription: Hashable, Sendable, Codable {
    /// PyTorch's name: the index in the model list, nested with dots (`0`, `3.body.0`).
    package var name: String
    /// The config's word (`conv2d`, `linear`).
    package var kind: String
    /// Shape of one example's output, `[units]` or `[maps, height, width]`.
    package var outputShape: [Int]
    /// The activation between this layer and the next, nil where there is none (`relu`, `tanh`).
    package var activation: String?
    /// Learned numbers of the layer.
    package var parameterCount: Int

    /// A layer as the network knows it.
    package init(name: String, kind: String, outputShape: [Int], activation: String?, parameterCount: Int) {
        self.name = name
        self.kind = kind
        self.outputShape = outputShape
        self.activation = activation
        self.parameterCount = parameterCount
    }

    /// Feature maps of a convolution, units of anything else.
    package var unitCount: Int { outputShape.first ?? 0 }
    /// Whether its output has extents beside the units.
    package var hasMaps: Bool { outputShape.count > 1 }
}
