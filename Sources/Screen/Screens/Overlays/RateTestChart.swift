import Cells
import Charts
import Runs
import Themes

/// The loss of a learning-rate range test over the rate, both on axes of their own, with its suggestions.
package struct RateTestChart {
    private let result: RateTestResult
    private let chosen: Double?
    private let palette: Palette
    private let glyphs: GlyphSet
    private let screen: Size

    /// Columns of the labels of the loss, a gap included.
    private static let labels = 7

    /// - Parameters:
    ///   - chosen: the rate that is marked as the one to take.
    ///   - screen: as large as what it is part of: small ones have fewer labels.
    package init(_ result: RateTestResult, chosen: Double?, palette: Palette, glyphs: GlyphSet, screen: Size) {
        (self.result, self.chosen, self.palette, self.glyphs, self.screen) = (result, chosen, palette, glyphs, screen)
    }

    /// Draws curve, axes and marks into a rectangle, the labels of the rates in its last row.
    package func draw(into buffer: inout CellBuffer, in rect: Rect) {
        let plot = Rect(
            x: rect.x + Self.labels, y: rect.y, width: max(1, rect.width - Self.labels), height: max(1, rect.height - 1)
        )
        let (curve, points) = (result.curve.smoothed, result.curve.points)
        guard let first = points.first?.rate, let last = points.last?.rate else { return }
        let x = AxisScale(kind: .logarithmic, low: first, high: max(last, first * 10))
        let y = scale(curve)
        var layers: [ChartLayer] = []
        if let chosen {
            layers.append(.verticalMark(x: chosen, label: nil, style: palette.line(.best)))
        }
        layers.append(
            .line(points: curve.map { ChartPoint(x: $0.rate, y: $0.loss) }, dash: .solid, style: palette.line(.train)))
        if result.peak > 0 { layers.append(.verticalMark(x: result.peak, label: "now", style: palette.line(.planned))) }
        let raw = points.filter { $0.loss.isFinite }.map { ChartPoint(x: $0.rate, y: $0.loss) }
        layers.append(.line(points: raw, dash: .dotted, style: palette.line(.raw)))
        let ticks = Ticks.values(scale: x, maximumCount: max(2, plot.width / 10))
        let chart = LineChart(
            x: x, y: y, layers: layers, xTicks: ticks.map(\.value),
            yTicks: Ticks.vertical(y, rows: plot.height, screen: screen), graticule: palette[.frame],
            label: palette[.dimText])
        chart.draw(
            into: &buffer, plot: plot,
            labels: Rect(x: rect.x, y: rect.y, width: Self.labels - 1, height: plot.height), glyphs: glyphs)
        TickRow(ticks: ticks, scale: x, width: plot.width, glyphs: glyphs, style: palette[.dimText]).draw(
            into: &buffer, y: plot.endY, plotX: plot.x, within: plot.x..<plot.endX)
    }

    /// Far above where it began nobody needs to see how far.
    private func scale(_ curve: [RateCurve.Point]) -> AxisScale {
        let bound = (result.curve.first ?? .infinity) * 2
        let values = curve.map(\.loss).filter { $0 <= bound }
        guard let low = values.min(), let high = values.max() else {
            return AxisScale.fitting(nil, kind: .linear, includingZero: false)
        }
        let kind: AxisScale.Kind = low > 0 && high / low > 20 ? .logarithmic : .linear
        return AxisScale.fitting(low...max(high, low), kind: kind, includingZero: false)
    }
}
