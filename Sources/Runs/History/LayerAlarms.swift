import Runs

/// What is wrong with a layer, as several measurements in a row say: a single one, of one batch and maybe before the first update,
/// says too little.
package struct LayerAlarms: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Three in ten units or more never fire.
    package static let deadUnits = LayerAlarms(rawValue: 1)
    /// Half of the values or more lie in the flat ends of the activation.
    package static let saturated = LayerAlarms(rawValue: 2)
    /// Updates are far from what the rate lets one expect; see `UpdateRatioBand`.
    package static let oddUpdate = LayerAlarms(rawValue: 4)
    /// All units compute the same.
    package static let equalUnits = LayerAlarms(rawValue: 8)

    /// So many measurements in a row must agree while a run goes on.
    package static let measurements = 3

    /// What one measurement says.
    package init(_ layer: LayerStatistics, _ band: UpdateRatioBand) {
        self = []
        if layer.neverFired >= 0.3 { insert(.deadUnits) }
        if layer.saturated >= 0.5 { insert(.saturated) }
        if band.isOdd(layer.updateRatio) { insert(.oddUpdate) }
        if layer.hasEqualUnits { insert(.equalUnits) }
    }
}

extension RunHistory {
    /// The share of the highest rate planned that an update was made with, 0...1; of one that is due, is to be made with.
    /// - Parameter peak: the highest rate planned, where it is known already.
    package func rateShare(at step: Int, peak: Double? = nil) -> Double {
        let peak = peak ?? description.schedule.peak
        let rate =
            step >= status.position.step
            ? status.learningRate
            : series.values(at: Double(step))?[.learningRate] ?? description.schedule.rate(at: step)
        return peak > 0 && rate.isFinite ? min(1, rate / peak) : 1
    }

    /// What is wrong with each layer, as the last measurements say that were made up to a step; all of them where it is nil.
    /// O(layers).
    package func layerAlarms(upTo step: Double? = nil) -> [LayerAlarms] {
        let history = layerHistory
        let end = step.map { history.firstIndex(after: $0.rounded(.down)) } ?? history.reports.count
        let reports = history.reports[max(0, end - LayerAlarms.measurements)..<end]
        let none = [LayerAlarms](repeating: [], count: description.layers.count)
        // A run that has ended says no more: there two are enough, the last of which is no early one.
        let needed = status.phase.isFinished ? 2 : LayerAlarms.measurements
        guard reports.count >= needed else { return none }
        let peak = description.schedule.peak
        var alarms: [LayerAlarms]?
        for report in reports {
            let band = UpdateRatioBand(rateShare: rateShare(at: report.position.step, peak: peak))
            let found = none.indices.map { index in
                report.layers.indices.contains(index) ? LayerAlarms(report.layers[index], band) : []
            }
            alarms = alarms.map { zip($0, found).map { $0.intersection($1) } } ?? found
        }
        return alarms ?? none
    }
}
