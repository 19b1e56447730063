import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// The sheet of a race: the copies' losses in one chart, a row a copy, and which one the run goes on as.
struct RaceView: SceneView {
    let scene: Scene
    let sheet: RaceSheet

    private static let roles: [ColorRole] = [.train, .validation, .you, .rate, .best, .good, .warn, .bad]

    func draw(on canvas: inout Canvas) {
        guard let result = sheet.result(of: live) else { return drawQuestion(on: &canvas) }
        let width = min(76, size.width - 6)
        let rows = result.scales.count
        let height = max(4, min(14, size.height - 3 - rows - 6))
        let rect = canvas.box(
            "race from step \(Figure.count(result.position.step))", width: width, rows: height + rows + 3)
        let plot = Rect(x: rect.x + 7, y: rect.y, width: max(1, rect.width - 7), height: height)
        drawChart(result, in: plot, on: &canvas)
        let selected = sheet.selected(of: live)
        var lines: [[Span]] = result.scales.indices.map { row($0, result, isSelected: $0 == selected) }
        lines.append([])
        lines.append(foot(result))
        canvas.write(lines, in: Rect(x: rect.x, y: plot.endY + 1, width: rect.width, height: lines.count))
    }

    private func drawQuestion(on canvas: inout Canvas) {
        let rect = canvas.box("race", width: min(62, size.width - 6), rows: 6)
        let rate = live.status.learningRate
        let rates = Race().scales.map { Figure.plain(rate * $0) }.joined(separator: ", ")
        var does: [Span] = [.dim("rates \(rates)")]
        if let error = sheet.error { does = [Span("▲ " + error, .warn)] }
        if sheet.isStarted { does = [.dim("starting…")] }
        canvas.write(
            [
                [.dim("copies of the run train from here at five rates, side by side;")],
                [.dim("the run itself stands still meanwhile")],
                [], [], does,
                [Span("Enter", .key), .dim(" begin   "), Span("Esc", .key), .dim(" drop")],
            ], in: rect)
        canvas.drawField(sheet.field, prompt: "steps = ", x: rect.x, y: rect.y + 3, limit: rect.width)
    }

    private func foot(_ result: RaceResult) -> [Span] {
        guard result.isOver else {
            return [
                .dim("\(percent(result.share, width: 4)) done   "), Span("Esc", .key),
                .dim(
                    sheet.isWatched ? " closes this, and the race goes on" : " ends it, and the run goes on as before"),
            ]
        }
        return [
            Span("Enter", .key), .dim(" go on as this one   "), Span("↑ ↓", .key), .dim(" choose   "),
            Span("Esc", .key),
            .dim(sheet.isWatched ? " back" : " as before"),
        ]
    }

    private func row(_ lane: Int, _ result: RaceResult, isSelected: Bool) -> [Span] {
        let role = Self.roles[lane % Self.roles.count]
        let sample = (isSelected ? LineDash.solid : dash(lane, result)).sample(glyphs: glyphs)
        let head: [Span] = [
            Span(isSelected ? "▸ " : "  ", .key), Span(sample + " ", role),
            Span(Figure.factor(result.scales[lane]).leftAligned(in: 8), isSelected ? .brightText : .text),
        ]
        guard lane < result.lanes.count else { return head + [.dim("waits")] }
        let copy = result.lanes[lane]
        let loss: Span =
            copy.hasDiverged
            ? Span("▲ diverged at step \(Figure.count(result.position.step + copy.losses.count - 1))", .bad)
            : copy.loss.map { Span("loss \(Figure.plain($0))") } ?? .dim("begins")
        let best: [Span] = result.isOver && result.best == lane ? [Span("  ◆ lowest", .best)] : []
        return head + [.dim("rate "), Span(Figure.plain(copy.rate).leftAligned(in: 10), .rate), loss] + best
    }

    /// Without colours the copies differ by their dashes.
    private func dash(_ lane: Int, _ result: RaceResult) -> LineDash {
        palette.depth == .mono ? [.dashed, .dotted][lane % 2] : result.isOver ? .dotted : .solid
    }

    private func drawChart(_ result: RaceResult, in plot: Rect, on canvas: inout Canvas) {
        let selected = sheet.selected(of: live)
        var values: [Double] = []
        var layers: [ChartLayer] = []
        for lane in result.lanes.indices {
            let smoothed = Self.smoothed(result.lanes[lane].losses)
            // Who has run far away is an arrow at the edge: the others are to be told apart.
            let most = 4 * (result.lanes.first?.losses.first ?? .infinity)
            values += smoothed.filter { $0 > 0 && $0 <= most }
            let points = smoothed.enumerated().map { ChartPoint(x: Double($0), y: $1) }
            let line = ChartLayer.line(
                points: points, dash: lane == selected ? .solid : dash(lane, result),
                style: palette.line(Self.roles[lane % Self.roles.count]))
            if lane == selected { layers.insert(line, at: 0) } else { layers.append(line) }
        }
        let kind: AxisScale.Kind = values.isEmpty ? .linear : .logarithmic
        let range = RobustRange.of(values, kind: kind).map { $0.lowerBound / 1.1...$0.upperBound * 1.1 }
        let y = AxisScale.fitting(range, kind: kind, includingZero: false)
        let x = AxisScale(kind: .linear, low: 0, high: Double(max(1, result.steps - 1)))
        let chart = LineChart(
            x: x, y: y, layers: layers, yTicks: Ticks.vertical(y, rows: plot.height, screen: size),
            graticule: palette[.frame], label: palette[.dimText])
        chart.draw(
            into: &canvas.buffer, plot: plot, labels: Rect(x: plot.x - 7, y: plot.y, width: 6, height: plot.height),
            glyphs: glyphs)
    }

    /// Each loss with those of the tenth of the race before it: single batches hide who leads.
    private static func smoothed(_ losses: [Double]) -> [Double] {
        let span = max(1, losses.count / 10)
        var sum = 0.0
        return losses.indices.map { place in
            sum += losses[place]
            if place >= span { sum -= losses[place - span] }
            return sum / Double(min(place + 1, span))
        }
    }
}
