/// The statistics of every watched layer in one step, in depth order. A reference, so that history is shared, not copied.
///
/// Sendable unchecked: `fill` and `fillParameters` are called at most once, by the only owner, before the report is handed on.
package final class LayersReport: @unchecked Sendable {
    /// The updates finished before the measured one.
    package private(set) var position: Position
    /// One per entry of `RunDescription.layers`.
    package private(set) var layers: [LayerStatistics]
    /// Room for the weights and gradients of each layer, filled or not.
    private var parameterRoom: [ParameterStatistics]
    private var hasParameters: Bool

    /// What was measured in one step; without parameters where only outputs were looked at.
    package init(position: Position, layers: [LayerStatistics], parameters: [ParameterStatistics] = []) {
        self.position = position
        self.layers = layers
        parameterRoom = parameters
        hasParameters = !parameters.isEmpty
    }

    /// The weights and gradients of each layer; empty where only outputs were looked at.
    package var parameters: [ParameterStatistics] { hasParameters ? parameterRoom : [] }

    /// A blank report to fill.
    package convenience init(blankFor layerCount: Int) {
        self.init(position: Position(step: 0), layers: Array(repeating: .empty, count: layerCount))
        parameterRoom = Array(repeating: .empty, count: layerCount)
    }

    /// Fills a blank report, which nobody else may know yet; allocates nothing.
    package func fill(_ position: Position, _ statistics: (Int) -> LayerStatistics) {
        self.position = position
        for index in layers.indices { layers[index] = statistics(index) }
    }

    /// Fills in the weights and gradients of a blank report; allocates nothing.
    package func fillParameters(_ statistics: (Int) -> ParameterStatistics) {
        hasParameters = true
        for index in parameterRoom.indices { parameterRoom[index] = statistics(index) }
    }
}
