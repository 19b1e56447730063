import Foundation

/// The range of values that an axis shows so that no outlier owns it: values far from nearly all others count for nothing,
/// and the chart has arrows for them at its edge.
///
/// On either side the outermost fiftieth of the values (and one more) may be left out where it lies far from the rest, the
/// outermost fifth where it lies very far: above the 20-fold, the 1,000-fold of what stays on a linear axis, by 4, by 7
/// decades on a logarithmic one. Of what lies between, everything is shown. Fewer than 8 values are all shown.
package enum RobustRange {
    /// How many values may be left out on one side, and how far they must lie.
    private struct Tier: Sendable {
        /// One of so many, and so many more.
        var oneOf: Int
        var more: Int
        /// How many times as far from 0 as what stays.
        var factor: Double
        var decades: Double
    }

    private static let tiers = [
        Tier(oneOf: 50, more: 1, factor: 20, decades: 4), Tier(oneOf: 5, more: 0, factor: 1_000, decades: 7),
    ]

    /// The range without outliers, nil where no value has a place: what is not finite, and on a logarithmic axis zero and
    /// less, has none. O(n), and a sort only where something lies far.
    /// - Parameter shown: values that must be shown, such as the newest one.
    package static func of(
        _ values: [Double], kind: AxisScale.Kind, showing shown: [Double] = []
    ) -> ClosedRange<Double>? {
        let isLogarithmic = kind == .logarithmic
        func hasPlace(_ value: Double) -> Bool { value.isFinite && (!isLogarithmic || value > 0) }
        guard let all = ends(of: values, isLogarithmic: isLogarithmic) else {
            return ends(of: shown, isLogarithmic: isLogarithmic).map { $0.low...$0.high }
        }
        var (low, high) = (all.low, all.high)
        let count = all.count
        if count >= 8, mayHoldOutliers(values, low: low, high: high, count: count, isLogarithmic: isLogarithmic) {
            (low, high) = endsWithoutOutliers(
                values.filter(hasPlace), low: low, high: high, isLogarithmic: isLogarithmic)
        }
        for value in shown where hasPlace(value) { (low, high) = (min(low, value), max(high, value)) }
        return low...high
    }

    /// Whether either end lies far enough from enough values, in one pass: nearly always none does.
    private static func mayHoldOutliers(
        _ values: [Double], low: Double, high: Double, count: Int, isLogarithmic: Bool
    ) -> Bool {
        for tier in tiers {
            let most = count / tier.oneOf + tier.more
            let factor = isLogarithmic ? pow(10, tier.decades) : tier.factor
            let (nearHigh, nearLow) = (high / factor, isLogarithmic ? low * factor : low / factor)
            var (aboveCount, belowCount) = (0, 0)
            for value in values {
                if value >= nearHigh, value <= high { aboveCount += 1 }
                if value <= nearLow, value >= low { belowCount += 1 }
            }
            if isLogarithmic || high > 0, aboveCount <= most { return true }
            if isLogarithmic || low < 0, belowCount <= most { return true }
        }
        return false
    }

    private static func endsWithoutOutliers(
        _ values: [Double], low: Double, high: Double, isLogarithmic: Bool
    ) -> (low: Double, high: Double) {
        var (usable, low, high) = (values, low, high)
        // Twice: what lies on the way to outliers, as an average does, is one once they are gone.
        for _ in 0..<2 where usable.count >= 8 {
            let places = isLogarithmic ? usable.map { log10($0) } : usable
            let (bottom, top) = isLogarithmic ? (log10(low), log10(high)) : (low, high)
            let upper = limit(places, top: top, isLogarithmic: isLogarithmic)
            let lower = limit(places.map { -$0 }, top: -bottom, isLogarithmic: isLogarithmic).map { -$0 }
            guard upper != nil || lower != nil else { break }
            usable = zip(usable, places).filter { $1 <= upper ?? top && $1 >= lower ?? bottom }.map(\.0)
            if let ends = ends(of: usable, isLogarithmic: isLogarithmic) { (low, high) = (ends.low, ends.high) }
        }
        return (low, high)
    }

    /// The lowest and the highest of the values that have a place, and how many these are; nil where none has.
    private static func ends(of values: [Double], isLogarithmic: Bool) -> (low: Double, high: Double, count: Int)? {
        var (low, high, count) = (Double.infinity, -Double.infinity, 0)
        for value in values where value.isFinite && (!isLogarithmic || value > 0) {
            if value < low { low = value }
            if value > high { high = value }
            count += 1
        }
        return count == 0 ? nil : (low, high, count)
    }

    /// The place above which values are left out, nil where none is.
    private static func limit(_ places: [Double], top: Double, isLogarithmic: Bool) -> Double? {
        /// What still belongs to values whose highest is `place`.
        func reach(_ place: Double, _ tier: Tier) -> Double? {
            if isLogarithmic { return place + tier.decades }
            // On an axis through 0 a distance is a multiple of the value; all zeros are no measure of anything.
            return place > 0 ? place * tier.factor : nil
        }
        var found: Double?
        var sorted: [Double]?
        for tier in tiers {
            let most = places.count / tier.oneOf + tier.more
            // A look at each before the sort: nearly always nothing lies far.
            let near = isLogarithmic ? top - tier.decades : top / tier.factor
            guard isLogarithmic || top > 0, places.count(where: { $0 >= near }) <= most else { continue }
            let ordered = sorted ?? places.sorted()
            sorted = ordered
            guard let limit = reach(ordered[ordered.count - 1 - most], tier), limit < top else { continue }
            found = min(found ?? limit, limit)
        }
        return found
    }
}

extension AxisScale {
    /// A scale with round ends for values of which none far from all others counts; see `RobustRange`.
    /// - Parameters:
    ///   - shown: values that must be shown, such as the newest one.
    ///   - headroom: how many times its upper end a linear range must hold, such as 1.1.
    package static func robust(
        _ values: [Double], kind: Kind, showing shown: [Double] = [], includingZero: Bool = false,
        headroom: Double = 1
    ) -> AxisScale {
        guard let range = RobustRange.of(values, kind: kind, showing: shown) else {
            return fitting(nil, kind: kind)
        }
        let high = kind == .logarithmic ? range.upperBound : range.upperBound + abs(range.upperBound) * (headroom - 1)
        return fitting(
            range.lowerBound...max(range.lowerBound, high), kind: kind, includingZero: includingZero)
    }
}
