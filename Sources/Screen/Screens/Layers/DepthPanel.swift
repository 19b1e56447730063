import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

extension PanelID {
    /// The layers screen's table.
    package static let depth = PanelID(
        "depth", .layers(LayerList(headerRows: DepthPanel.headerRows, isWindow: true, opensOnClick: true)))
}

/// All layers: what they hand on, how it went, and the figures that say whether they are well; or one of them closely.
struct DepthPanel: Panel {
    static let id = PanelID.depth

    let scene: Scene

    /// Rows of column heads above the layers.
    static func headerRows(_ size: Size) -> Int { size.height >= 30 ? 2 : 1 }

    static func layOutAlone(_ layout: inout ScreenLayout, _ rect: Rect) {
        layout.fitLayers(into: rect.height - 1 - headerRows(layout.size), most: 10)
    }

    static func table(of state: DashboardState) -> PanelTable {
        state.view.layers.opened.map { .layer($0, of: state) } ?? .layers(of: state)
    }

    var title: String { CloseUp(scene: scene)?.title ?? "depth" }

    var note: [Span] {
        if let closeUp = CloseUp(scene: scene) { return closeUp.note }
        if !view.filter.isEmpty { return [.dim("/ "), Span(view.filter)] }
        let layers = "\(run.description.layers.count) layers"
        // What is not of now says so.
        if let old = scene.staleness(of: spreads).first { return [.dim("\(layers), ")] + old }
        return [.dim("\(layers), \(view.byTrouble ? "worst first" : "first to last")")]
    }

    var readOuts: [[Span]] {
        let quantity = hint(.quantity, view.quantity.next.rawValue)
        let others =
            scene.openedLayer != nil
            ? [hint(.back, "all layers")]
            : [hint(.order, "order"), hint(.search, "filter"), hint(.lookCloser, "one layer")]
        return ([quantity] + others).compactMap { $0 }
    }

    private var view: LayerSelection { state.view.layers }

