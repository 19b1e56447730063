import Cells
import Charts
import Dashboard
import Foundation
import History
import Runs
import Themes

extension PanelID {
    /// The updates screen's list of layers.
    package static let layerUpdates = PanelID(
        "layerUpdates", .layers(LayerList(headerRows: LayerUpdatesPanel.headerRows, isWindow: true)))
}

/// Each layer: how its update over weight and its gradient went, and both now.
struct LayerUpdatesPanel: Panel {
    static let id = PanelID.layerUpdates

    let scene: Scene

    /// Rows that a layer gets at most: its two strips and a blank one.
    static let mostRows = 9

    /// Rows of column heads above the list.
    static func headerRows(_ size: Size) -> Int { size.height >= 16 ? 1 : 0 }

    static func layOutAlone(_ layout: inout ScreenLayout, _ rect: Rect) {
        layout.fitLayers(into: rect.height - 1 - headerRows(layout.size), most: mostRows)
    }

    static func table(of state: DashboardState) -> PanelTable {
        .layerHistory(of: state, ["gradientNorm": \.gradientNorm, "updateRatio": \.updateRatio])
    }

    var title: String { "layers" }
    var note: [Span] { state.view.layers.filter.isEmpty ? [] : [.dim("/ "), Span(state.view.layers.filter)] }
    var readOuts: [[Span]] {
        // The gauges beside charts have no head of their own.
        let middle: [[Span]] = layout.hasLayerCharts ? [[.dim("┿ "), Span(scene.shownBand.label)]] : []
        return scene.staleness(of: scene.shownLayers) + middle
            + [[.dim(state.view.layers.byTrouble ? "worst first" : "first to last")]]
    }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        guard !layout.hasLayerCharts else {
            return LayerUpdateCharts(scene: scene).draw(in: panel, on: &canvas)
        }
        let header = Self.headerRows(size)
        let top = panel.y + 1 + header
        let height = layout.rowsPerLayer
        let list = LayerRows(window: state, rows: max(1, (panel.endY - top) / height))
        let kindWidth = panel.width >= 38 ? 7 : 4
        let longest = list.indices.map { run.description.layers[$0].name.count }.max() ?? 2
        // Long names take what a strip of six columns and the figures leave.
        let nameWidth = max(2, min(longest, 16, max(4, panel.width - 3 - kindWidth - 1 - 6 - 15)))
        let names = layerNames(to: nameWidth)
        let band = scene.shownBand
        let kindX = panel.x + 3 + nameWidth
        let hasGauge = panel.width >= 56
        let gaugeWidth = hasGauge ? min(21, panel.width / 5) : 0
        let gaugeX = panel.endX - 1 - gaugeWidth
        let updateEnd = hasGauge ? gaugeX - 1 : panel.endX - 1
        let stripX = kindX + kindWidth + 1
        let strip = Rect(x: stripX, y: top, width: updateEnd - (height > 1 ? 7 : 14) - stripX, height: 1)
        if header > 0 { drawHeader(panel, strip: strip, updateEnd: updateEnd, height: height, on: &canvas) }
        if hasGauge, header > 0 {
            canvas.write(band.label, endX: gaugeX + gaugeWidth / 2 + 2, y: panel.y + 1, .dimText)
        }
        let latest = scene.shownLayers?.layers ?? []
        let (updateRows, gradientRows) = Self.stripRows(height)
        func place(_ end: Int, _ rows: Int) -> Rect {
            Rect(x: strip.x, y: end - rows + 1, width: strip.width, height: rows)
        }
        for (row, index) in list.indices.enumerated() {
            // Words and figures stand at the strips' ground, where something is drawn of the smallest number too.
            let y = top + row * height + updateRows - 1
            let layer = run.description.layers[index]
            let isSelected = index == state.view.layers.selected
            if isSelected { canvas.write("▸", x: panel.x + 1, y: y, .key) }
            let isOdd = scene.shownAlarms[index].contains(.oddUpdate)
            canvas.write(names[index], endX: kindX - 1, y: y, .dimText)
            canvas.write(layer.shortKind(kindWidth), x: kindX, y: y, isSelected ? .brightText : .text)
            let statistics = latest.indices.contains(index) ? latest[index] : .empty
            drawStrip(index, \.updateRatio, in: place(y, updateRows), decades: -5...(-1), on: &canvas)
            canvas.drawFigure(statistics.updateRatio, endX: updateEnd, y: y, isOdd: isOdd)
            if height > 1 {
                let second = y + gradientRows
                canvas.write("grad", x: kindX, y: second, .dimText, limit: kindWidth)
                drawStrip(index, \.gradientNorm, in: place(second, gradientRows), decades: -5...1, on: &canvas)
                canvas.drawFigure(statistics.gradientNorm, endX: updateEnd, y: second)
            } else {
                canvas.drawFigure(statistics.gradientNorm, endX: updateEnd - 7, y: y)
            }
            guard hasGauge else { continue }
            RatioGauge(
                ratio: band.scaled(statistics.updateRatio), track: palette[.frame],
                dot: palette[isOdd ? .warn : .good]
            ).draw(into: &canvas.buffer, x: gaugeX, y: y, width: gaugeWidth, glyphs: glyphs)
        }
        if let rest = list.rest {
            canvas.write(rest, x: kindX, y: top + list.indices.count * height, .dimText)
        }
    }

    /// The rows of a layer's two strips; of three rows or more the last one stays blank.
    private static func stripRows(_ height: Int) -> (update: Int, gradient: Int) {
        guard height > 2 else { return (1, 1) }
        return ((height - 1) - (height - 1) / 2, (height - 1) / 2)
    }

    private func drawHeader(_ panel: Rect, strip: Rect, updateEnd: Int, height: Int, on canvas: inout Canvas) {
        let y = panel.y + 1
        if strip.width >= 12 {
            StripEnds(scene: scene, range: run.stripRange(state.xRange)).draw(
                x: strip.x, y: y, width: strip.width, on: &canvas)
        }
        let now = scene.staleness(of: scene.shownLayers).isEmpty ? "now" : ""
        canvas.write(height == 1 ? "update" : now, endX: updateEnd, y: y, .dimText)
        if height == 1 { canvas.write("grad", endX: updateEnd - 7, y: y, .dimText) }
    }

    /// A value over the steps as blocks, its height and colour by decades.
    private func drawStrip(
        _ layer: Int, _ value: KeyPath<LayerStatistics, Double>, in strip: Rect, decades: ClosedRange<Double>,
        on canvas: inout Canvas
    ) {
        guard strip.width > 0 else { return }
        let values = run.stripUntilNow(
            layer: layer, value, over: run.stripRange(state.xRange), count: strip.width)
        let scale = AxisScale(kind: .logarithmic, low: pow(10, decades.lowerBound), high: pow(10, decades.upperBound))
        Sparkline(values: values.map { $0.map { $0 > 0 ? scale.fraction($0) ?? 0 : 0 } }).draw(
            into: &canvas.buffer, rect: strip, glyphs: glyphs
        ) { palette.heat($0) }
    }
}
