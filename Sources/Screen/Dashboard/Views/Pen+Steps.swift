import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// Draws the charts over steps that the layout shows, then the axis they share and the cursor.
    mutating func drawStepCharts() {
        guard let plot = layout.stepPlot else { return }
        let axis = StepAxis(state: state, width: plot.width, glyphs: glyphs)
        drawLoss(axis)
        drawAccuracy(axis)
        drawLearningRate(axis)
        drawSchedule(axis)
        drawGradientNorms(axis)
        drawUpdateRatios(axis)
        drawClippedSteps(axis)
        drawSpeed(axis)
        drawMemory(axis)
        drawSecondAxis(axis, plot: plot)
        drawEpochMarks(axis)
        drawCursor(axis)
    }

    /// Draws a chart over steps with the marks that all of them share.
    mutating func drawChart(
        _ panel: Panel, _ axis: StepAxis, y: AxisScale, layers: [ChartLayer], yTicks: [Tick]
    ) {
        guard let plot = layout.plotRects[panel], plot.height > 0, plot.width > 0 else { return }
        let chart = LineChart(
            x: axis.scale, y: y, layers: layers, xTicks: axis.ticks.map(\.value), yTicks: yTicks,
            graticule: palette[.frame], label: palette[.dimText])
        let labels = Rect(x: 1, y: plot.y, width: ScreenLayout.plotStart - 2, height: plot.height)
        chart.draw(into: &buffer, plot: plot, labels: labels, glyphs: glyphs)
    }

    /// Ticks of a y axis: at most one per two rows, three on screens below 30 rows.
    func yTicks(_ scale: AxisScale, rows: Int, suffix: String = "") -> [Tick] {
        let most = size.height < 30 ? min(3, max(1, rows - 1)) : max(3, (rows + 1) / 2)
        return Ticks.values(
            scale: scale, maximumCount: min(8, most), suffix: suffix, labelWidth: 5 - suffix.count)
    }

    /// The changes of the rate as broken verticals; `labelled` says what the latest of them did.
    func changeMarks(labelled: Bool) -> [ChartLayer] {
        let changes = run.rateChanges.suffix(12)
        return changes.enumerated().reversed().map { index, change in
            .verticalMark(
                x: Double(change.position.step),
                label: labelled && index == changes.count - 1 ? shown(change.label) : nil,
                style: palette[change.author == .person ? .you : .planned])
        }
    }

    /// Broken verticals where somebody wrote a note.
    var noteMarks: [ChartLayer] {
        run.notes.suffix(32).map { .verticalMark(x: Double($0.step), label: nil, style: palette[.dimText]) }
    }

    /// The numbers of the shared x axis in the bottom border.
    var stepTicks: Frame.Axis? {
        guard let plot = layout.stepPlot else { return nil }
        let axis = StepAxis(state: state, width: plot.width, glyphs: glyphs)
        let word =
            switch state.view.charts.xAxis {
            case .steps: "step"
            case .epochs: "epoch"
            case .time: "time"
            }
        return Frame.Axis(
            y: layout.frame.endY - 1, from: 0, through: layout.dividerX ?? layout.frame.endX - 1, plotX: plot.x,
            caption: word, leftInset: layout.width >= .full ? 1 : 0,
            ticks: TickRow(
                ticks: axis.ticks, scale: axis.scale, width: plot.width, glyphs: glyphs, style: palette[.dimText]))
    }

    /// The numbers of the row above the bottom border: epochs where the axis says steps, steps where it says something else.
    private mutating func drawSecondAxis(_ axis: StepAxis, plot: Rect) {
        guard let row = layout.epochRow else { return }
        let unit = state.view.charts.xAxis == .steps ? StepAxis.stepsPerEpoch(state) : 1
        let ticks = axis.ticks(ofUnit: unit, most: StepAxis.mostTicks(plot.width)).filter { $0.value > 0 }
        write(state.view.charts.xAxis == .steps ? "epoch" : "step", x: 2, y: row, .dimText)
        TickRow(ticks: ticks, scale: axis.scale, width: plot.width, glyphs: glyphs, style: palette[.dimText])
            .draw(into: &buffer, y: row, plotX: plot.x, within: 8..<max(8, plot.endX))
    }

    /// The screen's column of a step, nil beside the plot.
    func column(of step: Double, _ axis: StepAxis, _ plot: Rect) -> Int? {
        axis.scale.fraction(step).flatMap { LineChart.cellColumn($0, width: plot.width, glyphs: glyphs) }
            .map { plot.x + $0 }
    }
}

extension Panel {
    /// The charts that share the x axis over steps, from the top.
    static let overSteps = Panel.allCases.filter(\.isOverSteps)
}
