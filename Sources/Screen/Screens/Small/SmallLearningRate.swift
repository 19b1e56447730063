import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// The rate, who changed it last, and what was used and is planned.
struct SmallLearningRate: ListedSmallScreen {
    let scene: Scene

    var lines: [[Span]] {
        var lines = [RateLine(scene: scene).spans]
        if let change = run.story.rateChanges.last {
            let who = EventWords.who(change.author)
            let words = [
                Span(who + " ", ColorRole(author: who)),
                Span("\(Figure.plain(change.old)) → \(Figure.plain(change.new))"),
            ]
            let long = [Span.dim(Figure.count(change.position.step) + " ")] + words
            lines.append(width(of: long) <= size.width ? long : words)
        }
        return lines
    }

    /// What was used and what is planned, over the whole plan.
    func drawPicture(in rect: Rect, on canvas: inout Canvas) {
        let last = Double(max(1, run.description.lengths.totalSteps))
        let count = LineChart.dotColumns(width: rect.width, glyphs: glyphs)
        let now = run.status.position.step
        let schedule = run.description.schedule
        let control = run.status.control
        let used = run.series.columns(.learningRate, over: 0...last, count: count)
        var past: [ChartPoint] = []
        var future: [ChartPoint] = []
        for column in 0..<count {
            let x = last * Double(column) / Double(max(1, count - 1))
            if let rate = used[column]?.last { past.append(ChartPoint(x: x, y: rate)) }
            if x >= Double(now) { future.append(ChartPoint(x: x, y: control.rate(at: Int(x), schedule: schedule))) }
        }
        var drafted: [ChartPoint] = []
        if let draft = state.draftedRate {
            drafted = (0..<count).map { last * Double($0) / Double(max(1, count - 1)) }.filter { $0 >= Double(now) }
                .map { ChartPoint(x: $0, y: draft.rate(at: Int($0), schedule: schedule)) }
        }
        let chart = LineChart(
            x: AxisScale(kind: .linear, low: 0, high: last),
            y: .robust(
                (past + future + drafted).map(\.y), kind: .linear, showing: [run.status.learningRate],
                includingZero: true),
            layers: [
                .line(points: drafted, dash: .dashed, style: palette.line(.you)),
                .line(points: past, dash: .solid, style: palette[.rate]),
                .line(points: future, dash: .dashed, style: palette[.planned]),
            ])
        chart.draw(into: &canvas.buffer, plot: rect, labels: nil, glyphs: glyphs)
    }
}
