import Cells
import Charts
import Dashboard
import Runs
import Themes

/// Each part of a step with its time and share, and how its time went over the run, each on an axis of its own.
struct StepTimeCharts: SceneView {
    let scene: Scene
    private let panel: Rect
    /// Rows of one part.
    private let rows: Int

    /// Nil where the panel is too small for a chart of each part.
    init?(scene: Scene, in panel: Rect) {
        let rows = (panel.height - 3) / StepTimesPanel.parts.count
        guard panel.width >= 56, rows >= 4 else { return nil }
        self.scene = scene
        self.panel = panel
        self.rows = min(rows, 24)
    }

    func draw(on canvas: inout Canvas) {
        let times = scene.recentTimes
        let figureEnd = panel.x + 26
        let chart = Rect(x: figureEnd + 2, y: panel.y + 2, width: panel.endX - 1 - figureEnd - 2, height: rows - 1)
        let count = SmallChart.columns(width: chart.width, glyphs: glyphs)
        let end = max(1, Double(run.status.position.step))
        let plot = SmallChart.plotX(in: chart)
        // One unit for all charts, so that they compare.
        let unit = FigureField.time(times.steps > 0 ? max(1e-3, times.total / Double(times.steps)) : 1e-3)
        canvas.write(
            "\(unit.unit) a step, steps 0 to \(Figure.count(Int(end)))", x: plot, y: panel.y + 1, .dimText,
            limit: chart.endX - plot)
        for (row, part) in StepTimesPanel.parts.enumerated() {
            let y = panel.y + 2 + row * rows
            let seconds = max(0, times[keyPath: part.value])
            let share = times.total > 0 ? seconds / times.total : .nan
            canvas.write(part.name, x: panel.x + 1, y: y, .text)
            let time = FigureField.time(times.steps > 0 ? seconds / Double(times.steps) : nil)
            canvas.write([Span(time.figure), .dim(" " + time.unit.leftAligned(in: 2))], endX: figureEnd, y: y)
            Gauge(fraction: share, done: palette[.train], rest: palette[.frame])
                .draw(into: &canvas.buffer, x: panel.x + 1, y: y + 1, width: figureEnd - 7 - panel.x, glyphs: glyphs)
            canvas.write(percent(share, width: 5), endX: figureEnd, y: y + 1, share >= 0.01 ? .text : .dimText)
            let values = history(of: part.value, times: unit.factor, through: end, count: count)
            let scale = AxisScale.robust(values.compactMap { $0 }, kind: .linear, includingZero: true)
            SmallChart(y: scale, isFilled: true).draw(
                values, in: Rect(x: chart.x, y: y, width: chart.width, height: rows - 1), on: &canvas)
        }
        let y = panel.y + 2 + StepTimesPanel.parts.count * rows
        if y < panel.endY { canvas.write(StepTimesPanel.words(times), x: panel.x + 1, y: y, limit: panel.width - 2) }
    }

    /// The time of one part of a step in each of `count` columns over the steps; one stands until the next.
    private func history(
        of part: KeyPath<StepTimes, Double>, times factor: Double, through end: Double, count: Int
    ) -> [Double?] {
        guard count > 0 else { return [] }
        var columns = [Double?](repeating: nil, count: count)
        for sample in run.samples where sample.times.steps > 0 {
            let place = Double(sample.position.step) / end * Double(count)
            guard place.isFinite, place >= 0 else { continue }
            let value = max(0, sample.times[keyPath: part]) / Double(sample.times.steps) * factor
            columns[min(count - 1, Int(place))] = value.isFinite ? value : nil
        }
        guard let last = columns.lastIndex(where: { $0 != nil }) else { return columns }
        for column in 1..<max(2, last + 1) where column < count {
            columns[column] = columns[column] ?? columns[column - 1]
        }
        return columns
    }
}
