import Cells
import Charts
import Foundation
import Runs
import Themes

extension Pen {
    /// The columns of figures in a panel of layers, named in its ruling or first row.
    var layersHeader: String {
        layout.width >= .wide ? "   std zeros never  update" : "std never"
    }

    /// A strip per layer over the steps: how its std and its share of units that never fire went.
    mutating func drawLayers() {
        guard let panel = layout.panelRects[.layers] else { return }
        let isWide = panel.width >= 56
        let hasHeader = size.height >= 30
        let top = panel.y + 1 + (hasHeader ? 1 : 0)
        let rows = panel.endY - top
        let height = layout.rowsPerLayer
        guard rows > 0, panel.width >= 24 else { return }
        let list = LayerRows(state: state, rows: max(1, rows / height))
        let isSlim = panel.width < 36
        let nameWidth = max(
            2, min(isSlim ? 4 : 9, list.indices.map { run.description.layers[$0].name.count }.max() ?? 2))
        let kindX = panel.x + 2 + nameWidth
        let stripX = kindX + (isSlim ? 5 : 10)
        let hasColumns = isWide || height == 1
        let stripEnd = isWide ? panel.endX - 29 : hasColumns ? panel.endX - 13 : panel.endX - 12
        let strip = Rect(x: stripX, y: top, width: stripEnd - stripX, height: 1)
        let latest = run.latestLayers?.layers ?? []
        if hasHeader { drawLayersHeader(panel, strip: strip, isWide: isWide, hasColumns: hasColumns) }
        for (row, index) in list.indices.enumerated() {
            let y = top + row * height
            let layer = run.description.layers[index]
            write(clip(layer.name, to: nameWidth), endX: kindX - 1, y: y, .dimText)
            write(layer.shortKind(isSlim ? 4 : 9), x: kindX, y: y)
            if height > 1 { write(clip(layer.units, to: 9), x: kindX, y: y + 1, .dimText) }
            let statistics = latest.indices.contains(index) ? latest[index] : .empty
            drawStrips(index, strip: strip, y: y, rows: height)
            if isWide {
                drawWideFigures(statistics, endX: panel.endX - 1, y: y, rows: height, stripEnd: stripEnd)
            } else if hasColumns {
                drawFigure(statistics.std, endX: panel.endX - 7, y: y)
                drawShare(statistics.neverFired, isOdd: statistics.hasDeadUnits, endX: panel.endX - 1, y: y)
            } else {
                write("std", x: stripEnd + 1, y: y, .dimText)
                drawFigure(statistics.std, endX: panel.endX - 1, y: y)
                guard statistics.neverFired >= 0.05 else { continue }
                write("never", x: stripEnd + 1, y: y + 1, .dimText)
                drawShare(statistics.neverFired, isOdd: statistics.hasDeadUnits, endX: panel.endX - 1, y: y + 1)
            }
        }
        if list.quiet > 0 {
            write("+\(list.quiet) quiet", x: kindX, y: top + list.indices.count * height, .dimText)
        }
    }

    private mutating func drawLayersHeader(_ panel: Rect, strip: Rect, isWide: Bool, hasColumns: Bool) {
        let y = panel.y + 1
        let range = state.xRange
        let end = min(range.upperBound, state.run.history.measuredEnd)
        write(Figures.steps(Int(range.lowerBound), asWideAs: 0), x: strip.x, y: y, .dimText, limit: strip.width)
        write(Figures.steps(Int(end), asWideAs: 0), endX: strip.endX, y: y, .dimText)
        let words = isWide ? "   std zeros never  update" : hasColumns ? "   std never" : "now"
        write(words, endX: panel.endX - 1, y: y, .dimText)
    }

