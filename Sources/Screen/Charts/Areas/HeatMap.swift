import Cells
import Foundation

/// Histograms over time: time runs right, values run up, and the count is the shade.
package struct HeatMap: Hashable, Sendable {
    /// Column after column from the oldest, in each the bins from the lowest value up; NaN is no data.
    package var counts: [Double]
    /// How many bins each column has.
    package var bins: Int

    /// Whether `counts` are shades from 0 to 1 already.
    private var isShaded = false

    /// The map of shades from 0 to 1 that somebody has worked out before, see `shade(of:largest:)`; NaN is no data.
    package init(shades: [Double], bins: Int) {
        self.init(counts: shades, bins: bins)
        isShaded = true
    }

    /// The shade of a count, logarithmic, where the largest count of the map has 1.
    package static func shade(of count: Double, largest: Double) -> Double {
        guard count.isFinite else { return count > 0 ? 1 : count.isNaN ? .nan : 0 }
        return largest > 0 ? min(1, log1p(max(0, count)) / log1p(largest)) : 0
    }

    /// - Precondition: `counts` holds whole columns.
    package init(counts: [Double], bins: Int) {
        precondition(bins > 0 ? counts.count.isMultiple(of: bins) : counts.isEmpty, "A heat map needs whole columns.")
        self.counts = counts
        self.bins = bins
    }

    /// The map of one histogram a column, all with the same number of bins.
    package init(columns: [[Double]]) {
        self.init(counts: Array(columns.joined()), bins: columns.first?.count ?? 0)
    }

    /// How many histograms stand beside each other.
    package var columns: Int { bins > 0 ? counts.count / bins : 0 }

    /// Draws the map into a rectangle, two values a cell; ASCII has one value a cell from its ramp of densities.
    /// - Parameters:
    ///   - dithered: draws shades as patterns of dots instead of colours, for terminals without them.
    ///   - style: the look of a shade from 0 (no count) to 1 (the largest), logarithmic in the count. Its foreground
    ///     colours the half cell.
    package func draw(
        into buffer: inout CellBuffer, rect: Rect, glyphs: GlyphSet, dithered: Bool = false,
        style: (Double) -> Style
    ) {
        guard !rect.intersection(buffer.bounds).isEmpty, columns > 0 else { return }
        let levels = glyphs.isASCII ? rect.height : rect.height * 2
        let largest = isShaded ? 0 : counts.lazy.filter(\.isFinite).max() ?? 0
        let scale = largest > 0 ? 1 / log1p(largest) : 0
        for column in 0..<rect.width {
            for row in 0..<rect.height {
                let cell: Cell
                if glyphs.isASCII {
                    guard let shade = shade(column, rect.height - 1 - row, rect.width, levels, scale) else { continue }
                    cell = Cell(Ramp.density(shade), style(shade))
                } else {
                    let level = levels - 1 - 2 * row
                    let upper = shade(column, level, rect.width, levels, scale)
                    let lower = shade(column, level - 1, rect.width, levels, scale)
                    guard let shade = upper ?? lower else { continue }
                    if dithered {
                        let densest = max(shade, lower ?? 0)
                        let glyph = glyphs.hasBraille ? Self.pattern(upper ?? 0, lower ?? 0) : Self.grey(densest)
                        cell = Cell(glyph, style(densest))
                    } else {
                        cell = Self.halves(upper.map(style), lower.map(style))
                    }
                }
                buffer[rect.x + column, rect.y + row] = cell
            }
        }
    }

    /// The shade of one of `levels` parts of one of `width` columns: the largest count in it.
    private func shade(_ column: Int, _ level: Int, _ width: Int, _ levels: Int, _ scale: Double) -> Double? {
        if isShaded, bins == levels, counts.count == width * bins {
            let shade = counts[column * bins + level]
            return shade.isNaN ? nil : shade
        }
        let (firstColumn, endColumn) = Self.part(column, of: width, count: columns)
        let (firstBin, endBin) = Self.part(level, of: levels, count: bins)
        var largest: Double?
        for column in firstColumn..<endColumn {
            for bin in firstBin..<endBin {
                let count = counts[column * bins + bin]
                if !count.isNaN { largest = max(largest ?? count, count) }
            }
        }
        guard let largest else { return nil }
        if isShaded { return min(1, max(0, largest)) }
        return largest.isFinite ? min(1, log1p(max(0, largest)) * scale) : largest > 0 ? 1 : 0
    }

    /// What of `count` things falls into one of `parts` equal parts, at least one thing.
    private static func part(_ index: Int, of parts: Int, count: Int) -> (first: Int, end: Int) {
        let first = index * count / parts
        return (first, max(first + 1, (index + 1) * count / parts))
    }

    private static func halves(_ upper: Style?, _ lower: Style?) -> Cell {
        switch (upper, lower) {
        case (let upper?, let lower?) where upper.foreground == lower.foreground: Cell("█", upper)
        case (let upper?, let lower?): Cell("▀", upper.on(lower.foreground))
        case (let upper?, nil): Cell("▀", upper)
        case (nil, let lower?): Cell("▄", lower)
        case (nil, nil): .blank
        }
    }

    /// A whole cell's density without braille.
    private static func grey(_ shade: Double) -> Unicode.Scalar {
        let greys: [Unicode.Scalar] = [" ", "░", "▒", "▓", "█"]
        return greys[Int((min(1, max(0, shade)) * 4).rounded())]
    }

    /// Four dots for the upper and four for the lower half of a cell, as many of them as the shade asks for.
    private static func pattern(_ upper: Double, _ lower: Double) -> Unicode.Scalar {
        var mask: UInt32 = 0
        for (index, bit) in ([0x01, 0x10, 0x02, 0x08] as [UInt32]).enumerated()
        where upper > (Double(index) + 0.5) / 4.5 { mask |= bit }
        for (index, bit) in ([0x04, 0x80, 0x40, 0x20] as [UInt32]).enumerated()
        where lower > (Double(index) + 0.5) / 4.5 { mask |= bit }
        return Unicode.Scalar(0x2800 + mask) ?? " "
    }
}
