import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// Below 40 columns or 10 rows: the figures of the screen one is on, no frame.
    mutating func drawSmallScreen() {
        if let sheet = state.overlay.scheduleSheet { return drawSmallEditor(sheet) }
        switch state.view.screen {
        case .overview: drawFiguresOnly()
        case .layers:
            if let layer = openedLayer { return drawSmall(closeUpLines(layer)) { _, _ in } }
            drawSmall([]) { $0.drawSmallLayers(in: $1) }
        case .learningRate: drawSmall(smallRateLines) { $0.drawSmallSchedule(in: $1) }
        case .updates: drawSmall(smallUpdateLines) { $0.drawSmallUpdates(in: $1) }
        case .system: drawSmall(smallSystemLines) { _, _ in }
        case .log: drawSmall([]) { $0.drawStory(in: $1) }
        }
    }

    /// The header, lines of figures, and a picture in what is left; words about trouble take the lowest row.
    private mutating func drawSmall(_ lines: [[Span]], _ picture: (inout Pen, Rect) -> Void) {
        drawFiguresHeader()
        let word = state.overlay.shown == nil ? lastLine : nil
        let rows = size.height - 1 - (word == nil ? 0 : 1)
        let shown = lines.prefix(max(0, rows))
        for (row, line) in shown.enumerated() { write(line, x: 0, y: 1 + row, limit: size.width) }
        let rest = Rect(x: 0, y: 1 + shown.count, width: size.width, height: rows - shown.count)
        if !rest.isEmpty { picture(&self, rest) }
        if let word { write(word, x: 0, y: size.height - 1, limit: size.width) }
    }

    private mutating func drawSmallEditor(_ sheet: ScheduleSheet) {
        drawFiguresHeader()
        drawScheduleEditor(sheet, in: Rect(x: 0, y: 1, width: size.width, height: size.height - 1))
    }

    // MARK: Layers

    /// A row a layer around the selected one: its std, and its share of units that never fire where they are many.
    private mutating func drawSmallLayers(in rect: Rect) {
        let latest = run.latestLayers?.layers ?? []
        let list = LayerRows(window: state, rows: rect.height)
        for (row, index) in list.indices.enumerated() {
            let layer = run.description.layers[index]
            let statistics = latest.indices.contains(index) ? latest[index] : .empty
            let y = rect.y + row
            let isSelected = index == state.view.layers.selected
            write(isSelected ? "▸" : " ", x: 0, y: y, .key)
            let x = write(clip(layer.name, to: 4) + " ", x: 1, y: y, .dimText)
            let hasNever = rect.width >= 26 || statistics.hasDeadUnits
            let end = hasNever ? rect.width - 6 : rect.width
            write(layer.shortKind(max(1, end - x - 7)), x: x, y: y, isSelected ? .brightText : .text)
            drawFigure(statistics.std, endX: end, y: y)
            if hasNever { drawShare(statistics.neverFired, isOdd: statistics.hasDeadUnits, endX: rect.width, y: y) }
        }
        if list.quiet > 0 { write("+\(list.quiet) quiet", x: 0, y: rect.y + list.indices.count, .dimText) }
    }

    private func closeUpLines(_ index: Int) -> [[Span]] {
        let layer = run.description.layers[index]
        let statistics =
            run.latestLayers.flatMap { $0.layers.indices.contains(index) ? $0.layers[index] : nil } ?? .empty
        func line(_ name: String, _ value: Double) -> [Span] {
            [.dim(filled(name, to: 9)), Span(Figures.figure(value.isNaN ? nil : value))]
        }
        return [
            [Span("\(layer.name) \(layer.kind)", .brightText)], line("std", statistics.std),
            line("never", statistics.neverFired), line("signal", statistics.signalNorm),
            line("update", statistics.updateRatio), line("gradient", statistics.gradientNorm),
            line("mean", statistics.mean), line("zeros", statistics.zeros),
        ]
    }

    // MARK: Learning rate

    private var smallRateLines: [[Span]] {
        var lines = [rateLine]
        if let change = run.rateChanges.last {
            let who = EventWords.who(change.author)
            let words = [
                Span(who + " ", role(ofAuthor: who)),
                Span("\(Figure.plain(change.old)) → \(Figure.plain(change.new))"),
            ]
            let long = [Span.dim(Figure.count(change.position.step) + " ")] + words
            lines.append(width(of: long) <= size.width ? long : words)
        }
        return lines
    }

    /// What was used and what is planned, over the whole plan.
    private mutating func drawSmallSchedule(in rect: Rect) {
        let last = Double(max(1, run.description.totalSteps))
        let count = LineChart.dotColumns(width: rect.width, glyphs: glyphs)
        let now = run.status.position.step
        let schedule = run.description.schedule
        let control = run.status.control
        let used = run.columns(.learningRate, over: 0...last, count: count)
        var past: [ChartPoint] = []
        var future: [ChartPoint] = []
        for column in 0..<count {
            let x = last * Double(column) / Double(max(1, count - 1))
            if let rate = used[column]?.last { past.append(ChartPoint(x: x, y: rate)) }
            if x >= Double(now) { future.append(ChartPoint(x: x, y: control.rate(at: Int(x), schedule: schedule))) }
        }
        let highest = (past + future).map(\.y).max() ?? 0
        let chart = LineChart(
            x: AxisScale(kind: .linear, low: 0, high: last),
            y: .fitting(highest > 0 ? 0...highest : nil, kind: .linear, includingZero: true),
            layers: [
                .line(points: past, dash: .solid, style: palette[.rate]),
                .line(points: future, dash: .dashed, style: palette[.planned]),
            ])
        chart.draw(into: &buffer, plot: rect, labels: nil, glyphs: glyphs)
    }

    // MARK: Updates

    private var smallUpdateLines: [[Span]] {
        [[.dim("gradient "), Span(Figures.figure(average(.gradientNorm)), .train)]]
    }

    /// A row a layer: the worst first where not all have room.
    private mutating func drawSmallUpdates(in rect: Rect) {
        let latest = run.latestLayers?.layers ?? []
        let list = LayerRows(state: state, rows: rect.height)
        for (row, index) in list.indices.enumerated() {
            let layer = run.description.layers[index]
            let statistics = latest.indices.contains(index) ? latest[index] : .empty
            let y = rect.y + row
            let x = write(clip(layer.name, to: 4) + " ", x: 0, y: y, .dimText)
            write(layer.shortKind(max(1, rect.width - x - 8)), x: x, y: y)
            drawFigure(statistics.updateRatio, endX: rect.width, y: y, isOdd: statistics.hasOddUpdate)
        }
        if list.quiet > 0 { write("+\(list.quiet) quiet", x: 0, y: rect.y + list.indices.count, .dimText) }
    }

    // MARK: System

    private var smallSystemLines: [[Span]] {
        let times = recentTimes
        let memory = Double(run.samples.last?.memory.resident ?? 0) / 1e6
        let speed = run.status.samplesPerSecond
        func share(_ seconds: Double) -> String {
            percent(times.total > 0 ? max(0, seconds) / times.total : .nan, width: 4)
        }
        return [
            [
                Span(Figures.speed(speed > 0 ? speed : .nan), .train), .dim("/s "), Span(Figures.figure(memory)),
                .dim(" MB"),
            ],
            [.dim("forward   "), Span(share(times.forward))], [.dim("backward  "), Span(share(times.backward))],
            [.dim("update    "), Span(share(times.update))], [.dim("data      "), Span(share(times.data))],
            [.dim("measuring "), Span(share(times.statistics))], [.dim("waiting   "), Span(share(times.waiting))],
            [.dim("dashboard "), Span(state.cost.cpuShare.isFinite ? Figure.share(state.cost.cpuShare) : "–")],
        ]
    }
}
