import Cells
import Charts
import History
import Runs
import Themes

extension Pen {
    var depthNote: [Span] {
        if let layer = openedLayer { return closeUpNote(layer) }
        let count = run.description.layers.count
        if !state.view.layers.filter.isEmpty { return [.dim("/ "), Span(state.view.layers.filter)] }
        return [.dim("\(count) layers, \(state.view.layers.byTrouble ? "worst first" : "first to last")")]
    }

    var depthReadOuts: [[Span]] {
        if openedLayer != nil { return [[Span("Esc", .key), .dim(" all layers")]] }
        return [
            [Span("o", .key), .dim(" order")], [Span("/", .key), .dim(" filter")],
            [Span("Enter", .key), .dim(" one layer")],
        ]
    }

    /// All layers: what goes in, how it went, and the figures that say whether they are well.
    mutating func drawDepth() {
        guard let panel = layout.panelRects[.depth] else { return }
        if let layer = openedLayer { return drawCloseUp(of: layer, in: panel) }
        let columns = DepthColumns(width: size.width)
        let header = layout.depthHeaderRows
        let top = panel.y + 1 + header
        let height = layout.rowsPerLayer
        let rows = panel.endY - top
        guard rows > 0 else { return }
        let list = LayerRows(window: state, rows: max(1, rows / height))
        let reach = depthReach
        drawDepthHeader(panel, columns, reach: reach)
        for (row, index) in list.indices.enumerated() {
            let rect = Rect(x: panel.x, y: top + row * height, width: panel.width, height: height)
            drawDepthRow(index, rect, columns, reach: reach)
        }
        if list.quiet > 0 {
            write("+\(list.quiet) quiet", x: 5, y: top + list.indices.count * height, .dimText)
        }
        if list.indices.isEmpty {
            write("no layer with “\(state.view.layers.filter)”", x: 5, y: top, .dimText)
        }
    }

    /// Half the width of the axis that all histograms share: the layers' middle one decides, so that none flattens the rest.
    private var depthReach: Double {
        let reaches = (run.latestLayers?.layers ?? []).map { $0.preactivation.reach }.filter { $0 > 0 }.sorted()
        guard !reaches.isEmpty else { return 1 }
        let middle = reaches[reaches.count / 2] * 1.1
        let scale = AxisScale.fitting(0...middle, kind: .linear, includingZero: true)
        return scale.high > 0 ? scale.high : 1
    }

    /// What the histograms show, named after the activation that all layers share.
    private var histogramTitle: String {
        let kinds = Set(run.description.layers.compactMap(\.activation))
        return kinds.count == 1
            ? "before \(kinds.first ?? ""), now" : kinds.isEmpty ? "output, now" : "before activation"
    }

    private mutating func drawDepthHeader(_ panel: Rect, _ columns: DepthColumns, reach: Double) {
        let y = panel.y + 1
        write("layer", x: 5, y: y, .dimText)
        let titles = [histogramTitle, histogramTitle.replacing(", now", with: ""), "now"].filter {
            $0.count <= columns.histogramWidth
        }
        write(titles.first ?? "", x: columns.histogramX, y: y, .dimText)
        if columns.heatWidth > 0 {
            let step = Figures.steps(Int(state.run.history.measuredEnd), asWideAs: 0)
            let words = columns.heatWidth >= 16 ? "steps 0 to \(step)" : "to \(step)"
            write(clip(words, to: columns.heatWidth), x: columns.heatX, y: y, .dimText)
        }
        for (figure, endX) in columns.ends where figure != .update || columns.gaugeWidth == 0 {
            write(figure.title, endX: endX, y: y, .dimText)
        }
        if columns.gaugeWidth > 0 { write("update ÷ weight", endX: size.width - 2, y: y, .dimText) }
        guard layout.depthHeaderRows > 1 else { return }
        let scale = AxisScale(kind: .linear, low: -reach, high: reach)
        let row = TickRow(
            ticks: Ticks.values(scale: scale, maximumCount: 3), scale: scale, width: columns.histogramWidth,
            glyphs: glyphs, style: palette[.dimText])
        row.draw(
            into: &buffer, y: y + 1, plotX: columns.histogramX,
            within: columns.histogramX..<columns.histogramX + columns.histogramWidth)
        if columns.gaugeWidth > 0 {
            write("1e-3", endX: columns.gaugeX + columns.gaugeWidth / 2 + 1, y: y + 1, .dimText)
        }
        guard columns.heatWidth > 0, let change = run.rateChanges.last, run.status.position.step > 0 else { return }
        let share = Double(change.position.step) / state.run.history.measuredEnd
        let x = columns.heatX + min(columns.heatWidth - 1, Int(share * Double(columns.heatWidth)))
        let who = EventWords.who(change.author)
        let words = x + 2 + who.count <= columns.heatX + columns.heatWidth ? "▾ \(who)" : "▾"
        write(words, x: x, y: y + 1, change.author == .person ? .you : .planned)
    }

