/// The statistics of every watched layer in one step, in depth order. A reference, so that history is shared, not copied.
package final class LayersReport: Sendable {
    package let position: Position
    /// One per entry of `RunDescription.layers`.
    package let layers: [LayerStatistics]
    /// The weights and gradients of each layer; empty where only outputs were looked at.
    package let parameters: [ParameterStatistics]

    package init(position: Position, layers: [LayerStatistics], parameters: [ParameterStatistics] = []) {
        self.position = position
        self.layers = layers
        self.parameters = parameters
    }
}
