import Cells
import Charts
import Dashboard
import Runs
import Themes

/// What stands along the x axis that all charts over steps share: its numbers, those of a second unit, and the beginnings of
/// epochs.
struct StepAxisRows: SceneView {
    let scene: Scene
    let axis: StepAxis
    /// The plot whose columns the charts share.
    let plot: Rect

    /// Nil where no chart over steps is shown.
    init?(scene: Scene) {
        guard let axis = scene.axis, let plot = scene.layout.stepPlot else { return nil }
        self.scene = scene
        self.axis = axis
        self.plot = plot
    }

    /// The numbers in the bottom border.
    var ticks: Frame.Axis {
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

    /// Draws what stands above the border, over the charts.
    func draw(on canvas: inout Canvas) {
        // Epochs without a row for their numbers are not marked: a stroke without a number says nothing.
        drawSecondAxis(on: &canvas)
    }

    /// The numbers of the row above the bottom border: epochs where the axis says steps, steps where it says something else.
    private func drawSecondAxis(on canvas: inout Canvas) {
        guard let row = layout.epochRow else { return }
        let lengths = state.view.charts.xAxis == .steps ? state.run.history.description.lengths : nil
        let ticks = axis.ticks(inEpochs: lengths, most: StepAxis.mostTicks(plot.width)).filter { $0.value > 0 }
        canvas.write(state.view.charts.xAxis == .steps ? "epoch" : "step", x: 2, y: row, .dimText)
        TickRow(ticks: ticks, scale: axis.scale, width: plot.width, glyphs: glyphs, style: palette[.dimText])
            .draw(into: &canvas.buffer, y: row, plotX: plot.x, within: 8..<max(8, plot.endX))
    }
}
