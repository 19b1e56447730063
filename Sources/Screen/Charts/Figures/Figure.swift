import Foundation

/// Numbers inside running text: what `FigureField` writes into fields, without the padding.
package enum Figure {
    /// `0.0171`, `0.182`, `15.6`, `322`, `4.2e-4`; words for what is not finite, a dash for what is absent.
    package static func plain(_ value: Double?) -> String { trimmed(FigureField.figure(value)) }

    /// A factor as it is spoken of: `×2`, `×0.5`.
    package static func factor(_ value: Double) -> String {
        value.isFinite ? "×" + String(format: "%.3g", value) : "×" + plain(value)
    }

    /// Steps with commas: `2,140`.
    package static func count(_ value: Int) -> String { trimmed(FigureField.steps(value, asWideAs: value)) }

    /// A share with one decimal: `96.8 %`.
    package static func share(_ value: Double?) -> String { trimmed(FigureField.percent(value, decimals: true)) }

    /// A length of time: `0:21`, `12:07`, `3:12:07`.
    package static func duration(_ seconds: Double) -> String { trimmed(FigureField.duration(seconds)) }

    /// Samples a second: `850`, `2.18k`.
    package static func speed(_ samplesPerSecond: Double) -> String { trimmed(FigureField.speed(samplesPerSecond)) }

    private static func trimmed(_ field: String) -> String { String(field.drop { $0 == " " }) }
}
