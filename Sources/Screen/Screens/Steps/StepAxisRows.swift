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
        drawSecondAxis(on: &canvas)
        drawEpochMarks(on: &canvas)
    }

    /// The numbers of the row above the bottom border: epochs where the axis says steps, steps where it says something else.
    private func drawSecondAxis(on canvas: inout Canvas) {
        guard let row = layout.epochRow else { return }
        let unit = state.view.charts.xAxis == .steps ? StepAxis.stepsPerEpoch(state) : 1
        let ticks = axis.ticks(ofUnit: unit, most: StepAxis.mostTicks(plot.width)).filter { $0.value > 0 }
        canvas.write(state.view.charts.xAxis == .steps ? "epoch" : "step", x: 2, y: row, .dimText)
        TickRow(ticks: ticks, scale: axis.scale, width: plot.width, glyphs: glyphs, style: palette[.dimText])
            .draw(into: &canvas.buffer, y: row, plotX: plot.x, within: 8..<max(8, plot.endX))
    }

    /// A short stroke at the bottom of the lowest chart where an epoch begins, while these are 6 columns apart or more.
    private func drawEpochMarks(on canvas: inout Canvas) {
        guard layout.epochRow == nil, state.view.charts.xAxis != .epochs, axis.scale.kind == .linear,
            let plot = layout.stepPanels.compactMap({ layout.plotRects[$0] }).max(by: { $0.endY < $1.endY })
        else { return }
        let length = Double(run.description.stepsPerEpoch)
        let span = axis.range.upperBound - axis.range.lowerBound
        guard length > 0, span > 0, Double(plot.width) * length / span >= 6 else { return }
        var step = max(length, (axis.range.lowerBound / length).rounded(.up) * length)
        while step <= axis.range.upperBound {
            if let x = axis.column(of: step, in: plot, glyphs: glyphs) {
                let glyph = canvas.buffer[x, plot.endY - 1].glyph
                if glyph == " " || glyph == "·" { canvas.put(isASCII ? "'" : "╵", x: x, y: plot.endY - 1, .dimText) }
            }
            step += length
        }
    }
}
