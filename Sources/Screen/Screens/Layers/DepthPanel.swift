import Cells
import Charts
import Dashboard
import Runs
import Themes

extension PanelID {
    /// The layers screen's table.
    package static let depth = PanelID(
        "depth", .layers(LayerList(headerRows: DepthPanel.headerRows, isWindow: true, opensOnClick: true)))
}

/// All layers: what goes in, how it went, and the figures that say whether they are well; or one of them closely.
struct DepthPanel: Panel {
    static let id = PanelID.depth

    let scene: Scene

    /// Rows of column heads above the layers.
    static func headerRows(_ size: Size) -> Int { size.height >= 30 ? 2 : 1 }

    static func layOutAlone(_ layout: inout ScreenLayout, _ rect: Rect) { layout.rowsPerLayer = 3 }

    static func table(of state: DashboardState) -> PanelTable {
        state.view.layers.opened.map { .layer($0, of: state) } ?? .layers(of: state)
    }

    var title: String { CloseUp(scene: scene)?.title ?? "depth" }

    var note: [Span] {
        if let closeUp = CloseUp(scene: scene) { return closeUp.note }
        let count = run.description.layers.count
        if !state.view.layers.filter.isEmpty { return [.dim("/ "), Span(state.view.layers.filter)] }
        return [.dim("\(count) layers, \(state.view.layers.byTrouble ? "worst first" : "first to last")")]
    }

