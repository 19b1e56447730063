import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// How a layer's values are spread: now, and over the steps so far.
struct LayerPictures: SceneView {
    let scene: Scene

    /// The histogram before the activation; what relu will cut off is only outlined.
    func drawRidge(
        _ statistics: LayerStatistics, _ layer: LayerDescription, rect: Rect, reach: Double, axis: Style? = nil,
        on canvas: inout Canvas
    ) {
        let bins = LineChart.dotColumns(width: rect.width, glyphs: glyphs)
        let counts = statistics.preactivation.rebinned(low: -reach, high: reach, bins: bins)
        let cuts = layer.activation == "relu"
        HistogramChart(
            counts: counts, low: -reach, high: reach, outlinedBelow: cuts ? 0 : nil, heights: .squareRoot,
            ground: palette[.frame]
        ).draw(into: &canvas.buffer, rect: rect, glyphs: glyphs, axis: axis) { value in
            palette[cuts && value < 0 ? .ghost : .train]
        }
    }

    /// The same histograms over the steps so far, newest right.
    func drawHeat(_ layer: Int, rect: Rect, reach: Double, isSpaced: Bool = false, on canvas: inout Canvas) {
        let bins = max(1, rect.height) * (isASCII ? 1 : 2)
        // Half a row stays free above the map, so that those of two layers do not touch.
        let filled = !isASCII && isSpaced && rect.height > 1 ? bins - 1 : bins
        let shades = run.heat(
            HeatQuestion(
                layer: layer, columns: rect.width, end: state.run.history.measuredEnd,
                reached: Double(run.status.position.step), bins: bins, filled: filled, reach: reach))
        HeatMap(shades: shades, bins: bins).draw(
            into: &canvas.buffer, rect: rect, glyphs: glyphs, dithered: palette.depth == .mono
        ) { palette.heat($0) }
    }
}
