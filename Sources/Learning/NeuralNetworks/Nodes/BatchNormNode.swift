import Tensors

/// y = scale (x - mean) / sqrt(variance + eps) + shift per feature, or per map of pictures and sequences (Ioffe and
/// Szegedy, 2015).
///
/// In training mean and (biased) variance are the batch's, and the running ones move by `momentum` towards them (the
/// variance unbiased, as in PyTorch; from a single value it does not move). In evaluation the running ones are used.
final class BatchNormNode: Node {
    let place: NodePlace
    // The gradient of the input takes the place of the output's; the output cannot take the input's, which is read again.
    let traits: NodeTraits = [.readsInput, .elementwise]
    let role = NodeRole.normalization
    let parameterSegments: [Int]
    /// Training batches seen.
    let batches: BatchCounter
    let features: Int
    let places: Int
    let momentum: Float
    let eps: Double
    let scale: Parameter
    let shift: Parameter
    let runningMean: ParameterLayout.Segment
    let runningVariance: ParameterLayout.Segment
    /// 1 / sqrt(variance + eps) of the last forward pass.
    let factors: FloatBuffer
    let constants: FeatureConstants
    /// The mean of each feature's gradient, of maps.
    let meanGradients: FloatBuffer
    /// What is computed in the same pass as the output.
    var tail = Tail.none
    /// Whether the convolution before it calls `collect` and `inputGradient` for every picture.
    var isFed = false
    /// Whether the node after it asks for `deferredOutput` before it reads a map.
    var isDeferred = false
    /// Whether only that node reads the output: it is computed again on the way back rather than kept.
    var isTransient = false
    /// Whether that node calls `reduceAhead` when it has completed the gradient of a map.
    var isReducedAhead = false
    /// Two sums a map of a batch.
    let sums: UnsafeMutableBufferPointer<SIMD2<Double>>

    /// What follows, computed while a number is in a register.
    enum Tail: Equatable {
        case none
        /// Rectified; the value is the activation's output.
        case relu(output: Int)
        /// The other term of a residual sum is added, and the sum rectified.
        case sumAndRelu(shortcut: Int, sum: Int, output: Int)
    }

    /// The value that it computes, with the tail.
    var result: Int {
        switch tail {
        case .none: output
        case .relu(let output), .sumAndRelu(_, _, let output): output
        }
    }

    /// What it learns, and in the network's buffers what it counts.
    struct Tensors {
        let scale: Parameter
        let shift: Parameter
        let runningMean: ParameterLayout.Segment
        let runningVariance: ParameterLayout.Segment
    }

    init(
        _ place: NodePlace, momentum: Double, eps: Double, tensors: Tensors, maximumBatch: Int
    ) {
        self.place = place
        let shape = place.outputShape
        batches = BatchCounter(name: "\(place.name).num_batches_tracked")
        features = shape[0]
        places = shape.count / max(1, shape[0])
        self.momentum = Float(momentum)
        self.eps = eps
        (scale, shift) = (tensors.scale, tensors.shift)
        (runningMean, runningVariance) = (tensors.runningMean, tensors.runningVariance)
        parameterSegments = [scale.index, shift.index]
        factors = FloatBuffer(count: features)
        constants = FeatureConstants(features: features)
        meanGradients = FloatBuffer(count: features)
        sums = .allocate(capacity: places == 1 ? 0 : maximumBatch * features)
        sums.initialize(repeating: .zero)
    }

    deinit { sums.deallocate() }

    var multiplyAdds: Int { outputShape.count }
    var workspaceBytes: Int { 4 * (factors.count + constants.buffer.count) + 16 * sums.count }
    var isOfMaps: Bool { places > 1 }

    func forward(_ pass: Pass) {
        if pass.context.mode == .training { batches.count += 1 }
        if isOfMaps { forwardMaps(pass) } else { forwardFeatures(pass) }
    }

    func backward(_ pass: Pass) {
        if isOfMaps { backwardMaps(pass) } else { backwardFeatures(pass) }
    }
}
