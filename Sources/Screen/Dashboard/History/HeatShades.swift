import Charts
import Foundation

/// How dark the counts of a heat map's bins are drawn.
enum HeatShades {
    /// Shades that are told apart: more would only make the terminal's line busier.
    private static let levels = 24.0

    /// Makes shades of the counts: a thirtieth of the fullest bin is the faintest of them. What counts as full grows in
    /// powers of two, so that a map does not flicker with its fullest bin.
    static func shade(_ counts: [Double], into shades: inout [Double]) {
        var largest = 0.0
        for count in counts where count > largest { largest = count }
        let factor = largest > 0 ? 30 / exp2(log2(largest).rounded(.up)) : 0
        for index in counts.indices {
            let count = counts[index]
            guard count > 0 else {
                shades[index] = count
                continue
            }
            let shade = HeatMap.shade(of: count * factor, largest: 30)
            shades[index] = max(1, (shade * levels).rounded()) / levels
        }
    }
}
