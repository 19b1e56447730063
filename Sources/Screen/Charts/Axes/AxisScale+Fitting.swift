import Foundation

extension AxisScale {
    /// A scale that holds all of `values`, with round ends, so that it changes seldom while values come in.
    ///
    /// Linear ends are multiples of a 1-2-5 step (a quarter of the range or more), so far apart that
    /// two labels tell them apart; logarithmic ends are 1, 2, 3, 5 or
    /// 7 times a power of ten. No values give 0...1 or 0.1...10; one value gives a range around it.
    /// - Parameters:
    ///   - values: the range to show; infinite ends count as the largest finite ones, non-positive values on a
    ///     logarithmic axis as a millionth of the upper end.
    ///   - includingZero: whether a linear axis must reach 0.
    package static func fitting(
        _ values: ClosedRange<Double>?, kind: Kind, includingZero: Bool = false
    ) -> AxisScale {
        switch kind {
        case .linear, .knots: fittingLinear(values, includingZero: includingZero)
        case .logarithmic, .logarithmicFromZero: fittingLogarithmic(values)
        }
    }

    private static func fittingLinear(_ values: ClosedRange<Double>?, includingZero: Bool) -> AxisScale {
        guard let values else { return AxisScale(kind: .linear, low: 0, high: 1) }
        var low = bounded(values.lowerBound)
        var high = bounded(values.upperBound)
        if includingZero {
            low = min(low, 0)
            high = max(high, 0)
        }
        let magnitude = max(abs(low), abs(high))
        guard magnitude > 1e-290 else { return AxisScale(kind: .linear, low: 0, high: 1) }
        if high - low <= magnitude * 1e-6 {
            low -= magnitude / 2
            high += magnitude / 2
        }
        while true {
            let step = DecimalStep(atLeast: (high - low) / 4)
            let scale = AxisScale(
                kind: .linear, low: step.multiple(step.lastIndex(atMost: low)),
                high: step.multiple(step.firstIndex(atLeast: high)))
            // So near to each other that no two labels of usual width differ: the range is widened until two do.
            let isNarrow = high - low < magnitude / 2
            if !isNarrow || Ticks.labelled(scale: scale, rows: 2, maximumCount: 2).count == 2 { return scale }
            let more = (high - low) / 2
            (low, high) = (low - more, high + more)
        }
    }

    private static func fittingLogarithmic(_ values: ClosedRange<Double>?) -> AxisScale {
        guard let values, values.upperBound > 0 else { return AxisScale(kind: .logarithmic, low: 0.1, high: 10) }
        var high = max(1e-290, bounded(values.upperBound))
        var low = values.lowerBound > 0 ? max(1e-300, bounded(values.lowerBound)) : high * 1e-6
        if high / low < 3 {
            let middle = (low * 0.5) + (high * 0.5)
            low = middle / 2
            high = middle * 2
        }
        return AxisScale(kind: .logarithmic, low: roundedDown(low), high: roundedUp(high))
    }

    private static let mantissas: [Double] = [1, 2, 3, 5, 7, 10]

    private static func roundedDown(_ value: Double) -> Double {
        let exponent = Int(log10(value).rounded(.down))
        let mantissa = value / pow(10, Double(exponent))
        return DecimalStep.value(mantissas.last { $0 <= mantissa * (1 + 1e-9) } ?? 1, exponent: exponent)
    }

    private static func roundedUp(_ value: Double) -> Double {
        let exponent = Int(log10(value).rounded(.down))
        let mantissa = value / pow(10, Double(exponent))
        return DecimalStep.value(mantissas.first { $0 >= mantissa * (1 - 1e-9) } ?? 10, exponent: exponent)
    }

    /// Far enough from the largest finite value that rounding outwards cannot reach infinity.
    private static func bounded(_ value: Double) -> Double { min(1e300, max(-1e300, value)) }
}
