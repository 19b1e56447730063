import Cells
import Charts
import Themes

/// The trials of a search as points: two of its ranges against each other, or one against the score.
///
/// How good a trial is shows in its colour and in its glyph: a disc for the best third, a ring for the middle one, a dot for the
/// rest, a diamond for the best, a cross for what ended badly.
struct ScatterPlot {
    let board: SearchBoard
    let plot: SearchBoard.Plot

    private var axes: [SearchBoard.Axis] { board.subject.axes }

    /// Columns of the y labels, with the blank behind them.
    private static let labelColumns = 8

    /// A frame with the plot in it; too small a place stays empty.
    func draw(in rect: Rect, on canvas: inout Canvas) {
        guard rect.width >= 24, rect.height >= 6 else { return }
        var frame = Frame(bounds: rect, style: canvas.palette[.frame])
        frame.headings = [
            Frame.Heading(
                y: rect.y, from: rect.x, through: rect.endX - 1,
                title: canvas.look.shown(title(within: rect.width - 6)),
                titleStyle: canvas.palette[.title])
        ]
        frame.draw(into: &canvas.buffer, glyphs: canvas.glyphs)
        let inside = Rect(
            x: rect.x + Self.labelColumns, y: rect.y + 1, width: rect.width - Self.labelColumns - 2,
            height: rect.height - 2)
        guard let y = yScale else { return }
        let x = axes[xAxis].scale
        drawLabels(y, in: inside, on: &canvas)
        let ticks = TickRow(
            ticks: xTicks(x, width: inside.width).map { Tick(value: $0.value, label: canvas.look.shown($0.label)) },
            scale: x, width: inside.width, glyphs: canvas.glyphs, style: canvas.palette[.dimText])
        ticks.draw(
            into: &canvas.buffer, y: rect.endY - 1, plotX: inside.x, within: rect.x + 2..<rect.endX - 2, padded: true)
        drawPoints(x, y, in: inside, on: &canvas)
    }

    private func title(within width: Int) -> String {
        switch plot {
        case .pair(let x, let y):
            let short = "\(axes[y].name) over \(axes[x].name)"
            let long = "\(short), by \(board.subject.figure)"
            return displayWidth(long) <= width ? long : short
        case .single(let x): return "\(board.subject.figure) over \(axes[x].name)"
        }
    }

    private var xAxis: Int {
        switch plot {
        case .pair(let x, _), .single(let x): x
        }
    }

    /// The scores between which colours spread; nil before there are any.
    private var scores: ClosedRange<Double>? {
        let scores = board.trials.compactMap { $0.isBad ? nil : $0.score }.filter(\.isFinite)
        guard let low = scores.min(), let high = scores.max() else { return nil }
        return low...high
    }

    private var isShare: Bool { board.subject.isHigherBetter }

    private var yScale: AxisScale? {
        if case .pair(_, let y) = plot { return axes[y].scale }
        guard let scores else { return AxisScale(kind: .linear, low: 0, high: isShare ? 100 : 1) }
        let factor = isShare ? 100.0 : 1
        let range = scores.lowerBound * factor...scores.upperBound * factor
        let isWide = !isShare && scores.lowerBound > 0 && scores.upperBound / scores.lowerBound > 20
        return .fitting(range, kind: isWide ? .logarithmic : .linear)
    }

    private func drawLabels(_ scale: AxisScale, in plot: Rect, on canvas: inout Canvas) {
        if case .pair(_, let y) = self.plot, !axes[y].options.isEmpty {
            for (index, option) in axes[y].options.enumerated() {
                guard let row = row(Double(index), scale, plot, canvas) else { continue }
                let text = canvas.look.clip(option, to: Self.labelColumns - 2)
                canvas.write(text, endX: plot.x - 1, y: row, .dimText)
            }
            return
        }
        let isScore = if case .single = self.plot { true } else { false }
        let ticks = Ticks.labelled(
            scale: scale, rows: plot.height, maximumCount: Ticks.maximumCount(rows: plot.height),
            suffix: isScore && isShare ? " %" : "", width: Self.labelColumns - 2 - (isScore ? 0 : 1))
        for tick in ticks {
            guard let row = row(tick.value, scale, plot, canvas) else { continue }
            canvas.write(tick.label, endX: plot.x - 1, y: row, .dimText)
        }
    }

    private func xTicks(_ scale: AxisScale, width: Int) -> [Tick] {
        let options = axes[xAxis].options
        guard options.isEmpty else {
            return options.enumerated().map {
                Tick(value: Double($0), label: clipped($1, to: max(3, width / options.count - 2)))
            }
        }
        return Ticks.values(scale: scale, maximumCount: max(2, width / 10))
    }

    private func row(_ value: Double, _ scale: AxisScale, _ plot: Rect, _ canvas: Canvas) -> Int? {
        guard let fraction = scale.fraction(value),
            let row = LineChart.cellRow(fraction, height: plot.height, glyphs: canvas.glyphs)
        else { return nil }
        return plot.y + row
    }

    private func drawPoints(_ x: AxisScale, _ y: AxisScale, in plot: Rect, on canvas: inout Canvas) {
        let best = board.best?.number
        // What matters most is drawn last: the good over the bad, the chosen one over all.
        let order = board.trials.sorted { weight($0, best) < weight($1, best) }
        for trial in order {
            guard let place = place(of: trial), let fraction = x.fraction(place.x),
                let column = LineChart.cellColumn(fraction, width: plot.width, glyphs: canvas.glyphs),
                let row = row(place.y, y, plot, canvas)
            else { continue }
            let (glyph, style) = look(of: trial, best, canvas)
            canvas.buffer[plot.x + column, row] = Cell(glyph, style)
            if trial.number == board.chosen { canvas.drawCursor(x: plot.x + column, y: row) }
        }
    }

    /// Where a trial lies; nil where it has no such value. What ended badly lies on the worst edge.
    private func place(of trial: SearchBoard.Trial) -> (x: Double, y: Double)? {
        guard let x = trial.values[xAxis] else { return nil }
        switch plot {
        case .pair(_, let axis): return trial.values[axis].map { (x, $0) }
        case .single:
            guard let scale = yScale else { return nil }
            if trial.isBad { return (x, isShare ? scale.low : scale.high) }
            return trial.score.map { (x, isShare ? $0 * 100 : $0) }
        }
    }

    private func weight(_ trial: SearchBoard.Trial, _ best: Int?) -> Double {
        if trial.number == board.chosen { return 4 }
        if trial.number == best { return 3 }
        return trial.isBad ? -1 : share(of: trial) ?? -2
    }

    /// 0 for the worst score and 1 for the best; nil without one.
    private func share(of trial: SearchBoard.Trial) -> Double? {
        guard let score = trial.score, let scores else { return nil }
        let width = scores.upperBound - scores.lowerBound
        guard width > 0 else { return 1 }
        let share = (score - scores.lowerBound) / width
        return isShare ? share : 1 - share
    }

    private func look(of trial: SearchBoard.Trial, _ best: Int?, _ canvas: Canvas) -> (Unicode.Scalar, Style) {
        if trial.isBad { return ("×", canvas.palette[.bad]) }
        if trial.number == best { return ("◆", canvas.palette[.best]) }
        guard let share = share(of: trial) else { return ("·", canvas.palette[.dimText]) }
        return (share > 2.0 / 3 ? "●" : share > 1.0 / 3 ? "○" : "·", canvas.palette.heat(0.25 + 0.75 * share))
    }
}
