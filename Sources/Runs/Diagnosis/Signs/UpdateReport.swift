/// What one update did to the weights, of all layers together and of the one that it moved most.
package struct UpdateReport: Hashable, Sendable {
    /// The largest norm of a layer's update over that of its weights, and the place of the layer among the watched ones.
    package var largestRatio: Double
    /// The place of that layer among the watched ones.
    package var layer: Int
    /// 2-norm of all weights after the update, and of the update.
    package var weightNorm: Double
    /// 2-norm of the whole update.
    package var updateNorm: Double
    /// The weight decay in force.
    package var weightDecay: Double

    /// What an update did.
    package init(largestRatio: Double, layer: Int, weightNorm: Double, updateNorm: Double, weightDecay: Double) {
        self.largestRatio = largestRatio
        self.layer = layer
        self.weightNorm = weightNorm
        self.updateNorm = updateNorm
        self.weightDecay = weightDecay
    }
}
