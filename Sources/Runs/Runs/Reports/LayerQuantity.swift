/// Which numbers of a layer a histogram is of.
package enum LayerQuantity: String, Hashable, Sendable, CaseIterable {
    /// What the layer hands on: after the normalization and the activation that follow it.
    case after
    /// What goes into the activation; the same where none follows.
    case before
    /// The gradient of the loss with respect to the layer's parameters.
    case gradient

    /// The one that a key turns to, around the end.
    package var next: LayerQuantity {
        switch self {
        case .after: .before
        case .before: .gradient
        case .gradient: .after
        }
    }
}

extension LayersReport {
    /// How the numbers of a layer are spread; nil where that was not looked at.
    package func histogram(_ layer: Int, _ quantity: LayerQuantity) -> Histogram? {
        switch quantity {
        case .after: layers.indices.contains(layer) ? layers[layer].histogram : nil
        case .before: layers.indices.contains(layer) ? layers[layer].preactivation : nil
        case .gradient: parameters.indices.contains(layer) ? parameters[layer].gradients : nil
        }
    }
}
