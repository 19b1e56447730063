import Tensors

/// y = scale (x - mean) / sqrt(variance + eps) + shift per feature, or per map of pictures and sequences (Ioffe and
/// Szegedy, 2015).
///
/// In training mean and (biased) variance are the batch's, and the running ones move by `momentum` towards them (the
/// variance unbiased, as in PyTorch; from a single value it does not move). In evaluation the running ones are used.
final class BatchNormNode: UnaryNode {
    let place: NodePlace
    // The gradient of the input takes the place of the output's; the output cannot take the input's, which is read again.
    let traits: NodeTraits = [.readsInput, .elementwise]
    let role = NodeRole.normalization
    let parameterSegments: [Int]
    /// Training batches seen.
    var batches: BatchCounter
    private let state: BatchNormState
    /// Computes pictures and sequences; nil where a feature is one number.
    let maps: MapNorm?

    init(
        _ place: NodePlace, momentum: Double, eps: Double, tensors: BatchNormState.Tensors, maximumBatch: Int
    ) {
        self.place = place
        batches = BatchCounter(name: "\(place.name).num_batches_tracked")
        let state = BatchNormState(shape: place.outputShape, momentum: momentum, eps: eps, tensors: tensors)
        self.state = state
        maps =
            state.places > 1
            ? MapNorm(state, input: place.inputs[0], output: place.output, maximumBatch: maximumBatch) : nil
        parameterSegments = [tensors.scale.index, tensors.shift.index]
    }

    var multiplyAdds: Int { outputShape.count }
    var workspaceBytes: Int {
        4 * (state.factors.count + state.constants.buffer.count) + 16 * (maps?.sums.count ?? 0)
    }

    func forward(_ pass: Pass) {
        guard let maps else {
            countBatch(pass)
            return FeatureNorm(state: state, input: inputs[0], output: output).forward(pass)
        }
        forwardStatistics(pass, collects: true)
        FusedNorm(maps).writeOutput(pass)
    }

    /// The part of `forward` of maps before the output.
    ///
    /// - Parameter collects: Whether it takes the sums of its input, rather than the convolution before it.
    func forwardStatistics(_ pass: Pass, collects: Bool) {
        countBatch(pass)
        maps?.takeStatistics(pass, collects: collects)
    }

    func backward(_ pass: Pass) {
        guard let maps else {
            return FeatureNorm(state: state, input: inputs[0], output: output).backward(pass)
        }
        let fused = FusedNorm(maps)
        fused.takeSums(pass)
        maps.writeParameterGradients(pass)
        fused.writeInputGradient(pass)
    }

    private func countBatch(_ pass: Pass) {
        if pass.context.mode == .training { batches.count += 1 }
    }
}
