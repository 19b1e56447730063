import Cells
import Foundation

extension Ticks {
    /// The columns that a y axis' labels have.
    package static let usualLabelWidth = 5

    /// Ticks of a y axis whose labels all find room, with a free row between them where there are three rows: round values, at
    /// least two wherever there are two rows.
    ///
    /// Fewer ticks are rounder and need fewer digits; where even two do not fit, the ones next to the ends with one or two
    /// digits stand: `15e-5` where `1.5e-4` is too wide.
    /// - Parameters:
    ///   - rows: of the plot, 0 upwards.
    ///   - maximumCount: the most that are wanted, at least 2 where there are two rows.
    ///   - suffix: follows every label and counts as part of it.
    ///   - width: the columns of a label.
    package static func labelled(
        scale: AxisScale, rows: Int, maximumCount: Int, suffix: String = "", width: Int = usualLabelWidth
    ) -> [Tick] {
        guard rows > 0, scale.isUsable else { return [] }
        func ticks(apart: Int) -> [Tick] {
            labelled(scale, rows: rows, most: maximumCount, suffix: suffix, width: width, apart: apart)
        }
        let free = ticks(apart: rows > 2 ? 1 : 0)
        // Two on adjacent rows say more than one.
        return free.count >= min(2, rows) ? free : ticks(apart: 0)
    }

    /// - Parameter apart: rows that stay free between two labels.
    private static func labelled(
        _ scale: AxisScale, rows: Int, most maximumCount: Int, suffix: String, width: Int, apart: Int
    ) -> [Tick] {
        let room = width - suffix.count
        func visible(_ ticks: [Tick]) -> [Tick] {
            // In blocks a row has fewer dots and a tick may fall into another one.
            var taken: [Set<Int>] = [[], []]
            return ticks.filter { tick in
                guard displayWidth(tick.label) <= width, let fraction = scale.fraction(tick.value)
                else { return false }
                let places = [GlyphSet.unicode, .blocks].compactMap {
                    LineChart.cellRow(fraction, height: rows, glyphs: $0)
                }
                guard places.count == 2 else { return false }
                guard !taken[0].contains(places[0]), !taken[1].contains(places[1]) else { return false }
                for (place, row) in places.enumerated() { taken[place].formUnion(row - apart...row + apart) }
                return true
            }
        }
        let least = min(2, rows)
        var most: [Tick] = []
        for count in (least...max(least, maximumCount)).reversed() {
            let ticks = values(scale: scale, maximumCount: count, suffix: suffix, labelWidth: room)
            let kept = visible(ticks)
            if kept.count == ticks.count, kept.count >= least { return kept }
            if kept.count > most.count { most = kept }
        }
        if most.count >= least { return most }
        for digits in 1...3 {
            let low = rounded(scale.low, digits, .up, room)
            let high = rounded(scale.high, digits, .down, room)
            let ends = visible([low, high].compactMap { $0 }.map { Tick(value: $0.value, label: $0.label + suffix) })
            if ends.count >= least { return ends }
        }
        return most
    }

    /// The next number with so many digits, in the first notation that fits, nil where none does.
    private static func rounded(
        _ value: Double, _ digits: Int, _ rule: FloatingPointRoundingRule, _ width: Int
    ) -> Tick? {
        guard value != 0 else { return Tick(value: 0, label: "0") }
        var exponent = Int((log10(abs(value)) + 1e-12).rounded(.down)) - digits + 1
        guard abs(exponent) < 290 else { return nil }
        let scaled = value / pow(10, Double(exponent))
        var mantissa = (scaled + (rule == .up ? -1e-9 : 1e-9) * abs(scaled)).rounded(rule)
        while mantissa != 0, mantissa.truncatingRemainder(dividingBy: 10) == 0 {
            mantissa /= 10
            exponent += 1
        }
        let number = DecimalStep.value(mantissa, exponent: exponent)
        let writtenOut =
            exponent >= 0 && abs(number) < 1e15
            ? DecimalText.grouped(Int(number)) : DecimalText.fixed(number, decimals: max(0, -exponent))
        let forms = [
            writtenOut, DecimalText.exponential(number, decimals: mantissa.magnitude < 10 ? 0 : digits - 1),
            "\(Int(mantissa))e\(exponent)",
        ]
        return forms.first { $0.utf8.count <= width }.map { Tick(value: number, label: $0) }
    }
}
