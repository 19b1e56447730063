import Runs

extension DashboardState {
    /// The layers that are listed, as indices into the description: filtered, in depth order or worst first.
    package var visibleLayers: [Int] {
        let words = layerFilter.lowercased()
        let layers = history.description.layers
        let found = layers.indices.filter {
            words.isEmpty || "\(layers[$0].name) \(layers[$0].kind)".lowercased().contains(words)
        }
        guard layersByTrouble, let report = history.latestLayers else { return found }
        let trouble = layers.indices.map { index in
            report.layers.indices.contains(index) ? Self.trouble(of: report.layers[index]) : 0
        }
        return found.sorted { trouble[$0] != trouble[$1] ? trouble[$0] > trouble[$1] : $0 < $1 }
    }

    /// How much is wrong with a layer: the larger share of its units that never fire and of its saturated values, above all
    /// of these a value that is not finite.
    package static func trouble(of layer: LayerStatistics) -> Double {
        if !layer.minimum.isNaN, !layer.maximum.isFinite || !layer.minimum.isFinite { return 2 }
        return max(layer.neverFired.isFinite ? layer.neverFired : 0, layer.saturated.isFinite ? layer.saturated : 0)
    }

    /// Moves the selection among the listed layers by so many rows, the opened layer with it.
    mutating func selectLayer(by rows: Int, wrapping: Bool = false) {
        let listed = visibleLayers
        guard !listed.isEmpty else { return }
        let start = listed.firstIndex(of: openedLayer ?? selectedLayer) ?? (rows > 0 ? -1 : 0)
        let next = start + rows
        select(
            listed[wrapping ? (next % listed.count + listed.count) % listed.count : min(max(next, 0), listed.count - 1)]
        )
    }

    /// Selects the first or the last of the listed layers.
    mutating func selectLayer(first: Bool) {
        if let layer = first ? visibleLayers.first : visibleLayers.last { select(layer) }
    }

    private mutating func select(_ layer: Int) {
        selectedLayer = layer
        if openedLayer != nil { openedLayer = layer }
    }
}
