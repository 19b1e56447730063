extension FigureField {
    /// Samples per second with 3 digits in 5 columns: `2.18k`, `  850`, `12.3k`, `1.02M`; unknown is `–`.
    package static func speed(_ samplesPerSecond: Double) -> String {
        guard samplesPerSecond.isFinite, samplesPerSecond >= 0 else { return "    –" }
        var value = samplesPerSecond
        for unit in ["", "k", "M", "G", "T"] {
            if value < 999.5 {
                return (value == 0 ? "0" : threeDigits(value, mostDecimals: 2) + unit).rightAligned(in: 5)
            }
            value /= 1000
        }
        return DecimalText.exponential(samplesPerSecond, decimals: 0).rightAligned(in: 5)
    }

    /// A time in the two or three largest units that matter: `0:51`, `12:07`, `3:12:07`, `2 d 04 h`; unknown is `–`.
    package static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e13 else { return "–" }
        let whole = Int(seconds.rounded())
        let (minutes, hours, days) = (whole / 60 % 60, whole / 3600 % 24, whole / 86_400)
        if days > 0 { return "\(DecimalText.grouped(days)) d \(twoDigits(hours)) h" }
        if hours > 0 { return "\(hours):\(twoDigits(minutes)):\(twoDigits(whole % 60))" }
        return "\(minutes):\(twoDigits(whole % 60))"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
