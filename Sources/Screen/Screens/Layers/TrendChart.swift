import Cells
import Charts
import Dashboard
import Runs
import Themes

/// A number over depth: now, when the rate was last changed, and at the beginning.
struct TrendChart: SceneView {
    let scene: Scene
    let panel: PanelID
    let value: KeyPath<LayerStatistics, Double>

    var readOuts: [[Span]] {
        let words = layout.width >= .full
        func group(_ dash: LineDash, _ role: ColorRole, _ text: String) -> [Span] {
            [Span(dash.sample(glyphs: glyphs), role), .dim(" " + text)]
        }
        var groups = [group(.solid, .train, run.latestLayers.map { scene.moment(of: $0) } ?? "now")]
        if run.story.rateChanges.last != nil {
            groups.append(group(.dashed, .you, words ? "at your change" : "change"))
        }
        groups.append(group(.dotted, .ghost, "step 0"))
        return groups
    }

    func draw(on canvas: inout Canvas) {
        guard let plot = layout.plotRects[panel], plot.height > 0, plot.width > 0, let now = run.latestLayers
        else { return }
        var layers: [ChartLayer] = []
        var values: [Double] = []
        func points(_ report: LayersReport) -> [ChartPoint] {
            report.layers.enumerated().map { index, layer in
                let number = layer[keyPath: value]
                if number > 0, number.isFinite { values.append(number) }
                return ChartPoint(x: Double(index), y: number, keep: true)
            }
        }
        let latest = points(now)
        layers.append(.marker(points: latest, glyph: "●", ascii: "@", style: palette[.train]))
        layers.append(.line(points: latest, dash: .solid, style: palette[.train]))
        if let change = run.story.rateChanges.last,
            let then = run.layerHistory.nearest(to: Double(change.position.step))
        {
            layers.append(.line(points: points(then), dash: .dashed, style: palette.line(.you)))
        }
        if let first = run.layerHistory.reports.first {
            layers.append(.line(points: points(first), dash: .dotted, style: palette[.ghost]))
        }
        if state.view.focus == panel, let selected = scene.chosenLayer {
            layers.append(.verticalMark(x: Double(selected), label: nil, style: palette.line(.key)))
        }
        let isLogarithmic = state.view.isLogarithmic(panel, of: run)
        let kind: AxisScale.Kind = isLogarithmic ? .logarithmic : .linear
        let range = RobustRange.of(values, kind: kind).map { $0.lowerBound / 1.2...$0.upperBound * 1.2 }
        let y = AxisScale.fitting(range, kind: kind, includingZero: !isLogarithmic)
        let chart = LineChart(
            x: scale, y: y, layers: layers, xTicks: tickValues(width: plot.width),
            yTicks: Ticks.vertical(y, rows: plot.height, screen: size), graticule: palette[.frame],
            label: palette[.dimText])
        let labels = Rect(x: plot.x - 6, y: plot.y, width: 5, height: plot.height)
        chart.draw(into: &canvas.buffer, plot: plot, labels: labels, glyphs: glyphs)
    }

    /// The axis over depth: a layer's place is its index, with half a layer free at both ends.
    private var scale: AxisScale {
        let count = run.description.layers.count
        return AxisScale(kind: .linear, low: -0.3, high: max(0.3, Double(count - 1) + 0.3))
    }

    /// The layers that get a label: all, or every so many where they would touch.
    private func tickValues(width: Int) -> [Double] {
        let count = run.description.layers.count
        let longest = run.description.layers.map(\.name.count).max() ?? 1
        let most = max(1, width / (longest + 3))
        let stride = max(1, (count + most - 1) / most)
        return Swift.stride(from: 0, to: count, by: stride).map(Double.init)
    }

    /// The layers' names in the bottom border.
    func ticks(below rect: Rect) -> Frame.Axis? {
        guard let plot = layout.plotRects[panel] else { return nil }
        let layers = run.description.layers
        let ticks = tickValues(width: plot.width).map { Tick(value: $0, label: layers[Int($0)].name) }
        return Frame.Axis(
            y: layout.frame.endY - 1, from: rect.x - 1, through: rect.endX, plotX: plot.x,
            ticks: TickRow(ticks: ticks, scale: scale, width: plot.width, glyphs: glyphs, style: palette[.dimText]))
    }
}