    /// What was measured last of the numbers that the histograms show.
    private var spreads: LayersReport? { run.layerHistory(of: view.quantity).reports.last }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        if let closeUp = CloseUp(scene: scene) { return closeUp.draw(in: panel, on: &canvas) }
        let header = Self.headerRows(size)
        let top = panel.y + 1 + header
        let height = layout.rowsPerLayer
        let rows = panel.endY - top
        guard rows > 0 else { return }
        let list = LayerRows(window: state, rows: max(1, rows / height))
        let listed = list.indices.map { run.description.layers[$0] }
        let longest = max(2, listed.map(\.name.count).max() ?? 2)
        // Whole kinds beside nested names where there is room for both.
        let labels = listed.map { layer in
            let kind = layout.width >= .full ? longest + 1 + layer.shortKind(9).count : 0
            let second = height > 1 ? 3 + layer.shape(10).count : longest + 6 + (layer.extent(9)?.count ?? -1)
            return max(kind, second)
        }
        let columns = DepthColumns(
            width: size.width, longestName: longest, label: labels.max() ?? 0,
            shares: LayerShares(run.latestLayers?.layers ?? []))
        let table = Table(
            columns: columns, scales: SpreadScales(run.description.layers, spreads, view.quantity),
            stds: LayerPictures(scene: scene).stdScale, names: layerNames(to: columns.nameWidth))
        drawHeader(panel, table, on: &canvas)
        for (row, index) in list.indices.enumerated() {
            let rect = Rect(x: panel.x, y: top + row * height, width: panel.width, height: height)
            drawRow(index, rect, table, on: &canvas)
        }
        if let rest = list.rest {
            canvas.write(rest, x: columns.kindX, y: top + list.indices.count * height, .dimText)
        }
        if list.indices.isEmpty {
            canvas.write("no layer with “\(view.filter)”", x: columns.kindX, y: top, .dimText)
        }
    }

    /// What all rows share.
    private struct Table {
        let columns: DepthColumns
        let scales: SpreadScales
        /// Of the strips of stds.
        let stds: AxisScale
        let names: [String]
    }

    /// What the histograms show, named after the activation that all layers share.
    private var histogramTitles: [String] {
        let kinds = Set(run.description.layers.compactMap(\.activation))
        let words: String
        if kinds.count == 1, let kind = kinds.first {
            words = LayerPictures.words(view.quantity, kind)
        } else {
            words =
                view.quantity == .before && !kinds.isEmpty
                ? "before activation"
                : view.quantity == .gradient
                    ? "gradient" : "output"
        }
        let short = view.quantity == .after && !kinds.isEmpty ? "after" : String(words.prefix { $0 != " " })
        let isNow = spreads != nil && scene.staleness(of: spreads).isEmpty
        return isNow ? [words + ", now", words, short] : [words, short]
    }

    private func drawHeader(_ panel: Rect, _ table: Table, on canvas: inout Canvas) {
        let (columns, y) = (table.columns, panel.y + 1)
        canvas.write("layer", x: columns.nameX + 3, y: y, .dimText)
        let title = histogramTitles.first { $0.count <= columns.histogramWidth + 1 } ?? ""
        canvas.write(title, x: columns.histogramX, y: y, .dimText)
        for (figure, endX) in columns.ends where figure != .update || columns.gaugeWidth == 0 {
            canvas.write(figure.title, endX: endX, y: y, .dimText)
        }
        if columns.gaugeWidth > 0 { canvas.write("update ÷ weight", endX: size.width - 2, y: y, .dimText) }
        let hasAxis = Self.headerRows(size) > 1
        if columns.heatWidth > 0 { drawStepsHeader(columns, y: y, hasAxis: hasAxis, on: &canvas) }
        guard hasAxis else { return }
        drawHistogramAxis(table, y: y + 1, on: &canvas)
        if columns.gaugeWidth > 0 {
            canvas.write(scene.latestBand.label, endX: columns.gaugeX + columns.gaugeWidth / 2 + 1, y: y + 1, .dimText)
        }
    }

    /// What is drawn over the steps, and from which to which.
    private func drawStepsHeader(_ columns: DepthColumns, y: Int, hasAxis: Bool, on canvas: inout Canvas) {
        let range = run.stripRange(0...Double.greatestFiniteMagnitude)
        let step = FigureField.steps(run.status.position.step, asWideAs: 0)
        let picture = layout.rowsPerLayer > 2 ? "steps" : "std"
        let words =
            hasAxis && layout.rowsPerLayer <= 2
            ? [layout.rowsPerLayer == 2 ? secondTitle : "std over steps", "std"]
            : ["\(picture) 0 to \(step)", "\(picture) to \(step)", "to \(step)"]
        canvas.write(words.first { $0.count <= columns.heatWidth + 1 } ?? "", x: columns.heatX, y: y, .dimText)
        guard hasAxis else { return }
        let ends = layout.rowsPerLayer <= 2 ? StripEnds(scene: scene, range: range) : nil
        ends?.draw(x: columns.heatX, y: y + 1, width: columns.heatWidth, on: &canvas)
        guard let change = run.story.rateChanges.last, run.status.position.step > 0 else { return }
        let x =
            columns.heatX
            + min(
                columns.heatWidth - 1, Int(Double(change.position.step) / range.upperBound * Double(columns.heatWidth)))
        let who = EventWords.who(change.author)
        let room = columns.heatX + (ends?.lastColumns(of: columns.heatWidth)?.lowerBound ?? columns.heatWidth)
        guard x < room else { return }
        canvas.write(
            x + 2 + who.count < room ? "▾ \(who)" : "▾", x: x, y: y + 1, change.author == .person ? .you : .rate)
    }

    /// The words for what the two rows of a layer's strips show.
    private var secondTitle: String {
        let paths = Set(run.description.layers.compactMap { LayerPictures.second($0) })
        let words: [(KeyPath<LayerStatistics, Double>, String)] = [
            (\.zeros, "zeros"), (\.saturated, "satur"), (\.neverFired, "never"),
        ]
        let shown = words.filter { paths.contains($0.0) }.map(\.1)
        return shown.isEmpty ? "std" : "std, " + shown.joined(separator: "/")
    }

    /// The axis of the scale that most histograms have; where each has its own, that it is so.
    private func drawHistogramAxis(_ table: Table, y: Int, on canvas: inout Canvas) {
        let columns = table.columns
        let rect = Rect(x: columns.histogramX, y: y, width: columns.histogramWidth, height: 1)
        guard let usual = table.scales.usual else {
            if table.scales.hasOwn { canvas.write("own scales", x: rect.x, y: y, .dimText, limit: rect.width) }
            return
        }
        let plot = LayerPictures.plot(rect, usual, writesEnds: false)
        if let bar = usual.bar, plot.x > rect.x { canvas.write(bar.label, x: rect.x, y: y, .dimText) }
        let scale = AxisScale(kind: .linear, low: usual.low, high: usual.high)
        var ticks = Ticks.values(scale: scale, maximumCount: 3)
        // The zero of the bar is enough.
        if plot.x > rect.x { ticks.removeAll { $0.value == 0 } }
        TickRow(ticks: ticks, scale: scale, width: plot.width, glyphs: glyphs, style: palette[.dimText]).draw(
            into: &canvas.buffer, y: y, plotX: plot.x, within: plot.x..<plot.endX)
    }

    private func drawRow(_ index: Int, _ rect: Rect, _ table: Table, on canvas: inout Canvas) {
        let columns = table.columns
        let layer = run.description.layers[index]
        let middle = rect.y + (rect.height >= 3 ? 1 : 0)
        let isSelected = index == view.selected
        let alarms = scene.latestAlarms[index]
        let statistics = run.latestLayers.flatMap { $0.layers.indices.contains(index) ? $0.layers[index] : nil }
        if isSelected { canvas.write("▸", x: 1, y: middle, .key) }
        canvas.write(table.names[index], endX: columns.kindX - 1, y: middle, .dimText)
        let kind = layer.shortKind(columns.kindWidth)
        canvas.write(kind, x: columns.kindX, y: middle, isSelected ? .brightText : .text)
        let equal = statistics?.hasEqualUnits == true
        if rect.height > 1 {
            let room = columns.histogramX - 1 - (columns.nameX + 3)
            let words = equal ? "\(layer.unitCount) equal" : layer.shape(room)
            canvas.write(
                clip(words, to: room), x: columns.nameX + 3, y: middle + 1,
                alarms.contains(.equalUnits) ? .warn : .dimText)
        } else {
            let room = columns.kindWidth - kind.count - 1
            let words = equal && room >= 1 ? (room >= 5 ? "equal" : "=") : layer.extent(room)
            if let words {
                canvas.write(
                    words, x: columns.kindX + kind.count + 1, y: middle,
                    alarms.contains(.equalUnits) ? .warn : .dimText)
            }
        }
        defer { if isSelected { canvas.highlight(rect) } }
        let pictures = LayerPictures(scene: scene)
        let scale = table.scales.scales[index]
        if let spreads {
            pictures.drawSpread(
                spreads, index, view.quantity, scale,
                rect: Rect(x: columns.histogramX, y: rect.y, width: columns.histogramWidth, height: rect.height),
                writesEnds: scale != table.scales.usual || Self.headerRows(size) < 2 && scale.isOwn, on: &canvas)
        }
        guard let statistics else { return }
        if columns.heatWidth > 0 {
            let heat = Rect(x: columns.heatX, y: rect.y, width: columns.heatWidth, height: rect.height)
            if rect.height > 2 {
                pictures.drawHeat(index, view.quantity, scale, rect: heat, isSpaced: true, on: &canvas)
            } else {
                pictures.drawStrips(index, table.stds, rect: heat, on: &canvas)
            }
        }
        for (figure, endX) in columns.ends {
            drawColumn(figure, of: statistics, alarms, endX: endX, y: middle, on: &canvas)
        }
        if columns.gaugeWidth > 0 {
            RatioGauge(
                ratio: scene.latestBand.scaled(statistics.updateRatio), track: palette[.frame],
                dot: palette[alarms.contains(.oddUpdate) ? .warn : .good]
            ).draw(into: &canvas.buffer, x: columns.gaugeX, y: middle, width: columns.gaugeWidth, glyphs: glyphs)
        }
    }

    private func drawColumn(
        _ figure: DepthColumns.Figure, of layer: LayerStatistics, _ alarms: LayerAlarms, endX: Int, y: Int,
        on canvas: inout Canvas
    ) {
        switch figure {
        case .mean: canvas.drawFigure(layer.mean, endX: endX, y: y)
        case .std: canvas.drawFigure(layer.std, endX: endX, y: y)
        case .zeros: canvas.drawShare(layer.zeros, isOdd: false, endX: endX, y: y)
        case .saturated:
            canvas.drawShare(layer.saturated, isOdd: alarms.contains(.saturated), endX: endX, y: y)
        case .never: canvas.drawShare(layer.neverFired, isOdd: alarms.contains(.deadUnits), endX: endX, y: y)
        case .signal: canvas.drawFigure(layer.signalNorm, endX: endX, y: y)
        case .gradient: canvas.drawFigure(layer.gradientNorm, endX: endX, y: y)
        case .update:
            canvas.drawFigure(layer.updateRatio, endX: endX, y: y, isOdd: alarms.contains(.oddUpdate))
        }
    }
}
