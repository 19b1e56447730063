import Tensors

/// What batch norm keeps of its features: options, tensors, and the constants of the last forward pass.
struct BatchNormState {
    let features: Int
    /// Numbers of a feature in one example: 1 of a list, the places of a map.
    let places: Int
    let momentum: Float
    let eps: Double
    let tensors: Tensors
    /// 1 / sqrt(variance + eps) of each feature in the last forward pass.
    let factors: FloatBuffer
    /// Mean, gain and shift of each feature in the last forward pass; the last row is the way back's.
    let constants: FeatureConstants

    /// What it learns, and in the network's buffers what it counts.
    struct Tensors {
        let scale: Parameter
        let shift: Parameter
        let runningMean: ParameterLayout.Segment
        let runningVariance: ParameterLayout.Segment
    }

    /// - Parameter shape: That of one example; the first extent counts features.
    init(shape: Shape, momentum: Double, eps: Double, tensors: Tensors) {
        features = shape[0]
        places = shape.count / max(1, shape[0])
        self.momentum = Float(momentum)
        self.eps = eps
        self.tensors = tensors
        factors = FloatBuffer(count: features)
        constants = FeatureConstants(features: features)
    }
}
