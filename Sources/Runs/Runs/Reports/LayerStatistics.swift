/// What one layer's output looked like in one step: fixed size, so that it can be reported without allocating.
///
/// The output is the one the layer hands on: for a linear or convolution layer followed by normalization and an
/// activation, that after the activation. NaN marks what does not apply or was not measured.
package struct LayerStatistics: Hashable, Sendable, BitwiseCopyable {
    /// Mean of all numbers of the output, over the batch.
    package var mean: Double
    /// Standard deviation of them (divided by their count, not by one less).
    package var std: Double
    /// How far the units of one example lie apart: the root mean square, over a fixed sample of examples and places, of the standard
    /// deviation over a fixed sample of the units. 0 where all compute the same; NaN with one unit.
    package var unitStd: Double
    /// The smallest value.
    package var minimum: Float
    /// The greatest value.
    package var maximum: Float
    /// Share of values that are exactly 0, 0...1.
    package var zeros: Double
    /// Share of values in the flat ends of a bounded activation (|tanh| > 0.97 of its range), 0...1.
    package var saturated: Double
    /// Share of units (features or maps) that were not above 0 for any example of this batch, 0...1.
    package var neverFired: Double
    /// Whether the histogram counts a fixed sample instead of every value.
    package var sampled: Bool
    /// The output over its own range.
    package var histogram: Histogram
    /// The layer's sum before its activation over its own range; a copy of `histogram` where there is no activation.
    package var preactivation: Histogram
    /// Root mean square of the gradient that came back to the layer's output.
    package var signalNorm: Double
    /// 2-norm of the layer's parameter gradients.
    package var gradientNorm: Double
    /// 2-norm of the last update over the 2-norm of the weights.
    package var updateRatio: Double

    /// Everything that was measured of one layer; how far its units lie apart may be unknown.
    package init(
        mean: Double, std: Double, minimum: Float, maximum: Float, zeros: Double, saturated: Double,
        neverFired: Double, sampled: Bool, histogram: Histogram, preactivation: Histogram, signalNorm: Double,
        gradientNorm: Double, updateRatio: Double, unitStd: Double = .nan
    ) {
        self.unitStd = unitStd
        self.mean = mean
        self.std = std
        self.minimum = minimum
        self.maximum = maximum
        self.zeros = zeros
        self.saturated = saturated
        self.neverFired = neverFired
        self.sampled = sampled
        self.histogram = histogram
        self.preactivation = preactivation
        self.signalNorm = signalNorm
        self.gradientNorm = gradientNorm
        self.updateRatio = updateRatio
    }

    /// Nothing measured yet.
    package static let empty = LayerStatistics(
        mean: .nan, std: .nan, minimum: .nan, maximum: .nan, zeros: .nan, saturated: .nan, neverFired: .nan,
        sampled: false, histogram: Histogram(low: 0, high: 0), preactivation: Histogram(low: 0, high: 0),
        signalNorm: .nan, gradientNorm: .nan, updateRatio: .nan)
}

extension LayerStatistics {
    /// Whether all numbers have the same bits: NaN is what NaN is.
    package static func == (one: LayerStatistics, other: LayerStatistics) -> Bool {
        one.fields == other.fields && one.histogram == other.histogram && one.preactivation == other.preactivation
            && one.sampled == other.sampled
    }

    /// By the bits of the numbers, without the histograms.
    package func hash(into hasher: inout Hasher) { hasher.combine(fields) }

    /// The numbers by bit pattern, so that NaN equals NaN.
    private var fields: [UInt64] {
        [
            mean, std, Double(minimum), Double(maximum), zeros, saturated, neverFired, signalNorm, gradientNorm,
            updateRatio, unitStd,
        ]
        .map(\.bitPattern)
    }
}

extension LayerStatistics {
    /// Whether all units compute the same, up to rounding: they differ by less than a thousandth of what examples make them differ
    /// by. Not where none ever fires, which is another trouble.
    package var hasEqualUnits: Bool { unitStd <= 1e-3 * std && !(neverFired >= 1) }
}
