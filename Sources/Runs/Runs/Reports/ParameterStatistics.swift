/// How the weights of a layer and their gradients are spread in one step.
package struct ParameterStatistics: Sendable, BitwiseCopyable {
    /// The weights after the update, over their own range.
    package var weights: Histogram
    /// Their gradients before the update, over their own range.
    package var gradients: Histogram
    /// Whether the histograms count a fixed sample instead of every value.
    package var sampled: Bool

    /// How weights and gradients of one layer are spread.
    package init(weights: Histogram, gradients: Histogram, sampled: Bool) {
        self.weights = weights
        self.gradients = gradients
        self.sampled = sampled
    }

    /// Nothing measured yet.
    package static let empty = ParameterStatistics(
        weights: Histogram(low: 0, high: 0), gradients: Histogram(low: 0, high: 0), sampled: false)
}
