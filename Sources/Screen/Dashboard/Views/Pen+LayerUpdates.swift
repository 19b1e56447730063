import Cells
import Charts
import Runs
import Themes

extension Pen {
    var layerUpdatesReadOuts: [[Span]] {
        state.view.layers.byTrouble ? [[.dim("worst first")]] : [[.dim("first to last")]]
    }

    /// Each layer: how its update over weight and its gradient went, and both now.
    mutating func drawLayerUpdates() {
        guard let panel = layout.panelRects[.layerUpdates] else { return }
        guard !layout.hasLayerCharts else { return drawLayerCharts(panel) }
        let header = layout.layerHeaderRows
        let top = panel.y + 1 + header
        let height = layout.rowsPerLayer
        let list = LayerRows(window: state, rows: max(1, (panel.endY - top) / height))
        let nameWidth = max(2, min(9, list.indices.map { run.description.layers[$0].name.count }.max() ?? 2))
        let kindX = panel.x + 3 + nameWidth
        let kindWidth = panel.width >= 38 ? 7 : 4
        let hasGauge = panel.width >= 56
        let gaugeWidth = hasGauge ? min(21, panel.width / 5) : 0
        let gaugeX = panel.endX - 1 - gaugeWidth
        let updateEnd = hasGauge ? gaugeX - 1 : panel.endX - 1
        let stripX = kindX + kindWidth + 1
        let strip = Rect(x: stripX, y: top, width: updateEnd - (height > 1 ? 7 : 14) - stripX, height: 1)
        if header > 0 { drawLayerUpdatesHeader(panel, strip: strip, updateEnd: updateEnd, height: height) }
        if hasGauge, header > 0 { write("1e-3", endX: gaugeX + gaugeWidth / 2 + 2, y: panel.y + 1, .dimText) }
        let latest = shownLayers?.layers ?? []
        for (row, index) in list.indices.enumerated() {
            let y = top + row * height
            let layer = run.description.layers[index]
            let isSelected = index == state.view.layers.selected
            if isSelected { write("▸", x: panel.x + 1, y: y, .key) }
            write(clip(layer.name, to: nameWidth), endX: kindX - 1, y: y, .dimText)
            write(layer.shortKind(kindWidth), x: kindX, y: y, isSelected ? .brightText : .text)
            let statistics = latest.indices.contains(index) ? latest[index] : .empty
            drawUpdateStrip(index, \.updateRatio, strip: strip, y: y, decades: -5...(-1))
            drawFigure(statistics.updateRatio, endX: updateEnd, y: y, isOdd: statistics.hasOddUpdate)
            if height > 1 {
                write("grad", x: kindX, y: y + 1, .dimText, limit: kindWidth)
                drawUpdateStrip(index, \.gradientNorm, strip: strip, y: y + 1, decades: -5...1)
                drawFigure(statistics.gradientNorm, endX: updateEnd, y: y + 1)
            } else {
                drawFigure(statistics.gradientNorm, endX: updateEnd - 7, y: y)
            }
            guard hasGauge else { continue }
            RatioGauge(
                ratio: statistics.updateRatio, track: palette[.frame],
                dot: palette[statistics.hasOddUpdate ? .warn : .good]
            ).draw(into: &buffer, x: gaugeX, y: y, width: gaugeWidth, glyphs: glyphs)
        }
        if list.quiet > 0 {
            write("+\(list.quiet) quiet", x: kindX, y: top + list.indices.count * height, .dimText)
        }
    }

    private mutating func drawLayerUpdatesHeader(_ panel: Rect, strip: Rect, updateEnd: Int, height: Int) {
        let y = panel.y + 1
        let range = state.xRange
        let end = min(range.upperBound, state.run.history.measuredEnd)
        if strip.width >= 12 {
            let low = Figures.steps(Int(range.lowerBound), asWideAs: 0)
            let high = Figures.steps(Int(end), asWideAs: 0)
            write(low, x: strip.x, y: y, .dimText)
            if low.count + high.count < strip.width { write(high, endX: strip.endX, y: y, .dimText) }
        }
        write(height == 1 ? "update" : "now", endX: updateEnd, y: y, .dimText)
        if height == 1 { write("grad", endX: updateEnd - 7, y: y, .dimText) }
    }

    /// A value over the steps as blocks, its height and colour by decades.
    private mutating func drawUpdateStrip(
        _ layer: Int, _ value: KeyPath<LayerStatistics, Double>, strip: Rect, y: Int, decades: ClosedRange<Double>
    ) {
        guard strip.width > 0 else { return }
        let start = state.xRange.lowerBound
        let end = max(start + 1, min(state.xRange.upperBound, state.run.history.measuredEnd))
        let values = run.layerStrip(layer: layer, value, over: start...end, count: strip.width)
        let scale = AxisScale(kind: .logarithmic, low: pow10(decades.lowerBound), high: pow10(decades.upperBound))
        Sparkline(values: values.map { $0.map { $0 > 0 ? scale.fraction($0) ?? 0 : 0 } }).draw(
            into: &buffer, x: strip.x, y: y, width: strip.width, glyphs: glyphs
        ) { palette.heat($0) }
    }
}
