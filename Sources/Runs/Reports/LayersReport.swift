/// The statistics of every watched layer in one step, in depth order. A reference, so that history is shared, not copied.
///
/// Sendable unchecked: `fill` is called at most once, by the only owner, before the report is handed on.
package final class LayersReport: @unchecked Sendable {
    package private(set) var position: Position
    /// One per entry of `RunDescription.layers`.
    package private(set) var layers: [LayerStatistics]

    package init(position: Position, layers: [LayerStatistics]) {
        self.position = position
        self.layers = layers
    }

    /// A blank report to fill.
    package convenience init(blankFor layerCount: Int) {
        self.init(position: Position(step: 0), layers: Array(repeating: .empty, count: layerCount))
    }

    /// Fills a blank report, which nobody else may know yet; allocates nothing.
    package func fill(_ position: Position, _ statistics: (Int) -> LayerStatistics) {
        self.position = position
        for index in layers.indices { layers[index] = statistics(index) }
    }
}