    private mutating func drawStrips(_ layer: Int, strip: Rect, y: Int, rows: Int) {
        guard strip.width > 0 else { return }
        let start = state.xRange.lowerBound
        let end = max(start + 1, min(state.xRange.upperBound, state.run.history.measuredEnd))
        let stds = run.layerStrip(layer: layer, \.std, over: start...end, count: strip.width)
        // One scale for all layers: 0.1 is the ground, 20 the top, logarithmic.
        let heights = stds.map { $0.map { $0 > 0 ? (log10($0) + 1) / 2.3 : 0 } }
        Sparkline(values: heights).draw(into: &buffer, x: strip.x, y: y, width: strip.width, glyphs: glyphs) {
            palette.heat($0)
        }
        guard rows > 1 else { return }
        let never = run.layerStrip(layer: layer, \.neverFired, over: start...end, count: strip.width)
        Sparkline(values: never.map { $0.flatMap { $0 > 0.005 ? $0 : nil } }).draw(
            into: &buffer, x: strip.x, y: y + 1, width: strip.width, glyphs: glyphs
        ) { palette.never($0 * 2) }
        guard rows > 2 else { return }
        let signals = run.layerStrip(layer: layer, \.signalNorm, over: start...end, count: strip.width)
        Sparkline(values: signals.map { $0.map { $0 > 0 ? (log10($0) + 6) / 6 : 0 } }).draw(
            into: &buffer, x: strip.x, y: y + 2, width: strip.width, glyphs: glyphs
        ) { palette.heat($0 * 0.6) }
    }

    private mutating func drawWideFigures(
        _ statistics: LayerStatistics, endX: Int, y: Int, rows: Int, stripEnd: Int
    ) {
        drawFigure(statistics.updateRatio, endX: endX, y: y, isOdd: statistics.hasOddUpdate)
        drawShare(statistics.neverFired, isOdd: statistics.hasDeadUnits, endX: endX - 8, y: y)
        drawShare(statistics.zeros, isOdd: false, endX: endX - 14, y: y)
        drawFigure(statistics.std, endX: endX - 20, y: y)
        if rows > 1, statistics.neverFired >= 0.05 { write("never fire", x: stripEnd + 2, y: y + 1, .dimText) }
        guard rows > 2 else { return }
        write("backward signal", x: stripEnd + 2, y: y + 2, .dimText)
        drawFigure(statistics.signalNorm, endX: endX, y: y + 2)
    }

    /// A figure in 6 columns; words for what is not finite stand out, what was not measured is a dash.
    mutating func drawFigure(_ value: Double, endX: Int, y: Int, isOdd: Bool = false) {
        if value.isNaN {
            write("–", endX: endX, y: y, .dimText)
        } else {
            write(Figures.figure(value), endX: endX, y: y, value.isFinite ? (isOdd ? .warn : .text) : .bad)
        }
    }

    /// A share in 5 columns; quiet while it is healthy.
    mutating func drawShare(_ share: Double, isOdd: Bool, endX: Int, y: Int) {
        let role: ColorRole = isOdd ? .warn : share >= 0.2 ? .text : .dimText
        write(percent(share, width: 5), endX: endX, y: y, share.isNaN ? .dimText : role)
    }

    /// Update over weight of every layer on a gauge whose middle is a thousandth.
    mutating func drawUpdates() {
        guard let panel = layout.updatesRect else { return }
        let latest = run.latestLayers?.layers ?? []
        let list = LayerRows(state: state, rows: panel.height - 1)
        for (row, index) in list.indices.enumerated() {
            let y = panel.y + 1 + row
            let layer = run.description.layers[index]
            let ratio = latest.indices.contains(index) ? latest[index].updateRatio : .nan
            let isOdd = latest.indices.contains(index) && latest[index].hasOddUpdate
            write(clip(layer.name, to: 4), endX: panel.x + 4, y: y, .dimText)
            write(layer.shortKind(9), x: panel.x + 5, y: y)
            RatioGauge(ratio: ratio, track: palette[.frame], dot: palette[isOdd ? .warn : .good]).draw(
                into: &buffer, x: panel.x + 15, y: y, width: panel.width - 25, glyphs: glyphs)
            drawFigure(ratio, endX: panel.endX - 1, y: y, isOdd: isOdd)
        }
    }
}