    private mutating func drawDepthRow(_ index: Int, _ rect: Rect, _ columns: DepthColumns, reach: Double) {
        let layer = run.description.layers[index]
        let middle = rect.y + (rect.height >= 3 ? 1 : 0)
        let isSelected = index == state.view.layers.selected
        if isSelected { write("▸", x: 1, y: middle, .key) }
        let name = clip(layer.name, to: 8)
        let kindX = max(5, 2 + name.count + 1)
        write(name, endX: kindX - 1, y: middle, .dimText)
        write(layer.shortKind(max(1, 14 - kindX)), x: kindX, y: middle, isSelected ? .brightText : .text)
        if rect.height > 1 { write(clip(layer.units, to: 9), x: 5, y: middle + 1, .dimText) }
        defer { if isSelected { highlight(rect) } }
        guard let latest = run.latestLayers, latest.layers.indices.contains(index) else { return }
        let statistics = latest.layers[index]
        drawRidge(
            statistics, layer,
            rect: Rect(x: columns.histogramX, y: rect.y, width: columns.histogramWidth, height: rect.height),
            reach: reach)
        if columns.heatWidth > 0 {
            drawHeat(
                index, rect: Rect(x: columns.heatX, y: rect.y, width: columns.heatWidth, height: rect.height),
                reach: reach,
                isSpaced: true)
        }
        for (figure, endX) in columns.ends { drawFigure(figure, of: statistics, endX: endX, y: middle) }
        if columns.gaugeWidth > 0 {
            RatioGauge(
                ratio: statistics.updateRatio, track: palette[.frame],
                dot: palette[statistics.hasOddUpdate ? .warn : .good]
            ).draw(into: &buffer, x: columns.gaugeX, y: middle, width: columns.gaugeWidth, glyphs: glyphs)
        }
    }

    /// Gives a part of the selected row its background.
    private mutating func highlight(_ rect: Rect) {
        let background = palette[.selection].background
        let plain = palette[.background].background
        guard background != plain else { return }
        buffer.restyle(rect) { $0.background == plain ? $0.on(background) : $0 }
    }

    private mutating func drawFigure(_ figure: DepthColumns.Figure, of layer: LayerStatistics, endX: Int, y: Int) {
        switch figure {
        case .mean: drawFigure(layer.mean, endX: endX, y: y)
        case .std: drawFigure(layer.std, endX: endX, y: y)
        case .zeros: drawShare(layer.zeros, isOdd: false, endX: endX, y: y)
        case .saturated: drawShare(layer.saturated, isOdd: layer.isSaturated, endX: endX, y: y)
        case .never: drawShare(layer.neverFired, isOdd: layer.hasDeadUnits, endX: endX, y: y)
        case .signal: drawFigure(layer.signalNorm, endX: endX, y: y)
        case .gradient: drawFigure(layer.gradientNorm, endX: endX, y: y)
        case .update: drawFigure(layer.updateRatio, endX: endX, y: y, isOdd: layer.hasOddUpdate)
        }
    }

    /// The histogram before the activation; what relu will cut off is only outlined.
    mutating func drawRidge(
        _ statistics: LayerStatistics, _ layer: LayerDescription, rect: Rect, reach: Double, axis: Style? = nil
    ) {
        let bins = LineChart.dotColumns(width: rect.width, glyphs: glyphs)
        let counts = statistics.preactivation.rebinned(low: -reach, high: reach, bins: bins)
        let cuts = layer.activation == "relu"
        HistogramChart(
            counts: counts, low: -reach, high: reach, outlinedBelow: cuts ? 0 : nil, heights: .squareRoot,
            ground: palette[.frame]
        ).draw(into: &buffer, rect: rect, glyphs: glyphs, axis: axis) { value in
            palette[cuts && value < 0 ? .ghost : .train]
        }
    }

    /// The same histograms over the steps so far, newest right.
    mutating func drawHeat(_ layer: Int, rect: Rect, reach: Double, isSpaced: Bool = false) {
        let bins = max(1, rect.height) * (isASCII ? 1 : 2)
        // Half a row stays free above the map, so that those of two layers do not touch.
        let filled = !isASCII && isSpaced && rect.height > 1 ? bins - 1 : bins
        let shades = run.heat(
            HeatQuestion(
                layer: layer, columns: rect.width, end: state.run.history.measuredEnd,
                reached: Double(run.status.position.step), bins: bins, filled: filled, reach: reach))
        HeatMap(shades: shades, bins: bins).draw(
            into: &buffer, rect: rect, glyphs: glyphs, dithered: palette.depth == .mono
        ) { palette.heat($0) }
    }
}
