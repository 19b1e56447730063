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

    /// A line with its words, the longest first.
    private struct Line {
        let dash: LineDash
        let role: ColorRole
        let words: [String]
        /// The same in the fewest columns.
        let short: String
        let report: LayersReport

        func readOut(_ sample: String, _ words: String) -> [Span] { [Span(sample, role), .dim(" " + words)] }
    }

    /// What there is to draw, the most important first.
    private var known: [Line] {
        guard let now = run.latestLayers else { return [] }
        var lines = [Line(dash: .solid, role: .train, words: [scene.moment(of: now)], short: "last", report: now)]
        if let change = run.story.rateChanges.last,
            let then = run.layerHistory.nearest(to: Double(change.position.step))
        {
            let who = EventWords.who(change.author)
            let words = layout.width < .full ? [] : [who == "you" ? "at your change" : "at the change"]
            lines.append(
                Line(
                    dash: .dashed, role: change.author == .person ? .you : .rate, words: words + ["change"], short: who,
                    report: then))
        }
        if let first = run.layerHistory.reports.first {
            lines.append(Line(dash: .dotted, role: .ghost, words: ["step 0"], short: "step 0", report: first))
        }
        return lines
    }

    /// The lines whose words find room, with these: one without would say nothing.
    private var shownLines: [(line: Line, readOut: [Span])] {
        let legend = Legend(scene: scene)
        // Both charts say the same words. The titles stand at the very left.
        let titles = [
            (PanelID.stdTrend, StdTrendPanel(scene: scene).title), (.signalTrend, SignalTrendPanel(scene: scene).title),
        ]
        let room =
            titles.filter { layout.panelRects[$0.0] != nil }.map { legend.room(in: $0, title: $1) + 1 }.min() ?? 0
        var lines = known
        while !lines.isEmpty {
            let long = lines.map { $0.readOut($0.dash.sample(glyphs: glyphs), $0.words[0]) }
            let middle = lines.map { $0.readOut($0.dash.sample(glyphs: glyphs), $0.words[$0.words.count - 1]) }
            let short = lines.map {
                $0.readOut($0.dash == .dashed ? $0.dash.sample(glyphs: glyphs) : legend.sample($0.dash), $0.short)
            }
            for form in [long, middle, short] where legend.width(of: form) <= room {
                return Array(zip(lines, form)).map { ($0, $1) }
            }
            lines.removeLast()
        }
        // The line of now is the chart.
        return known.prefix(1).map { ($0, []) }
    }

    var readOuts: [[Span]] { shownLines.map(\.readOut).filter { !$0.isEmpty } }

    func draw(on canvas: inout Canvas) {
        guard let plot = layout.plotRects[panel], plot.height > 0, plot.width > 0 else { return }
        var layers: [ChartLayer] = []
        var values: [Double] = []
        for (line, _) in shownLines {
            let points = line.report.layers.enumerated().map { index, layer in
                ChartPoint(x: Double(index), y: layer[keyPath: value], keep: true)
            }
            values += points.lazy.map(\.y).filter { $0 > 0 && $0.isFinite }
            if line.dash == .solid {
                layers.append(.marker(points: points, glyph: "●", ascii: "@", style: palette[line.role]))
            }
            layers.append(.line(points: points, dash: line.dash, style: palette.line(line.role)))
        }
        guard !layers.isEmpty else { return }
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
