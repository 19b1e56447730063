import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// How a layer's values are spread: now, and over the steps so far.
struct LayerPictures: SceneView {
    let scene: Scene

    /// Columns of the figure that says where a scale of a layer's own ends.
    private static let endsWidth = 6
    /// Fewer columns than this leave no room for it.
    private static let leastWidth = 8

    /// What histograms show, in the words of a layer's activation: `after tanh`, `before relu`, `gradient`.
    static func words(_ quantity: LayerQuantity, _ activation: String?) -> String {
        switch quantity {
        case .after: activation.map { "after \($0)" } ?? "output"
        case .before: activation.map { "before \($0)" } ?? "output"
        case .gradient: "gradient"
        }
    }

    /// The columns of a rectangle that the histogram itself has, right of the bar and left of the ends.
    static func plot(_ rect: Rect, _ scale: SpreadScale, writesEnds: Bool) -> Rect {
        var plot = rect
        if scale.bar != nil, rect.width > 4 {
            plot.x += 2
            plot.width -= 2
        }
        if writesEnds, plot.width - endsWidth >= leastWidth { plot.width -= endsWidth }
        return plot
    }

    /// One histogram over its scale: what a rectifier cut off as a bar of its own, what lies beyond the ends as figures.
    /// - Parameters:
    ///   - writesEnds: whether the scale's end stands beside it, since no axis says it.
    ///   - axis: the look of an axis in the last row; without one there is none.
    func drawSpread(
        _ report: LayersReport, _ index: Int, _ quantity: LayerQuantity, _ scale: SpreadScale, rect: Rect,
        writesEnds: Bool = false, axis: Style? = nil, on canvas: inout Canvas
    ) {
        guard var histogram = report.histogram(index, quantity), report.layers.indices.contains(index) else { return }
        let layer = run.description.layers[index]
        let zeros = report.layers[index].zeros
        let (below, above) = histogram.shares(beyond: scale.low...scale.high)
        let plot = Self.plot(rect, scale, writesEnds: writesEnds)
        let rows = axis == nil ? rect.height : max(1, rect.height - 1)
        if scale.bar != nil, zeros > 0 { histogram = histogram.without(zeros: zeros * Double(histogram.total)) }
        if let bar = scale.bar, plot.x > rect.x {
            let share = bar == .zeros ? zeros : (zeros.isNaN ? 0 : zeros) + below
            drawBar(share, x: rect.x, rows: rows, top: rect.y, on: &canvas)
            if let axis { canvas.buffer.write(shown(bar.label), x: rect.x, y: rect.endY - 1, style: axis, limit: 2) }
        }
        let bins = LineChart.dotColumns(width: plot.width, glyphs: glyphs)
        let counts = histogram.rebinned(low: scale.low, high: scale.high, bins: bins)
        let cuts = quantity == .before && layer.activation == "relu"
        HistogramChart(
            counts: counts, low: scale.low, high: scale.high, outlinedBelow: cuts ? 0 : nil,
            heights: quantity == .after ? .linear : .squareRoot, ground: palette[.frame]
        ).draw(into: &canvas.buffer, rect: plot, glyphs: glyphs, axis: axis) { value in
            palette[cuts && value < 0 ? .ghost : quantity == .gradient ? .validation : .train]
        }
        // In a single row the figure would hide half of the histogram: only what is much is said there.
        let least = rows > 1 ? 0.005 : 0.05
        if above >= least { canvas.write("▸ " + percent(above), endX: plot.endX, y: rect.y, .dimText) }
        if below >= least, scale.bar == nil { canvas.write(percent(below) + " ◂", x: plot.x, y: rect.y, .dimText) }
        if writesEnds, plot.endX < rect.endX {
            canvas.write(
                scale.ends, x: plot.endX + 1, y: rect.y + rows - 1, .dimText, limit: rect.endX - plot.endX - 1)
        }
    }

