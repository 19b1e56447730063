import Tensors

/// A layer with weights (linear, convolution, recurrent) whose output is measured, with the normalization and the
/// activation that follow it.
package struct WatchedLayer: Hashable, Sendable {
    /// PyTorch's name.
    package let name: String
    /// The config's word.
    package let kind: String
    /// Shape of one example's output.
    package let outputShape: Shape
    /// Name of the activation that follows, possibly after normalization.
    package let activation: String?
    /// Learned numbers of the layer itself.
    package let parameterCount: Int
    /// Its segments in `Network.layout`: weight first, then bias.
    package let parameterSegments: [Int]
    /// Whether a normalization stands between it and its activation.
    package let isNormalized: Bool
    /// The value that goes into the activation, and the one that comes out.
    let preactivationValue: Int
    let outputValue: Int
    /// Whether the activation lets units die.
    package let canDie: Bool
    let unsaturatedRange: ClosedRange<Float>?
}
