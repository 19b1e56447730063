import Foundation

/// The choice of an axis's ticks.
package enum Ticks {
    /// How many ticks a y axis of so many rows may have: one for every two rows.
    package static func maximumCount(rows: Int) -> Int { max(0, rows + 1) / 2 }

    /// Round values between both ends of a scale, ascending, at most `maximumCount` of them.
    ///
    /// Linear axes step by 1, 2 or 5 times a power of ten, or by 4 where that gives the third tick; logarithmic ones have 1 and 3 of each decade, only the
    /// decades or every so many decades, and the linear steps where the scale is shorter than that. All labels of an
    /// axis have one notation: written out (`0.03`, `1,500`) or, where that is too wide, `1e-4`.
    /// - Parameters:
    ///   - suffix: follows every label, such as ` %`.
    ///   - labelWidth: the columns a label may take without its suffix; by default 5 with decimals and 9 without.
    package static func values(
        scale: AxisScale, maximumCount: Int, suffix: String = "", labelWidth: Int? = nil
    ) -> [Tick] {
        guard maximumCount > 0, scale.isUsable else { return [] }
        let marks: [Mark]
        switch scale.kind {
        case .linear, .knots: marks = linear(scale, maximumCount)
        case .logarithmic: marks = logarithmic(scale, maximumCount)
        case .logarithmicFromZero:
            let low = max(scale.low, min(1, scale.high / 10))
            marks = logarithmic(AxisScale(kind: .logarithmic, low: low, high: scale.high), maximumCount)
        }
        let writtenOut = marks.map(\.writtenOut)
        let limit = labelWidth ?? (marks.contains { $0.decimals > 0 } ? 5 : 9)
        var labels = writtenOut
        if writtenOut.contains(where: { $0.utf8.count > limit }) {
            let short = marks.map(\.exponential)
            let isShorter = short.map(\.utf8.count).max() ?? 0 < writtenOut.map(\.utf8.count).max() ?? 0
            if isShorter { labels = short }
        }
        return zip(marks, labels).map { Tick(value: $0.value, label: $1 + suffix) }
    }

    /// A tick before its axis has chosen a notation.
    private struct Mark {
        var value: Double
        /// The power of ten of its last digit.
        var lastDigit: Int
        var decimals: Int { max(0, -lastDigit) }

        var writtenOut: String {
            guard value != 0 else { return "0" }
            return decimals == 0 && abs(value) < 1e15
                ? DecimalText.grouped(Int(value)) : DecimalText.fixed(value, decimals: decimals)
        }

        var exponential: String {
            guard value != 0 else { return "0" }
            let exponent = Int((log10(abs(value)) + 1e-9).rounded(.down))
            let decimals = min(12, max(0, exponent - lastDigit))
            // The fewest decimals that say the same: 1e-10 beside 1.5e-10.
            for fewer in 0..<decimals {
                let text = DecimalText.exponential(value, decimals: fewer)
                if let read = Double(text), abs(read - value) <= abs(value) * 1e-12 { return text }
            }
            return DecimalText.exponential(value, decimals: decimals)
        }
    }

    private static func linear(_ scale: AxisScale, _ maximumCount: Int) -> [Mark] {
        let low = min(scale.low, scale.high)
        let high = max(scale.low, scale.high)
        guard high - low > 1e-290 else { return [] }
        func count(_ step: DecimalStep) -> Double {
            step.lastIndex(atMost: high) - step.firstIndex(atLeast: low) + 1
        }
        var step = DecimalStep(atLeast: (high - low) / (Double(maximumCount) + 1))
        while count(step) > Double(maximumCount) {
            if let fours = step.doubledTwo, count(fours) == 3, maximumCount >= 3 {
                step = fours
                break
            }
            step.widen()
        }
        let first = step.firstIndex(atLeast: low)
        let last = step.lastIndex(atMost: high)
        // So many steps from zero that no label could tell neighbours apart.
        guard first <= last, max(abs(first), abs(last)) < 1e12 else { return [] }
        return (0...Int(last - first)).map {
            Mark(value: step.multiple(first + Double($0)) + 0, lastDigit: step.exponent)
        }
    }

    private static func logarithmic(_ scale: AxisScale, _ maximumCount: Int) -> [Mark] {
        let low = min(scale.low, scale.high)
        let high = max(scale.low, scale.high)
        let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))

        func marks(_ mantissas: [Double], every stride: Int = 1) -> [Mark] {
            decades.lazy.filter { $0.isMultiple(of: stride) }.flatMap { exponent in
                mantissas.map { Mark(value: DecimalStep.value($0, exponent: exponent), lastDigit: exponent) }
            }.filter { $0.value >= low * (1 - 1e-9) && $0.value <= high * (1 + 1e-9) }
        }

        var found = marks([1, 3])
        if found.count < min(2, maximumCount) {
            let finer = marks([1, 2, 5])
            found = finer.count >= 2 ? finer : linear(scale, maximumCount)
        }
        if found.count > maximumCount { found = marks([1]) }
        for stride in [2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 1000] where found.count > maximumCount {
            found = marks([1], every: stride)
        }
        return found
    }
}