    /// A share of 1 as a column of blocks, as high as the rectangle where it is 1.
    private func drawBar(_ share: Double, x: Int, rows: Int, top: Int, on canvas: inout Canvas) {
        guard share.isFinite else { return }
        let eighths = share > 0 ? max(1, Int((min(1, share) * Double(8 * rows)).rounded())) : 0
        for row in 0..<rows {
            let filled = min(8, eighths - 8 * (rows - 1 - row))
            guard filled > 0 else { continue }
            let block = Unicode.Scalar(0x2580 + UInt32(filled)) ?? "█"
            canvas.put(isASCII ? (filled > 4 ? "#" : ".") : block, x: x, y: top + row, .ghost)
        }
    }

    /// The same histograms over the steps so far, newest right.
    func drawHeat(
        _ layer: Int, _ quantity: LayerQuantity, _ scale: SpreadScale, rect: Rect, isSpaced: Bool = false,
        on canvas: inout Canvas
    ) {
        let bins = max(1, rect.height) * (isASCII ? 1 : 2)
        // Half a row stays free above the map, so that those of two layers do not touch.
        let filled = !isASCII && isSpaced && rect.height > 1 ? bins - 1 : bins
        let shades = run.heat(
            HeatQuestion(
                layer: layer, quantity, columns: rect.width, end: state.run.history.measuredEnd,
                reached: Double(run.status.position.step), bins: bins, filled: filled, low: scale.low, high: scale.high)
        )
        // Where nothing was counted the background shows, whatever the terminal has there.
        HeatMap(shades: shades.map { $0 > 0 ? $0 : .nan }, bins: bins).draw(
            into: &canvas.buffer, rect: rect, glyphs: glyphs, dithered: palette.depth == .mono
        ) { palette.heatMap($0) }
    }

    // MARK: Strips

    /// What is drawn over the steps below a layer's std, where a map would be two bins high.
    static func second(_ layer: LayerDescription) -> KeyPath<LayerStatistics, Double>? {
        switch layer.activation {
        case "relu": \.zeros
        case "tanh", "sigmoid": \.saturated
        case nil: nil
        default: \.neverFired
        }
    }

    /// The heights of all layers' stds: logarithmic over everything measured last and first that is no outlier, two decades or more.
    var stdScale: AxisScale {
        let reports = [run.layerHistory.reports.first, run.layerHistory.reports.last].compactMap { $0 }
        guard let range = RobustRange.of(reports.flatMap { $0.layers.map(\.std) }, kind: .logarithmic) else {
            return AxisScale(kind: .logarithmic, low: 0.1, high: 10)
        }
        let (low, high) = (range.lowerBound, range.upperBound)
        let middle = (low * high).squareRoot()
        return AxisScale(kind: .logarithmic, low: min(low / 2, middle / 10), high: max(high * 2, middle * 10))
    }

    /// A layer's std over the steps so far, and in a second row its share of zeros, saturated values or units that never fire.
    func drawStrips(_ index: Int, _ scale: AxisScale, rect: Rect, on canvas: inout Canvas) {
        let steps = run.stripRange(0...Double.greatestFiniteMagnitude)
        let stds = run.stripUntilNow(layer: index, \.std, over: steps, count: rect.width)
        Sparkline(values: stds.map { $0.map { $0 > 0 ? scale.fraction($0) ?? 0 : 0 } }).draw(
            into: &canvas.buffer, x: rect.x, y: rect.y, width: rect.width, glyphs: glyphs
        ) { palette.heat($0) }
        guard rect.height > 1, let second = Self.second(run.description.layers[index]) else { return }
        let shares = run.stripUntilNow(layer: index, second, over: steps, count: rect.width)
        Sparkline(values: shares.map { $0.flatMap { $0 > 0.005 ? $0 : nil } }).draw(
            into: &canvas.buffer, x: rect.x, y: rect.y + 1, width: rect.width, glyphs: glyphs
        ) {
            // A rectifier's zeros are half of everything where all is well.
            second == \.zeros ? palette.heat($0) : palette.never($0)
        }
    }
}
