import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// How the weights of a layer and their gradients are spread, side by side.
struct ParameterHistograms: SceneView {
    let scene: Scene
    /// The layer's place in the description.
    let layer: Int

    func draw(in rect: Rect, on canvas: inout Canvas) {
        let report = run.layerHistory(of: .gradient).reports.last
        guard let all = report?.parameters, all.indices.contains(layer) else {
            canvas.write("weights and gradients: no statistics yet", x: rect.x, y: rect.y, .dimText, limit: rect.width)
            return
        }
        let width = (rect.width - 2) / 2
        let parameters = all[layer]
        let pictures: [(name: String, histogram: Histogram, role: ColorRole, x: Int)] = [
            ("weights", parameters.weights, .rate, rect.x),
            ("gradients", parameters.gradients, .validation, rect.x + width + 2),
        ]
        for picture in pictures {
            var title = parameters.sampled ? "\(picture.name), a sample" : picture.name
            let high = Self.end(picture.histogram)
            let (below, above) = picture.histogram.shares(beyond: -high...high)
            if below + above >= 0.005 { title += ", \(percent(below + above)) beyond" }
            canvas.write(clip(title, to: width), x: picture.x, y: rect.y, .dimText)
            draw(
                picture.histogram, picture.role,
                in: Rect(x: picture.x, y: rect.y + 1, width: width, height: rect.height - 1), on: &canvas)
        }
    }

    private func draw(_ histogram: Histogram, _ role: ColorRole, in rect: Rect, on canvas: inout Canvas) {
        guard rect.width >= 4, rect.height >= 2 else { return }
        let high = Self.end(histogram)
        let bins = LineChart.dotColumns(width: rect.width, glyphs: glyphs)
        let counts = histogram.rebinned(low: -high, high: high, bins: bins)
        HistogramChart(counts: counts, low: -high, high: high, heights: .squareRoot, ground: palette[.frame]).draw(
            into: &canvas.buffer, rect: rect, glyphs: glyphs, axis: palette[.dimText]
        ) { _ in palette[role] }
    }

    /// Where the axis ends: symmetric and round, so that signs compare and it seldom moves.
    private static func end(_ histogram: Histogram) -> Double {
        let reach = histogram.reach > 0 ? histogram.reach : Double(max(abs(histogram.low), abs(histogram.high)))
        let bound = max(reach * 1.05, 1e-12)
        let scale = AxisScale.fitting(-bound...bound, kind: .linear, includingZero: true)
        return max(abs(scale.low), scale.high)
    }
}
