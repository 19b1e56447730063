import Foundation

/// How values of an axis become places on it: a kind and the values at both ends.
package struct AxisScale: Hashable, Sendable {
    /// Equal distances for equal differences, or for equal ratios.
    package enum Kind: Hashable, Sendable {
        case linear
        case logarithmic
    }

    package let kind: Kind
    /// The value at fraction 0.
    package let low: Double
    /// The value at fraction 1.
    package let high: Double
    /// `low` and `high - low`, as logarithms to base 10 on a logarithmic axis.
    private let origin: Double
    private let span: Double

    /// A scale from `low` to `high`; equal, infinite or (on a logarithmic axis) non-positive ends make it unusable.
    package init(kind: Kind, low: Double, high: Double) {
        self.kind = kind
        self.low = low
        self.high = high
        switch kind {
        case .linear:
            origin = low
            span = high - low
        case .logarithmic:
            origin = log10(low)
            span = log10(high) - log10(low)
        }
    }

    /// Whether the scale has two different, finite ends, so that fractions exist at all.
    package var isUsable: Bool { span.isFinite && span != 0 && origin.isFinite }

    /// Where a value lies: 0 at `low`, 1 at `high`, beyond them outside of 0...1.
    /// - Returns: nil for NaN, for a non-positive value on a logarithmic axis and on an unusable scale.
    package func fraction(_ value: Double) -> Double? {
        guard isUsable, !value.isNaN else { return nil }
        switch kind {
        case .linear: return (value - origin) / span
        case .logarithmic: return value > 0 ? (log10(value) - origin) / span : nil
        }
    }

    /// The value at a fraction of the axis: the inverse of `fraction(_:)`.
    package func value(at fraction: Double) -> Double {
        let place = origin + fraction * span
        return kind == .linear ? place : pow(10, place)
    }
}
