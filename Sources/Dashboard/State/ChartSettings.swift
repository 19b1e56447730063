/// How the charts over steps are shown; one x range serves all of them.
package struct ChartSettings: Hashable, Sendable {
    /// Weight of the past in the loss's moving average, 0 (off) to 0.999.
    package var smoothing = 0.9
    package var logarithmicLoss = true
    /// The zoomed step range; nil fits the plan and follows the end.
    package var zoom: ClosedRange<Double>?
    /// The step under the read-out cursor.
    package var cursorStep: Double?
    /// Steps along the x axis in place of epochs.
    package var xAxis = XAxis.steps

    package enum XAxis: Hashable, Sendable { case steps, epochs, time }

    package init() {}
}
