import Runs

/// The numbers of a layer that are drawn over the steps, kept in one row per report.
enum LayerFigure: Int, CaseIterable {
    case mean, std, zeros, saturated, neverFired, signalNorm, gradientNorm, updateRatio, unitStd

    static let count = allCases.count

    /// Writes a layer's numbers behind those of the layers before.
    static func append(_ layer: LayerStatistics, to row: inout [Double]) {
        row.append(layer.mean)
        row.append(layer.std)
        row.append(layer.zeros)
        row.append(layer.saturated)
        row.append(layer.neverFired)
        row.append(layer.signalNorm)
        row.append(layer.gradientNorm)
        row.append(layer.updateRatio)
        row.append(layer.unitStd)
    }

    /// The figure that a key path names, nil for any other.
    init?(_ path: KeyPath<LayerStatistics, Double>) {
        guard let found = Self.paths.first(where: { $0.path == path })?.figure else { return nil }
        self = found
    }

    private nonisolated(unsafe) static let paths: [(path: KeyPath<LayerStatistics, Double>, figure: LayerFigure)] = [
        (\.std, .std), (\.neverFired, .neverFired), (\.signalNorm, .signalNorm), (\.updateRatio, .updateRatio),
        (\.gradientNorm, .gradientNorm), (\.mean, .mean), (\.zeros, .zeros), (\.saturated, .saturated),
        (\.unitStd, .unitStd),
    ]
}
