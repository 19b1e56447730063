import Foundation

/// Numbers in words and labels, three significant digits.
package enum Figure {
    /// `0.0171`, `0.182`, `15.6`, `322`, `4.2e-4`; words for what is not finite.
    package static func plain(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "Inf" }
        if value == 0 { return "0" }
        let size = abs(value)
        guard size >= 0.00995, size < 999.5 else { return short(exponent: value) }
        let digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : size >= 0.09995 ? 3 : 4
        return String(format: "%.\(digits)f", value)
    }

    /// A factor as it is spoken of: `×2`, `×0.5`.
    package static func factor(_ value: Double) -> String {
        value.isFinite ? "×" + String(format: "%.3g", value) : "×" + plain(value)
    }

    /// Steps with commas: `2,140`.
    package static func count(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return (value < 0 ? "-" : "") + grouped
    }

    /// A share with one decimal: `96.8 %`.
    package static func share(_ value: Double) -> String {
        value.isFinite ? String(format: "%.1f %%", value * 100) : "–"
    }

    /// A length of time: `0:21`, `12:07`, `3:12:07`.
    package static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "–" }
        let total = Int(min(max(0, seconds), 1e9))
        let minutes = total / 60 % 60
        let rest = String(format: "%02d", total % 60)
        if total < 3600 { return "\(minutes):\(rest)" }
        return "\(total / 3600):\(String(format: "%02d", minutes)):\(rest)"
    }

    /// `d.de±d`, without leading zeros in the exponent.
    private static func short(exponent value: Double) -> String {
        let parts = String(format: "%.1e", value).split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
        return "\(parts[0])e\(exponent)"
    }
}
