/// The statistics of every watched layer in one step, in depth order. A reference, so that history is shared, not copied.
package final class LayersReport: Sendable {
    package let position: Position
    /// One per entry of `RunDescription.layers`.
    package let layers: [LayerStatistics]

    package init(position: Position, layers: [LayerStatistics]) {
        self.position = position
        self.layers = layers
    }
}
