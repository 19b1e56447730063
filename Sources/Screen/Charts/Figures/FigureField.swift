/// Numbers as the screen shows them: in fields of fixed width, right-aligned, so that nothing beside them moves.
package enum FigureField {
    /// A measured value with 3 significant digits in 6 columns: `0.0171`, ` 0.182`, `  15.6`, `4.2e-4`.
    ///
    /// 0.01 to 999 are written out, other values as mantissa and power of ten. A missing value is `–`.
    /// - Parameter signed: gives the 7 columns of a value that can be negative. In 6 columns negative values lose
    ///   digits, never the sign.
    package static func figure(_ value: Double?, signed: Bool = false) -> String {
        let width = signed ? 7 : 6
        return figureText(value, width: width).rightAligned(in: width)
    }

    /// A share of 1 as percent: `96.8 %` in 7 columns with decimals, `38 %` in 5 without; missing is `–`.
    package static func percent(_ share: Double?, decimals: Bool) -> String {
        let width = decimals ? 7 : 5
        guard let share else { return "–".rightAligned(in: width) }
        guard share.isFinite else { return word(for: share).rightAligned(in: width) }
        var text = DecimalText.fixed(min(1e6, max(-1e6, share)) * 100, decimals: decimals ? 1 : 0) + " %"
        if text.utf8.count > width {
            text = share < 0 ? (decimals ? "<-99 %" : "<-9 %") : (decimals ? ">999 %" : ">99 %")
        }
        return text.rightAligned(in: width)
    }

    /// A step number with thousands separators, as wide as the total beside it: `  840` next to `3,750`.
    package static func steps(_ number: Int, asWideAs total: Int) -> String {
        DecimalText.grouped(number).rightAligned(in: DecimalText.grouped(total).utf8.count)
    }

    /// Text of at most `width` (6 or 7) columns.
    private static func figureText(_ value: Double?, width: Int) -> String {
        guard let value else { return "–" }
        guard value.isFinite else { return word(for: value) }
        guard value != 0 else { return "0" }
        let magnitude = abs(value)
        if (magnitude * 10_000).rounded() >= 100, magnitude < 999.5 {
            let text = threeDigits(value, mostDecimals: 4)
            if text.utf8.count <= width { return text }
            return DecimalText.fixed(value, decimals: 3)
        }
        for decimals in [1, 0] {
            let text = DecimalText.exponential(value, decimals: decimals)
            if text.utf8.count <= width { return text }
        }
        return "-0"
    }

    /// A value below 999.5 with as many decimals as make 3 significant digits, at most `mostDecimals`.
    static func threeDigits(_ value: Double, mostDecimals: Int) -> String {
        var decimals = mostDecimals
        var scaled = abs(value)
        for _ in 0..<mostDecimals { scaled *= 10 }
        while decimals > 0, scaled.rounded() >= 1000 {
            scaled /= 10
            decimals -= 1
        }
        return DecimalText.fixed(value, decimals: decimals)
    }

    /// How the screen calls what is no finite number.
    static func word(for value: Double) -> String { value.isNaN ? "NaN" : value < 0 ? "-Inf" : "Inf" }
}
