/// What a watched layer's output looked like in one step. NaN marks what does not apply.
///
/// The output is the one that the layer hands on: after the normalization and the activation that follow it.
package struct LayerMeasurement: BitwiseCopyable, Sendable {
    /// Mean of the outputs over batch and places.
    package var mean: Double = .nan
    /// Square root of the biased variance.
    package var std: Double = .nan
    /// How far the units of one example lie apart: root mean square over a sample of examples and places of the standard deviation
    /// over a sample of the units; NaN with one unit.
    package var unitStd: Double = .nan
    /// The least output that is a number; NaN without any.
    package var minimum: Float = .nan
    /// The largest output that is a number; NaN without any.
    package var maximum: Float = .nan
    /// Share of values that are exactly 0, 0...1.
    package var zeros: Double = .nan
    /// Share of values in the flat ends: |tanh| > 0.97, sigmoid outside 0.015...0.985.
    package var saturated: Double = .nan
    /// Share of units (maps) that were not above 0 for any example of this batch; NaN unless the activation is a
    /// rectifier of some kind.
    package var neverFired: Double = .nan
    /// Whether the histograms count a fixed sample of at least 16,384 values.
    package var sampled = false
    /// How the outputs are spread, or a sample of them.
    package var histogram = MeasuredHistogram()
    /// The activation's input; a copy of `histogram` where no activation follows.
    package var preactivation = MeasuredHistogram()
    /// Root mean square of the gradient of the loss that came back to the output.
    package var signalNorm: Double = .nan

    /// Nothing measured.
    package init() {}
}
