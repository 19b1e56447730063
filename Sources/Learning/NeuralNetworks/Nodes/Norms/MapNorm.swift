import Tensors

/// Batch norm of pictures and sequences, map by map.
///
/// Whoever has a picture in the cache can take its part: the convolution before it calls `collect`, and through `FusedNorm`
/// the nodes around it write outputs and gradients. Sums are kept per map and added up in the order of the examples, so
/// that the bits do not depend on who asked.
final class MapNorm {
    let state: BatchNormState
    /// The values that it reads and writes.
    let input: Int
    let output: Int
    /// Two sums a map of a batch: forward of its values and squared distances, backward of its gradients and their
    /// products with the distances.
    let sums: UnsafeMutableBufferPointer<SIMD2<Double>>
    /// The mean of each feature's gradient.
    let meanGradients: FloatBuffer

    init(_ state: BatchNormState, input: Int, output: Int, maximumBatch: Int) {
        self.state = state
        self.input = input
        self.output = output
        sums = .allocate(capacity: maximumBatch * state.features)
        sums.initialize(repeating: .zero)
        meanGradients = FloatBuffer(count: state.features)
    }

    deinit { sums.deallocate() }

    /// Takes the sums of some maps: of the values and of their squared distances to the map's mean.
    func collect(_ pass: Pass, _ maps: Range<Int>) {
        let (input, places) = (pass.value(input), state.places)
        for map in maps {
            sums[map] = MapSums.moments(input + map * places, count: places)
        }
    }

    /// Finds each feature's constants, and moves the running statistics.
    ///
    /// - Parameter collects: Whether it calls `collect` for all maps first.
    func takeStatistics(_ pass: Pass, collects: Bool) {
        let isTraining = pass.context.mode == .training
        if isTraining, collects { eachPiece(pass) { collect(pass, $0) } }
        let tensors = state.tensors
        let runningMean = pass.buffers + tensors.runningMean.offset
        let runningVariance = pass.buffers + tensors.runningVariance.offset
        let (scale, shift) = (pass.parameter(tensors.scale), pass.parameter(tensors.shift))
        let (factors, constants) = (state.factors.pointer, state.constants)
        let (momentum, eps, places) = (state.momentum, state.eps, state.places)
        eachFeature(pass) { feature in
            if isTraining {
                let (mean, squares) = moments(feature, batch: pass.batch)
                let count = Double(pass.batch * places)
                constants[.mean][feature] = Float(mean)
                factors[feature] = Float(1 / (squares / count + eps).squareRoot())
                runningMean[feature] += momentum * (Float(mean) - runningMean[feature])
                runningVariance[feature] += momentum * (Float(squares / (count - 1)) - runningVariance[feature])
            } else {
                constants[.mean][feature] = runningMean[feature]
                factors[feature] = Float(1 / (Double(runningVariance[feature]) + eps).squareRoot())
            }
            constants[.gain][feature] = scale[feature] * factors[feature]
            constants[.first][feature] = shift[feature]
        }
    }

    /// The mean of a feature and the sum of squared distances to it (Chan, Golub and LeVeque, 1979).
    private func moments(_ feature: Int, batch: Int) -> (mean: Double, squares: Double) {
        let (features, places) = (state.features, state.places)
        var total = 0.0
        for example in 0..<batch { total += sums[example * features + feature].x }
        let mean = total / Double(batch * places)
        var squares = 0.0
        for example in 0..<batch {
            let map = sums[example * features + feature]
            let distance = map.x / Double(places) - mean
            squares += map.y + distance * distance * Double(places)
        }
        return (mean, squares)
    }

    /// Adds the sums of the gradients up, once they are taken: those of scale and shift, and the means that the input's
    /// gradient needs.
    func writeParameterGradients(_ pass: Pass) {
        let isTraining = pass.context.mode == .training
        let features = state.features
        let count = Double(pass.batch * state.places)
        let scaleGradient = pass.parameterGradient(state.tensors.scale)
        let shiftGradient = pass.parameterGradient(state.tensors.shift)
        let (factors, constants) = (state.factors.pointer, state.constants)
        eachFeature(pass) { feature in
            var total = SIMD2<Double>.zero
            for example in 0..<pass.batch { total += sums[example * features + feature] }
            let factor = Double(factors[feature])
            shiftGradient[feature] = Float(total.x)
            scaleGradient[feature] = Float(total.y * factor)
            constants[.second][feature] = isTraining ? Float(total.y * factor * factor / count) : 0
            meanGradients.pointer[feature] = isTraining ? Float(total.x / count) : 0
        }
    }

    /// The maps of some pictures.
    func maps(of pictures: Range<Int>) -> Range<Int> {
        pictures.lowerBound * state.features..<pictures.upperBound * state.features
    }

    /// Hands out all maps in pieces of whole pictures.
    func eachPiece(_ pass: Pass, _ body: (Range<Int>) -> Void) {
        let pieces = KernelPieces(
            pass.batch, costs: state.features * state.places, most: KernelPieces.mostWithoutSums)
        pass.pool.sweep(pieces: pieces.count) { piece, _ in body(maps(of: pieces.range(piece))) }
    }

    private func eachFeature(_ pass: Pass, _ body: (Int) -> Void) {
        let pieces = KernelPieces(state.features, costs: 8 * pass.batch)
        pass.pool.run(pieces: pieces.count) { piece in
            for feature in pieces.range(piece) { body(feature) }
        }
    }
}
