import Cells
import Charts
import History

/// The x axis that all charts over steps share, as it is drawn at a moment: what zooming, panning and the cursor go by.
package struct ShownSteps: Sendable {
    /// The range that is shown without a zoom; how far a zoom may reach.
    package let fitting: ClosedRange<Double>
    /// The range that is shown.
    package let range: ClosedRange<Double>
    /// Where steps stand in the plot.
    package let scale: AxisScale
    /// Columns of the plot, at least 1.
    package let columns: Int
    /// First and last step reported, nil before the first.
    package let reported: ClosedRange<Int>?

    /// - Parameter columns: of the plot; 70 where none is drawn.
    package init(_ view: ViewPlace, of run: RunHistory, columns: Int?) {
        fitting = view.fittingRange(of: run)
        range = view.charts.zoom ?? fitting
        scale = run.stepScale(view.charts, fitting: fitting)
        self.columns = max(1, columns ?? 70)
        reported = run.series.stepRange
    }

    /// Steps under one column of the plot, where the axis is linear.
    var perColumn: Double { (range.upperBound - range.lowerBound) / Double(columns) }

    /// The step so many columns beside another one.
    func step(_ columns: Int, columnsFrom step: Double) -> Double {
        guard scale.kind != .linear, let fraction = scale.fraction(step) else {
            return step + Double(columns) * perColumn
        }
        let moved = scale.value(at: fraction + Double(columns) / Double(self.columns))
        // At least to the next step, where a column holds less than one.
        let least = columns < 0 ? step - 1 : step + 1
        return columns < 0 ? min(moved, least) : max(moved, least)
    }

    /// The step under a column of the screen, where `plot` is drawn; nil beside it.
    func step(atColumn x: Int, of plot: Rect?) -> Double? {
        guard let plot, x >= plot.x, x < plot.endX else { return nil }
        let share = (Double(x - plot.x) + 0.5) / Double(plot.width)
        return scale.value(at: min(max(share, 0), 1))
    }
}
