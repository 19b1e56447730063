/// The numbers of one step, for a read-out.
package struct StepValues: Hashable, Sendable {
    package var step: Int
    package var loss: Double
    /// NaN where the loss has no classes.
    package var accuracy: Double
    package var learningRate: Double
    package var gradientNorm: Double
    /// The step is so long ago that these are means of 256 steps.
    package var isBucket: Bool

    package func value(of metric: Metric) -> Double {
        switch metric {
        case .loss: loss
        case .accuracy: accuracy
        case .learningRate: learningRate
        case .gradientNorm: gradientNorm
        }
    }
}
