import Cells
import Charts
import Dashboard
import Foundation
import History
import Runs
import Themes

extension PanelID {
    /// The overview's strips of the layers.
    package static let layers = PanelID(
        "layers", .layers(LayerList(headerRows: LayersPanel.headerRows, isWindow: false)))
}

/// A strip per layer over the steps: how its std and its share of units that never fire went.
struct LayersPanel: Panel {
    static let id = PanelID.layers
    static let smallest = Size(width: 24, height: 2)

    let scene: Scene

    /// Rows of column heads above the layers.
    static func headerRows(_ size: Size) -> Int { size.height >= 30 ? 1 : 0 }

    static func layOutAlone(_ layout: inout ScreenLayout, _ rect: Rect) {
        layout.fitLayers(into: rect.height - 1 - headerRows(layout.size), most: 3)
    }

    static func table(of state: DashboardState) -> PanelTable { .layers(of: state) }

    var title: String { "layers" }

    /// When it was measured where that is not now, and the names of the columns of figures, where no row is left for them.
    var readOuts: [[Span]] {
        let stale = scene.staleness(of: run.latestLayers)
        guard layout.rowsPerLayer == 1, layout.width < .wide, size.height < 30 else { return stale }
        let names: [[Span]] = [[.dim("std " + shares.slim.title)]]
        guard !stale.isEmpty, let step = run.latestLayers?.position.step else { return names }
        // The names of the columns stay: without them nobody knows what a layer suffers from.
        let legend = Legend(scene: scene)
        let forms = [stale, [[.dim("at " + Figure.count(step))]]].map { $0 + names }
        return forms.first { legend.width(of: $0) <= legend.room(in: Self.id, title: title) + 1 } ?? names
    }

    /// The shares that have columns.
    private var shares: LayerShares { LayerShares(run.latestLayers?.layers ?? []) }

