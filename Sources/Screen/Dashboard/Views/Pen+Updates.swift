import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// With more layers than this only the selected one is drawn beside the whole network.
    private static let mostLayerLines = 12

    /// The layer whose line stands out in the charts.
    var chosenLayer: Int? {
        run.description.layers.indices.contains(state.view.layers.selected) ? state.view.layers.selected : nil
    }

    /// The chosen layer as a line, the others as dots behind it.
    private func layerLines(
        _ value: KeyPath<LayerStatistics, Double>, _ axis: StepAxis
    ) -> (chosen: [ChartLayer], others: [ChartLayer], values: [Double]) {
        var (chosen, others): ([ChartLayer], [ChartLayer]) = ([], [])
        var values: [Double] = []
        for layer in run.description.layers.indices {
            let isChosen = layer == chosenLayer
            guard isChosen || run.description.layers.count <= Self.mostLayerLines else { continue }
            let points = run.layerPoints(layer: layer, value, over: axis.range)
            values += points.lazy.map(\.y)
            if isChosen {
                chosen.append(.line(points: points, dash: .solid, style: palette[.brightText]))
            } else {
                others.append(.line(points: points, dash: .dotted, style: palette[.ghost]))
            }
        }
        return (chosen, others, values)
    }

    private func logarithmic(_ values: [Double]) -> AxisScale {
        let usable = values.filter { $0.isFinite && $0 > 0 }
        guard let low = usable.min(), let high = usable.max() else { return .fitting(nil, kind: .logarithmic) }
        // A layer that gets no gradient at all must not flatten the others.
        return .fitting(max(low, high * 1e-7)...high, kind: .logarithmic)
    }

    /// The norm of the whole gradient with its range, every layer's, and the norm above which it is scaled down.
    mutating func drawGradientNorms(_ axis: StepAxis) {
        guard let plot = layout.plotRects[.gradientNorms] else { return }
        let smoothed = run.smoothed(.gradientNorm, over: axis.range, count: axis.count)
        let raw = run.columns(.gradientNorm, over: axis.range, count: axis.count)
        let lines = layerLines(\.gradientNorm, axis)
        var layers = lines.chosen
        layers.append(.line(points: axis.points(smoothed), dash: .solid, style: palette[.train]))
        if let bound = run.description.clippedNorm {
            layers.append(level(bound, axis, .warn))
        }
        layers += lines.others
        layers.append(
            .envelope(
                columns: raw.map { $0.map { ChartColumn(low: $0.low, high: $0.high) } }, style: palette[.raw],
                upperEdgeOnly: palette.depth == .mono))
        layers += changeMarks(labelled: false)
        let whole = smoothed.compactMap { $0 } + raw.lazy.compactMap { $0?.high }
        let scale = logarithmic(lines.values + whole)
        drawChart(.gradientNorms, axis, y: scale, layers: layers, yTicks: yTicks(scale, rows: plot.height))
    }

    /// A dashed level across the whole plot.
    private func level(_ value: Double, _ axis: StepAxis, _ role: ColorRole) -> ChartLayer {
        .line(
            points: [ChartPoint(x: axis.range.lowerBound, y: value), ChartPoint(x: axis.range.upperBound, y: value)],
            dash: .dashed, style: palette.line(role))
    }

    /// Every layer's update over its weights, with the level of a thousandth.
    mutating func drawUpdateRatios(_ axis: StepAxis) {
        guard let plot = layout.plotRects[.updateRatios] else { return }
        let lines = layerLines(\.updateRatio, axis)
        let layers =
            lines.chosen + [level(1e-3, axis, .good)] + lines.others + changeMarks(labelled: false)
        let scale = logarithmic(lines.values + [3e-4, 3e-3])
        drawChart(.updateRatios, axis, y: scale, layers: layers, yTicks: yTicks(scale, rows: plot.height))
    }

    /// The share of steps whose gradient was scaled down.
    mutating func drawClippedSteps(_ axis: StepAxis) {
        guard let plot = layout.plotRects[.clippedSteps] else { return }
        let shares = samples(axis) { $0.clippedShare.map { $0 * 100 } }
        var layers = [ChartLayer.line(points: axis.points(shares), dash: .solid, style: palette.line(.warn))]
        layers += changeMarks(labelled: false)
        let scale = AxisScale(kind: .linear, low: 0, high: 100)
        drawChart(
            .clippedSteps, axis, y: scale, layers: layers, yTicks: yTicks(scale, rows: plot.height, suffix: " %"))
    }

    // MARK: Read-outs

    /// The statistics now or under the cursor.
    var shownLayers: LayersReport? {
        state.view.charts.cursorStep.flatMap { run.layers(nearestTo: $0) } ?? run.latestLayers
    }

    private var chosenName: String {
        chosenLayer.map { "\(run.description.layers[$0].name) \(run.description.layers[$0].shortKind(9))" } ?? ""
    }

    private func chosen(_ value: KeyPath<LayerStatistics, Double>) -> [Span] {
        guard let layer = chosenLayer, let report = shownLayers, report.layers.indices.contains(layer) else {
            return []
        }
        let sample = LineDash.solid.sample(glyphs: glyphs)
        return [
            Span(sample + " ", .brightText), .dim(chosenName + " "),
            .bright(Figures.figure(report.layers[layer][keyPath: value])),
        ]
    }

    private var cursorSpans: [[Span]] {
        state.view.charts.cursorStep.map { [[Span("at " + Figures.steps(Int($0), asWideAs: 0), .key)]] } ?? []
    }

    var gradientReadOuts: [[Span]] {
        var groups = cursorSpans
        let sample = LineDash.solid.sample(glyphs: glyphs)
        groups.append([
            Span(sample + " ", .train), .dim("all "), Span(Figures.figure(average(.gradientNorm)), .train),
        ])
        groups.append(chosen(\.gradientNorm))
        if let bound = run.description.clippedNorm {
            groups.append([
                Span(LineDash.dashed.sample(glyphs: glyphs), .warn), .dim(" clipped at \(Figure.plain(bound))"),
            ])
        }
        return groups
    }

    var ratioReadOuts: [[Span]] {
        cursorSpans + [
            chosen(\.updateRatio), [Span(LineDash.dashed.sample(glyphs: glyphs), .good), .dim(" 1e-3")],
        ]
    }

    var clippedReadOuts: [[Span]] {
        let all = run.samples.reduce(into: (steps: 0, clipped: 0)) {
            $0.steps += $1.times.steps
            $0.clipped += $1.times.clippedSteps
        }
        let now = recentTimes
        let share = now.steps > 0 ? Double(now.clippedSteps) / Double(now.steps) : Double.nan
        let whole = all.steps > 0 ? Double(all.clipped) / Double(all.steps) : Double.nan
        return [
            [.dim("now "), Span(percent(share, width: 5), .warn)], [.dim("in all "), Span(percent(whole, width: 5))],
        ]
    }
}
