/// Sums of squares over one parameter tensor, taken in the pass that updates it.
package struct SegmentNorms: Hashable, Sendable {
    /// Of the weights after the update.
    package var weights: Double
    /// Of what the update changed, decay included; 0 for a frozen tensor.
    package var update: Double
    /// Of the gradient as back-propagation left it: without clipping and decay.
    package var gradient: Double

    /// Sums of squares; none unless given.
    package init(weights: Double = 0, update: Double = 0, gradient: Double = 0) {
        (self.weights, self.update, self.gradient) = (weights, update, gradient)
    }

    /// 2-norm of the gradient, without clipping and decay.
    package var gradientNorm: Double { gradient.squareRoot() }
    /// 2-norm of the update over that of the weights; about 1e-3 is healthy. 0 where both are 0.
    package var updateRatio: Double { update == 0 ? 0 : (update / weights).squareRoot() }
}
