import Cells
import History

/// How the charts over steps are shown; one x range serves all of them.
package struct ChartSettings: Hashable, Sendable {
    /// Weight of the past in the loss's moving average, 0 (off) to 0.999.
    package var smoothing = MovingAverage.usualSmoothing
    package var logarithmicLoss: Bool {
        get { !otherY.contains(.loss) }
        set { if newValue { otherY.remove(.loss) } else { otherY.insert(.loss) } }
    }
    /// Charts whose y axis is not of the kind that suits them by themselves: the loss, norms and trends are logarithmic,
    /// accuracy and rate linear.
    package var otherY: Set<Panel> = []
    /// A logarithmic x axis, over steps and epochs.
    package var logarithmicX = false
    /// The zoomed range moves on with the newest step.
    package var follows = false
    /// What curves are made of where the person chose; nil is what the terminal shows best.
    package var glyphs: GlyphSet?
    /// The zoomed step range; nil fits the plan and follows the end.
    package var zoom: ClosedRange<Double>?
    /// The step under the read-out cursor.
    package var cursorStep: Double?
    /// Steps along the x axis in place of epochs.
    package var xAxis = XAxis.steps

    package enum XAxis: Hashable, Sendable { case steps, epochs, time }

    package init() {}
}
