/// Which updates over weights are healthy at a rate.
///
/// About a thousandth is usual at the rate that a run is planned around (Karpathy, "Neural Networks Part 3", 2015: babysitting).
/// Where the plan has the rate small, in a warm-up or at a cosine's end, updates are small because of that and not because of the
/// layer: the lower end follows the rate. The upper end does not: an update of several percent of the weights is large at any rate.
package struct UpdateRatioBand: Hashable, Sendable {
    /// The rate over the highest one planned, above 0 and at most 1.
    package let rateShare: Double

    /// The usual ratio at the highest rate planned.
    package static let usual = 1e-3
    /// Below a rate of this share of the highest nothing is too small any more.
    private static let leastShare = 1e-9

    /// - Parameter rateShare: 0...1; more counts as 1, NaN too.
    package init(rateShare: Double) {
        self.rateShare = rateShare >= 0 ? min(1, max(Self.leastShare, rateShare)) : 1
    }

    /// The usual ratio at this rate.
    package var usual: Double { Self.usual * rateShare }

    /// A ratio as it would be at the highest rate planned, for gauges.
    package func scaled(_ ratio: Double) -> Double { ratio / rateShare }

    /// Whether a ratio is far smaller than the rate explains, or larger than any rate should make it; not where it is unknown.
    package func isOdd(_ ratio: Double) -> Bool {
        guard ratio.isFinite else { return false }
        if ratio > 3e-2 { return true }
        return ratio < 1e-5 * rateShare && rateShare > Self.leastShare
    }
}
