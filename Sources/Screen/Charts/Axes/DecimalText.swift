import Foundation

/// Numbers as decimal text, without locale.
enum DecimalText {
    /// A number with a fixed count of decimals, rounded to nearest: `fixed(0.0171, decimals: 3)` is `0.017`.
    static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return FigureField.word(for: value) }
        let scaled = (abs(value) * pow(10, Double(decimals))).rounded()
        guard scaled < 9e18 else { return exponential(value, decimals: 1) }
        let digits = String(Int(scaled))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// A number as mantissa and power of ten: `4.2e-4`; zero is `0`.
    static func exponential(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return FigureField.word(for: value) }
        guard value != 0 else { return "0" }
        let magnitude = abs(value)
        var exponent = Int(log10(magnitude).rounded(.down))
        // Powers below 1e-300 lose digits or vanish, so these take the way round.
        let mantissa =
            exponent < -300
            ? magnitude * 1e300 / pow(10, Double(exponent + 300)) : magnitude / pow(10, Double(exponent))
        let scale = pow(10, Double(decimals))
        var scaled = (mantissa * scale).rounded()
        if scaled < scale {
            exponent -= 1
            scaled = (mantissa * 10 * scale).rounded()
        }
        if scaled >= 10 * scale {
            exponent += 1
            scaled = scale
        }
        return (value < 0 ? "-" : "") + fixed(scaled / scale, decimals: decimals) + "e\(exponent)"
    }

    /// A whole number with commas between groups of three digits.
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        guard digits.count > 3 else { return number < 0 ? "-" + digits : digits }
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
