import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// Rows of one part of a step where each has its chart, 0 where the panel is too small for that.
    func stepTimeRows(in panel: Rect) -> Int {
        guard panel.width >= 56 else { return 0 }
        let rows = (panel.height - 3) / Self.parts.count
        return rows >= 4 ? min(rows, 24) : 0
    }

    /// Each part of a step with its time and share, and how its time went over the run, each on an axis of its own.
    mutating func drawStepTimeCharts(_ panel: Rect, rows: Int) {
        let times = recentTimes
        let figureEnd = panel.x + 26
        let chart = Rect(x: figureEnd + 2, y: panel.y + 2, width: panel.endX - 1 - figureEnd - 2, height: rows - 1)
        let count = smallChartColumns(width: chart.width)
        let end = max(1, Double(run.status.position.step))
        let plot = smallChartPlot(in: chart)
        write(
            "ms a step, steps 0 to \(Figure.count(Int(end)))", x: plot, y: panel.y + 1, .dimText,
            limit: chart.endX - plot)
        for (row, part) in Self.parts.enumerated() {
            let y = panel.y + 2 + row * rows
            let seconds = max(0, times[keyPath: part.value])
            let share = times.total > 0 ? seconds / times.total : .nan
            write(part.name, x: panel.x + 1, y: y, .text)
            let milliseconds = times.steps > 0 ? seconds / Double(times.steps) * 1000 : nil
            write([Span(Figures.figure(milliseconds)), .dim(" ms")], endX: figureEnd, y: y)
            Gauge(fraction: share, done: palette[.train], rest: palette[.frame])
                .draw(into: &buffer, x: panel.x + 1, y: y + 1, width: figureEnd - 7 - panel.x, glyphs: glyphs)
            write(percent(share, width: 5), endX: figureEnd, y: y + 1, share >= 0.01 ? .text : .dimText)
            let values = stepTimeHistory(part.value, through: end, count: count)
            let highest = values.lazy.compactMap { $0 }.max() ?? 0
            let scale = AxisScale.fitting(highest > 0 ? 0...highest : nil, kind: .linear, includingZero: true)
            drawSmallChart(
                values, in: Rect(x: chart.x, y: y, width: chart.width, height: rows - 1), y: scale, role: .train,
                isFilled: true)
        }
        let y = panel.y + 2 + Self.parts.count * rows
        if y < panel.endY { write(stepWords(times), x: panel.x + 1, y: y, limit: panel.width - 2) }
    }

    /// Milliseconds a step of one part in each of `count` columns over the steps; one stands until the next.
    private func stepTimeHistory(
        _ part: KeyPath<StepTimes, Double>, through end: Double, count: Int
    ) -> [Double?] {
        guard count > 0 else { return [] }
        var columns = [Double?](repeating: nil, count: count)
        for sample in run.samples where sample.times.steps > 0 {
            let place = Double(sample.position.step) / end * Double(count)
            guard place.isFinite, place >= 0 else { continue }
            let value = max(0, sample.times[keyPath: part]) / Double(sample.times.steps) * 1000
            columns[min(count - 1, Int(place))] = value.isFinite ? value : nil
        }
        guard let last = columns.lastIndex(where: { $0 != nil }) else { return columns }
        for column in 1..<max(2, last + 1) where column < count {
            columns[column] = columns[column] ?? columns[column - 1]
        }
        return columns
    }
}