    var insets: HeadingInsets { HeadingInsets(right: layout.rowsPerLayer == 1 ? 0 : 1) }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        let isWide = panel.width >= 56
        let hasHeader = Self.headerRows(size) > 0
        let top = panel.y + 1 + (hasHeader ? 1 : 0)
        let rows = panel.endY - top
        let height = layout.rowsPerLayer
        guard rows > 0 else { return }
        let list = LayerRows(of: Self.id, in: state, rows: max(1, rows / height))
        let isSlim = panel.width < 36
        let hasColumns = isWide || height == 1
        let shares = shares
        let stripEnd = panel.endX - (isWide ? 17 + 6 * shares.wide.count : 14)
        // Long names take what a strip of eight columns leaves, kinds in full what one of five does.
        let longest = list.indices.map { run.description.layers[$0].name.count }.max() ?? 2
        let kinds = list.indices.map { displayWidth(run.description.layers[$0].shortKind(6)) }.max() ?? 0
        let slimWidth = max(4, min(kinds, stripEnd - 5 - panel.x - 3 - max(2, min(longest, 4))))
        let kindWidth = isSlim ? slimWidth : 9
        let nameWidth = max(2, min(longest, max(4, stripEnd - 8 - panel.x - kindWidth - 3)))
        let names = layerNames(to: nameWidth)
        let kindX = panel.x + 2 + nameWidth
        let stripX = kindX + kindWidth + 1
        let strip = Rect(x: stripX, y: top, width: stripEnd - stripX, height: 1)
        let latest = run.latestLayers?.layers ?? []
        if hasHeader { drawLayersHeader(panel, strip: strip, isWide: isWide, hasColumns: hasColumns, on: &canvas) }
        for (row, index) in list.indices.enumerated() {
            let y = top + row * height
            let layer = run.description.layers[index]
            canvas.write(names[index], endX: kindX - 1, y: y, .dimText)
            let isSelected = index == state.view.layers.selected && state.view.focus == Self.id
            if isSelected { canvas.write("▸", x: panel.x, y: y, .key) }
            canvas.write(layer.shortKind(kindWidth), x: kindX, y: y, isSelected ? .brightText : .text)
            let statistics = latest.indices.contains(index) ? latest[index] : .empty
            let alarms = scene.latestAlarms[index]
            drawUnits(layer, alarms, x: kindX, y: y, width: kindWidth, rows: height, on: &canvas)
            drawStrips(index, strip: strip, y: y, rows: height, on: &canvas)
            if isWide {
                drawWideFigures(
                    statistics, alarms, shares, endX: panel.endX - 1, y: y, rows: height, stripEnd: stripEnd,
                    on: &canvas)
            } else {
                drawFigures(
                    statistics, alarms, of: layer, shares.slim, endX: panel.endX - 1, y: y, rows: height, on: &canvas)
            }
        }
        if let rest = list.rest {
            canvas.write(rest, x: kindX, y: top + list.indices.count * height, .dimText)
        }
    }

    private func drawLayersHeader(_ panel: Rect, strip: Rect, isWide: Bool, hasColumns: Bool, on canvas: inout Canvas) {
        let y = panel.y + 1
        StripEnds(scene: scene, range: run.stripRange(state.xRange)).draw(
            x: strip.x, y: y, width: strip.width, on: &canvas)
        let isStale = !scene.staleness(of: run.latestLayers).isEmpty
        let titles = (isWide ? shares.wide : [shares.slim]).map { " " + $0.title }.joined()
        let words = isWide ? "   std\(titles)  update" : hasColumns ? "   std\(titles)" : isStale ? "" : "now"
        canvas.write(words, endX: panel.endX - 1, y: y, .dimText)
    }

    private func drawStrips(_ layer: Int, strip: Rect, y: Int, rows: Int, on canvas: inout Canvas) {
        guard strip.width > 0 else { return }
        let steps = run.stripRange(state.xRange)
        let stds = run.stripUntilNow(layer: layer, \.std, over: steps, count: strip.width)
        // One scale for all layers: 0.1 is the ground, 20 the top, logarithmic.
        let heights = stds.map { $0.map { $0 > 0 ? (log10($0) + 1) / 2.3 : 0 } }
        Sparkline(values: heights).draw(into: &canvas.buffer, x: strip.x, y: y, width: strip.width, glyphs: glyphs) {
            palette.heat($0)
        }
        guard rows > 1 else { return }
        let share =
            LayerPictures.second(run.description.layers[layer]) == \.saturated
            ? \LayerStatistics.saturated : \.neverFired
        let never = run.stripUntilNow(layer: layer, share, over: steps, count: strip.width)
        Sparkline(values: never.map { $0.flatMap { $0 > 0.005 ? $0 : nil } }).draw(
            into: &canvas.buffer, x: strip.x, y: y + 1, width: strip.width, glyphs: glyphs
        ) { palette.never($0 * 2) }
        guard rows > 2 else { return }
        let signals = run.stripUntilNow(layer: layer, \.signalNorm, over: steps, count: strip.width)
        Sparkline(values: signals.map { $0.map { $0 > 0 ? (log10($0) + 6) / 6 : 0 } }).draw(
            into: &canvas.buffer, x: strip.x, y: y + 2, width: strip.width, glyphs: glyphs
        ) { palette.heat($0 * 0.6) }
    }

    /// How many units there are, or that they are all equal.
    private func drawUnits(
        _ layer: LayerDescription, _ alarms: LayerAlarms, x: Int, y: Int, width: Int, rows: Int, on canvas: inout Canvas
    ) {
        let isEqual = alarms.contains(.equalUnits)
        if rows > 1 {
            let words = isEqual ? "\(layer.unitCount) equal" : layer.units
            canvas.write(clip(words, to: 9), x: x, y: y + 1, isEqual ? .warn : .dimText)
        } else if isEqual {
            let kind = layer.shortKind(width)
            let room = width - kind.count - 1
            if room > 0 { canvas.write(room >= 5 ? "equal" : "=", x: x + kind.count + 1, y: y, .warn) }
        }
    }

    /// The std and a share, where there is little room; in place of what is well there stands why a layer is among the worst.
    private func drawFigures(
        _ statistics: LayerStatistics, _ alarms: LayerAlarms, of layer: LayerDescription, _ share: LayerShares.Share,
        endX: Int, y: Int, rows: Int, on canvas: inout Canvas
    ) {
        let start = endX - 12
        if rows == 1 {
            guard let reason = LayerReason(alarms, layer, statistics, besides: share) else {
                canvas.drawFigure(statistics.std, endX: endX - 6, y: y)
                canvas.drawShare(
                    statistics[keyPath: share.value], isOdd: share.isOdd(alarms), endX: endX, y: y)
                return
            }
            canvas.write(reason.word, x: start, y: y, .dimText)
            canvas.write(reason.figure, endX: endX, y: y, .warn)
            return
        }
        canvas.write("std", x: start, y: y, .dimText)
        canvas.drawFigure(statistics.std, endX: endX, y: y)
        // That units are equal stands in the place of how many they are.
        if let reason = LayerReason(alarms.subtracting(.equalUnits), layer, statistics, besides: nil) {
            canvas.write(reason.word, x: start, y: y + 1, .dimText)
            canvas.write(reason.figure, endX: endX, y: y + 1, .warn)
            return
        }
        let shown = LayerShares([statistics]).slim
        guard statistics[keyPath: shown.value] >= 0.05 else { return }
        canvas.write(shown.title, x: start, y: y + 1, .dimText)
        canvas.drawShare(statistics[keyPath: shown.value], isOdd: false, endX: endX, y: y + 1)
    }

    private func drawWideFigures(
        _ statistics: LayerStatistics, _ alarms: LayerAlarms, _ shares: LayerShares, endX: Int, y: Int, rows: Int,
        stripEnd: Int, on canvas: inout Canvas
    ) {
        canvas.drawFigure(statistics.updateRatio, endX: endX, y: y, isOdd: alarms.contains(.oddUpdate))
        var end = endX - 8
        for share in shares.wide.reversed() {
            canvas.drawShare(
                statistics[keyPath: share.value], isOdd: share.isOdd(alarms), endX: end, y: y)
            end -= 6
        }
        canvas.drawFigure(statistics.std, endX: end, y: y)
        if rows > 1, statistics.neverFired >= 0.05 { canvas.write("never fire", x: stripEnd + 2, y: y + 1, .dimText) }
        guard rows > 2 else { return }
        canvas.write("backward signal", x: stripEnd + 2, y: y + 2, .dimText)
        canvas.drawFigure(statistics.signalNorm, endX: endX, y: y + 2)
    }
}
