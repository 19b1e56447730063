import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// How the weights of a layer and their gradients are spread, side by side.
    mutating func drawParameters(of index: Int, in rect: Rect) {
        let report = run.parameterHistory.reports.last
        guard let parameters = report?.parameters, parameters.indices.contains(index) else {
            write("weights and gradients: not measured yet", x: rect.x, y: rect.y, .dimText, limit: rect.width)
            return
        }
        let width = (rect.width - 2) / 2
        let layer = parameters[index]
        let pictures: [(name: String, histogram: Histogram, role: ColorRole, x: Int)] = [
            ("weights", layer.weights, .rate, rect.x), ("gradients", layer.gradients, .validation, rect.x + width + 2),
        ]
        for picture in pictures {
            let title = layer.sampled ? "\(picture.name), a sample" : picture.name
            write(clip(title, to: width), x: picture.x, y: rect.y, .dimText)
            drawParameters(
                picture.histogram, picture.role,
                in: Rect(x: picture.x, y: rect.y + 1, width: width, height: rect.height - 1))
        }
    }

    private mutating func drawParameters(_ histogram: Histogram, _ role: ColorRole, in rect: Rect) {
        guard rect.width >= 4, rect.height >= 2 else { return }
        // Symmetric and with round ends, so that signs compare and the axis seldom moves.
        let reach = histogram.reach > 0 ? histogram.reach : Double(max(abs(histogram.low), abs(histogram.high)))
        let bound = max(reach * 1.05, 1e-12)
        let scale = AxisScale.fitting(-bound...bound, kind: .linear, includingZero: true)
        let high = max(abs(scale.low), scale.high)
        let bins = LineChart.dotColumns(width: rect.width, glyphs: glyphs)
        let counts = histogram.rebinned(low: -high, high: high, bins: bins)
        HistogramChart(counts: counts, low: -high, high: high, heights: .squareRoot, ground: palette[.frame]).draw(
            into: &buffer, rect: rect, glyphs: glyphs, axis: palette[.dimText]
        ) { _ in palette[role] }
    }
}
