import Runs

/// What one layer looked like in a measured step, without its histograms.
package struct LayerSigns: Hashable, Sendable, Codable {
    /// Standard deviation of what goes into its activation.
    package var preactivationStd = Double.nan
    /// Share of values in the flat ends of its activation; NaN without any.
    package var saturated = Double.nan
    /// 2-norm of the gradient that came back to its output.
    package var signal = Double.nan
    /// Norm of its update over that of its weights.
    package var updateRatio = Double.nan
    /// Whether all its units compute the same.
    package var hasEqualUnits = false

    /// From statistics.
    /// - Parameter outputCount: numbers of one example's output.
    package init(_ layer: LayerStatistics, outputCount: Int) {
        preactivationStd = layer.preactivation.std
        saturated = layer.saturated
        signal = layer.signalNorm * Double(outputCount).squareRoot()
        updateRatio = layer.updateRatio
        hasEqualUnits = layer.hasEqualUnits
    }
}

extension Histogram {
    /// The standard deviation of what was counted, each value in the middle of its bin.
    var std: Double {
        let total = Double(total)
        guard total > 0, low.isFinite, high.isFinite else { return .nan }
        guard high > low else { return 0 }
        let width = (Double(high) - Double(low)) / Double(Self.binCount)
        var (sum, square) = (0.0, 0.0)
        for bin in 0..<Self.binCount where counts[bin] > 0 {
            let value = (Double(bin) + 0.5) * width
            sum += value * Double(counts[bin])
            square += value * value * Double(counts[bin])
        }
        let mean = sum / total
        return max(0, square / total - mean * mean).squareRoot()
    }
}