    var readOuts: [[Span]] {
        if scene.openedLayer != nil { return [[Span("Esc", .key), .dim(" all layers")]] }
        return [
            [Span("o", .key), .dim(" order")], [Span("/", .key), .dim(" filter")],
            [Span("Enter", .key), .dim(" one layer")],
        ]
    }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        if let closeUp = CloseUp(scene: scene) { return closeUp.draw(in: panel, on: &canvas) }
        let columns = DepthColumns(width: size.width)
        let header = Self.headerRows(size)
        let top = panel.y + 1 + header
        let height = layout.rowsPerLayer
        let rows = panel.endY - top
        guard rows > 0 else { return }
        let list = LayerRows(window: state, rows: max(1, rows / height))
        let reach = reachOfAll
        drawHeader(panel, columns, reach: reach, on: &canvas)
        for (row, index) in list.indices.enumerated() {
            let rect = Rect(x: panel.x, y: top + row * height, width: panel.width, height: height)
            drawRow(index, rect, columns, reach: reach, on: &canvas)
        }
        if list.quiet > 0 {
            canvas.write("+\(list.quiet) quiet", x: 5, y: top + list.indices.count * height, .dimText)
        }
        if list.indices.isEmpty {
            canvas.write("no layer with “\(state.view.layers.filter)”", x: 5, y: top, .dimText)
        }
    }

    /// Half the width of the axis that all histograms share: the layers' middle one decides, so that none flattens the rest.
    private var reachOfAll: Double {
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

    private func drawHeader(_ panel: Rect, _ columns: DepthColumns, reach: Double, on canvas: inout Canvas) {
        let y = panel.y + 1
        canvas.write("layer", x: 5, y: y, .dimText)
        let titles = [histogramTitle, histogramTitle.replacing(", now", with: ""), "now"].filter {
            $0.count <= columns.histogramWidth
        }
        canvas.write(titles.first ?? "", x: columns.histogramX, y: y, .dimText)
        if columns.heatWidth > 0 {
            let step = FigureField.steps(Int(state.run.history.measuredEnd), asWideAs: 0)
            let words = columns.heatWidth >= 16 ? "steps 0 to \(step)" : "to \(step)"
            canvas.write(clip(words, to: columns.heatWidth), x: columns.heatX, y: y, .dimText)
        }
        for (figure, endX) in columns.ends where figure != .update || columns.gaugeWidth == 0 {
            canvas.write(figure.title, endX: endX, y: y, .dimText)
        }
        if columns.gaugeWidth > 0 { canvas.write("update ÷ weight", endX: size.width - 2, y: y, .dimText) }
        guard Self.headerRows(size) > 1 else { return }
        let scale = AxisScale(kind: .linear, low: -reach, high: reach)
        let row = TickRow(
            ticks: Ticks.values(scale: scale, maximumCount: 3), scale: scale, width: columns.histogramWidth,
            glyphs: glyphs, style: palette[.dimText])
        row.draw(
            into: &canvas.buffer, y: y + 1, plotX: columns.histogramX,
            within: columns.histogramX..<columns.histogramX + columns.histogramWidth)
        if columns.gaugeWidth > 0 {
            canvas.write("1e-3", endX: columns.gaugeX + columns.gaugeWidth / 2 + 1, y: y + 1, .dimText)
        }
        guard columns.heatWidth > 0, let change = run.rateChanges.last, run.status.position.step > 0 else { return }
        let share = Double(change.position.step) / state.run.history.measuredEnd
        let x = columns.heatX + min(columns.heatWidth - 1, Int(share * Double(columns.heatWidth)))
        let who = EventWords.who(change.author)
        let words = x + 2 + who.count <= columns.heatX + columns.heatWidth ? "▾ \(who)" : "▾"
        canvas.write(words, x: x, y: y + 1, change.author == .person ? .you : .planned)
    }

    private func drawRow(_ index: Int, _ rect: Rect, _ columns: DepthColumns, reach: Double, on canvas: inout Canvas) {
        let layer = run.description.layers[index]
        let middle = rect.y + (rect.height >= 3 ? 1 : 0)
        let isSelected = index == state.view.layers.selected
        if isSelected { canvas.write("▸", x: 1, y: middle, .key) }
        let name = clip(layer.name, to: 8)
        let kindX = max(5, 2 + name.count + 1)
        canvas.write(name, endX: kindX - 1, y: middle, .dimText)
        canvas.write(layer.shortKind(max(1, 14 - kindX)), x: kindX, y: middle, isSelected ? .brightText : .text)
        if rect.height > 1 { canvas.write(clip(layer.units, to: 9), x: 5, y: middle + 1, .dimText) }
        defer { if isSelected { canvas.highlight(rect) } }
        guard let latest = run.latestLayers, latest.layers.indices.contains(index) else { return }
        let statistics = latest.layers[index]
        let pictures = LayerPictures(scene: scene)
        pictures.drawRidge(
            statistics, layer,
            rect: Rect(x: columns.histogramX, y: rect.y, width: columns.histogramWidth, height: rect.height),
            reach: reach, on: &canvas)
        if columns.heatWidth > 0 {
            pictures.drawHeat(
                index, rect: Rect(x: columns.heatX, y: rect.y, width: columns.heatWidth, height: rect.height),
                reach: reach,
                isSpaced: true, on: &canvas)
        }
        for (figure, endX) in columns.ends { drawColumn(figure, of: statistics, endX: endX, y: middle, on: &canvas) }
        if columns.gaugeWidth > 0 {
            RatioGauge(
                ratio: statistics.updateRatio, track: palette[.frame],
                dot: palette[statistics.hasOddUpdate ? .warn : .good]
            ).draw(into: &canvas.buffer, x: columns.gaugeX, y: middle, width: columns.gaugeWidth, glyphs: glyphs)
        }
    }

    private func drawColumn(
        _ figure: DepthColumns.Figure, of layer: LayerStatistics, endX: Int, y: Int, on canvas: inout Canvas
    ) {
        switch figure {
        case .mean: canvas.drawFigure(layer.mean, endX: endX, y: y)
        case .std: canvas.drawFigure(layer.std, endX: endX, y: y)
        case .zeros: canvas.drawShare(layer.zeros, isOdd: false, endX: endX, y: y)
        case .saturated: canvas.drawShare(layer.saturated, isOdd: layer.isSaturated, endX: endX, y: y)
        case .never: canvas.drawShare(layer.neverFired, isOdd: layer.hasDeadUnits, endX: endX, y: y)
        case .signal: canvas.drawFigure(layer.signalNorm, endX: endX, y: y)
        case .gradient: canvas.drawFigure(layer.gradientNorm, endX: endX, y: y)
        case .update: canvas.drawFigure(layer.updateRatio, endX: endX, y: y, isOdd: layer.hasOddUpdate)
        }
    }
}
