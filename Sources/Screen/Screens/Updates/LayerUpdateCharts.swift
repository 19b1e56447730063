import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// Each layer with its figures and how they went, as charts that all have the same axes.
struct LayerUpdateCharts: SceneView {
    let scene: Scene

    /// With so few columns a chart's place is taken by figures alone.
    private static let leastChartWidth = 90

    func draw(in panel: Rect, on canvas: inout Canvas) {
        let header = LayerUpdatesPanel.headerRows(size)
        let top = panel.y + 1 + header
        let height = layout.rowsPerLayer
        let list = LayerRows(window: state, rows: max(1, (panel.endY - top) / height))
        let nameWidth = max(2, min(12, list.indices.map { run.description.layers[$0].name.count }.max() ?? 2))
        let names = layerNames(to: nameWidth)
        let kindX = panel.x + 3 + nameWidth
        let figureEnd = kindX + 14
        let room = panel.endX - 1 - figureEnd - 1
        let hasGradient = room >= Self.leastChartWidth
        let width = hasGradient ? (room - 1) / 2 : room
        let start = state.xRange.lowerBound
        let range = start...max(start + 1, min(state.xRange.upperBound, Double(run.status.position.step)))
        let count = SmallChart.columns(width: width, glyphs: glyphs)
        let steps = AxisScale(kind: .linear, low: range.lowerBound, high: range.upperBound)
        // Lines as in the charts beside them, so that the same numbers look the same.
        func lines(_ value: KeyPath<LayerStatistics, Double>) -> [LayerLine] {
            list.indices.map { LayerLine($0, value, of: run, in: .logarithmic, x: steps, columns: count) }
        }
        let updates = lines(\.updateRatio)
        let gradients = hasGradient ? lines(\.gradientNorm) : []
        let updateScale = Self.scale(of: updates, with: 1e-3)
        let gradientScale = Self.scale(of: gradients, with: nil)
        if header > 0 {
            let steps = "steps \(Figure.count(Int(range.lowerBound))) to \(Figure.count(Int(range.upperBound)))"
            for (column, words) in ["update ÷ weight, \(steps)", "gradient norm"].prefix(hasGradient ? 2 : 1)
                .enumerated()
            {
                let rect = Rect(x: figureEnd + 1 + column * (width + 1), y: 0, width: width, height: 1)
                let plot = SmallChart.plotX(in: rect)
                canvas.write(words, x: plot, y: panel.y + 1, .dimText, limit: rect.endX - plot)
            }
        }
        for (row, index) in list.indices.enumerated() {
            let y = top + row * height
            drawFigures(index, names[index], nameEnd: kindX - 1, endX: figureEnd, x: panel.x + 1, y: y, on: &canvas)
            var rect = Rect(x: figureEnd + 1, y: y, width: width, height: height - 1)
            SmallChart(y: updateScale, level: 1e-3).draw(
                updates[row].layers(palette[.train]), x: steps, in: rect, on: &canvas)
            guard hasGradient else { continue }
            rect.x += width + 1
            SmallChart(y: gradientScale).draw(
                gradients[row].layers(palette[.train]), x: steps, in: rect, on: &canvas)
        }
        if let rest = list.rest {
            canvas.write(rest, x: kindX, y: top + list.indices.count * height, .dimText)
        }
    }

    /// Name and kind, and below them update and gradient as they are now.
    private func drawFigures(
        _ index: Int, _ name: String, nameEnd: Int, endX: Int, x: Int, y: Int, on canvas: inout Canvas
    ) {
        let layer = run.description.layers[index]
        let isSelected = index == state.view.layers.selected
        if isSelected { canvas.write("▸", x: x, y: y, .key) }
        let isOdd = scene.shownAlarms[index].contains(.oddUpdate)
        canvas.write(name, endX: nameEnd, y: y, .dimText)
        canvas.write(layer.shortKind(endX - nameEnd - 1), x: nameEnd + 1, y: y, isSelected ? .brightText : .text)
        let latest = scene.shownLayers?.layers ?? []
        let statistics = latest.indices.contains(index) ? latest[index] : .empty
        canvas.write("update", x: nameEnd + 1, y: y + 1, .dimText)
        canvas.drawFigure(statistics.updateRatio, endX: endX, y: y + 1, isOdd: isOdd)
        canvas.write("grad", x: nameEnd + 1, y: y + 2, .dimText)
        canvas.drawFigure(statistics.gradientNorm, endX: endX, y: y + 2)
        RatioGauge(
            ratio: scene.shownBand.scaled(statistics.updateRatio), track: palette[.frame],
            dot: palette[isOdd ? .warn : .good]
        ).draw(into: &canvas.buffer, x: nameEnd + 1, y: y + 3, width: endX - nameEnd - 1, glyphs: glyphs)
    }

    /// One axis for all of them, so that layers can be compared.
    private static func scale(of lines: [LayerLine], with level: Double?) -> AxisScale {
        .robust(lines.flatMap(\.values), kind: .logarithmic, showing: level.map { [$0] } ?? [])
    }
}
