import History
import Runs

/// Which layers are listed, in what order, and which of them is selected or opened.
package struct LayerSelection: Hashable, Sendable {
    /// The selected layer, an index into `description.layers`.
    package var selected = 0
    /// The layer whose close-up is open.
    package var opened: Int?
    /// Only layers whose name or kind contains this are listed.
    package var filter = ""
    /// Worst first instead of depth order.
    package var byTrouble = false
    /// Which numbers of the layers the histograms are of.
    package var quantity = LayerQuantity.after

    /// All layers in depth order, the first selected.
    package init() {}

    /// The layers that are listed, as indices into the description: filtered, in depth order or worst first.
    package func listed(of run: RunHistory) -> [Int] {
        let words = filter.lowercased()
        let layers = run.description.layers
        let found = layers.indices.filter {
            words.isEmpty || "\(layers[$0].name) \(layers[$0].kind)".lowercased().contains(words)
        }
        guard byTrouble, let report = run.latestLayers else { return found }
        let alarms = run.layerAlarms()
        let trouble = layers.indices.map { index in
            report.layers.indices.contains(index) ? Self.trouble(of: report.layers[index], alarms[index]) : 0
        }
        return found.sorted { trouble[$0] != trouble[$1] ? trouble[$0] > trouble[$1] : $0 < $1 }
    }

    /// How much is wrong with a layer: the number of its alarms and, below 1 of them, the larger share of its units that never
    /// fire and of its saturated values; infinite for a value that is not finite.
    package static func trouble(of layer: LayerStatistics, _ alarms: LayerAlarms) -> Double {
        if !layer.minimum.isNaN, !layer.maximum.isFinite || !layer.minimum.isFinite { return .infinity }
        let share = max(
            layer.neverFired.isFinite ? layer.neverFired : 0, layer.saturated.isFinite ? layer.saturated : 0)
        return Double(alarms.rawValue.nonzeroBitCount) + 0.999 * share
    }

    /// Moves the selection among the listed layers by so many rows, the opened layer with it.
    mutating func select(by rows: Int, of run: RunHistory, wrapping: Bool = false) {
        let listed = listed(of: run)
        guard !listed.isEmpty else { return }
        let start = listed.firstIndex(of: opened ?? selected) ?? (rows > 0 ? -1 : 0)
        let next = start + rows
        select(
            listed[wrapping ? (next % listed.count + listed.count) % listed.count : min(max(next, 0), listed.count - 1)]
        )
    }

    /// Selects the first or the last of the listed layers.
    mutating func select(first: Bool, of run: RunHistory) {
        let listed = listed(of: run)
        if let layer = first ? listed.first : listed.last { select(layer) }
    }

    private mutating func select(_ layer: Int) {
        selected = layer
        if opened != nil { opened = layer }
    }

    /// Opens the selected layer, or the first that is listed where the selected one is not.
    mutating func open(of run: RunHistory) {
        let listed = listed(of: run)
        if listed.contains(selected) {
            opened = selected
        } else if let first = listed.first {
            selected = first
            opened = first
        }
    }

    /// Keeps the selection inside `count` layers.
    mutating func keep(inside count: Int) {
        selected = min(max(0, selected), max(0, count - 1))
        if let opened, !(0..<count).contains(opened) { self.opened = nil }
    }
}
