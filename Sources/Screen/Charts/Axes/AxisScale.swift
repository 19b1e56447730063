import Foundation

/// How values of an axis become places on it: a kind and the values at both ends.
package struct AxisScale: Hashable, Sendable {
    /// How distances follow from differences.
    package enum Kind: Hashable, Sendable {
        /// Equal distances for equal differences.
        case linear
        /// Equal distances for equal ratios.
        case logarithmic
        /// log(1 + value), for counts that begin at 0.
        case logarithmicFromZero
        /// Straight between known places.
        case knots
    }

    /// A value and where it stands, in a unit of the axis's own, such as the second of a step.
    package struct Knot: Hashable, Sendable {
        /// The value, in the unit of the data.
        package var value: Double
        /// Where it stands.
        package var place: Double

        package init(value: Double, place: Double) {
            self.value = value
            self.place = place
        }
    }

    /// How values become places.
    package let kind: Kind
    /// The value at fraction 0.
    package let low: Double
    /// The value at fraction 1.
    package let high: Double
    private let knots: [Knot]
    /// The place of `low`, and how far from it `high` is.
    private let origin: Double
    private let span: Double

    /// A scale from `low` to `high`; equal, infinite or (on a logarithmic axis) non-positive ends make it unusable.
    package init(kind: Kind, low: Double, high: Double) {
        self.init(kind: kind, low: low, high: high, knots: [])
    }

    /// A scale on which values stand where knots say, beyond them as between the two nearest.
    /// - Parameter knots: values and places both strictly rising; fewer than two make a linear scale.
    package init(knots: [Knot], low: Double, high: Double) {
        self.init(kind: knots.count < 2 ? .linear : .knots, low: low, high: high, knots: knots)
    }

    private init(kind: Kind, low: Double, high: Double, knots: [Knot]) {
        self.kind = kind
        self.low = low
        self.high = high
        self.knots = knots
        origin = Self.place(low, kind, knots)
        span = Self.place(high, kind, knots) - origin
    }

    /// Whether the scale has two different, finite ends, so that fractions exist at all.
    package var isUsable: Bool { span.isFinite && span != 0 && origin.isFinite }

    /// Where a value lies: 0 at `low`, 1 at `high`, beyond them outside of 0...1.
    /// - Returns: nil for NaN, for a value without a logarithm on a logarithmic axis and on an unusable scale.
    package func fraction(_ value: Double) -> Double? {
        guard isUsable, !value.isNaN else { return nil }
        switch kind {
        case .linear: return (value - origin) / span
        case .logarithmic: return value > 0 ? (log10(value) - origin) / span : nil
        case .logarithmicFromZero: return value > -1 ? (log10(1 + value) - origin) / span : nil
        case .knots: return (Self.place(value, kind, knots) - origin) / span
        }
    }

    /// The value at a fraction of the axis: the inverse of `fraction(_:)`.
    package func value(at fraction: Double) -> Double {
        let place = origin + fraction * span
        switch kind {
        case .linear: return place
        case .logarithmic: return pow(10, place)
        case .logarithmicFromZero: return pow(10, place) - 1
        case .knots: return Self.between(place, knots, from: \.place, to: \.value)
        }
    }

    private static func place(_ value: Double, _ kind: Kind, _ knots: [Knot]) -> Double {
        switch kind {
        case .linear: value
        case .logarithmic: log10(value)
        case .logarithmicFromZero: log10(1 + value)
        case .knots: between(value, knots, from: \.value, to: \.place)
        }
    }

    private static func between(
        _ given: Double, _ knots: [Knot], from: (Knot) -> Double, to: (Knot) -> Double
    ) -> Double {
        var low = 1
        var high = knots.count - 1
        while low < high {
            let middle = (low + high) / 2
            if from(knots[middle]) < given { low = middle + 1 } else { high = middle }
        }
        let (left, right) = (knots[low - 1], knots[low])
        return to(left) + (given - from(left)) / (from(right) - from(left)) * (to(right) - to(left))
    }
}
