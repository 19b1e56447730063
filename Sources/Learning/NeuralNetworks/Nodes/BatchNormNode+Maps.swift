import Tensors

/// Batch norm of pictures and sequences, map by map.
///
/// Whoever has a picture in the cache can ask for its part: the convolution before it for `collect` and `inputGradient`, the
/// node after it for `deferredOutput` and `reduceAhead`. Sums are kept per map and added up in the order of the examples,
/// so that the bits do not depend on who asked.
extension BatchNormNode {
    func forwardMaps(_ pass: Pass) {
        let isTraining = pass.context.mode == .training
        if isTraining, !isFed { eachPiece(pass) { collect(pass, $0) } }
        let runningMean = pass.buffers + runningMean.offset
        let runningVariance = pass.buffers + runningVariance.offset
        let (scale, shift) = (pass.parameter(scale), pass.parameter(shift))
        let (factors, constants) = (factors.pointer, constants)
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
        // Where layers are measured, each node writes its own output.
        let result = pass.values[output]
        if pass.context.measures { return eachPiece(pass) { writeOutput(pass, $0, .none, into: result) } }
        if case .sumAndRelu = tail { return }
        if !isDeferred { eachPiece(pass) { writeOutput(pass, $0, tail, into: result) } }
    }

    /// Computes the whole tail at the turn of its last node, when the other term of the sum is there.
    func forwardTail(_ pass: Pass) {
        guard case .sumAndRelu = tail, !isDeferred else { return }
        let result = pass.values[output]
        eachPiece(pass) { writeOutput(pass, $0, tail, into: result) }
    }

    /// Writes the outputs of some maps of a piece for the node that reads them next, and says where it finds them: as if
    /// the whole batch lay there.
    ///
    /// - Parameter again: Whether they are wanted once more, on the way back.
    func deferredOutput(_ pass: Pass, _ maps: Range<Int>, of piece: Range<Int>, again: Bool) -> UnsafePointer<Float> {
        let result = pass.values[result]
        guard isDeferred, !pass.context.measures, !again || isTransient else { return UnsafePointer(result) }
        // What nobody else reads has the same few places in the cache for all blocks of a piece.
        let place = isTransient ? result + (piece.lowerBound - maps.lowerBound) * places : result
        writeOutput(pass, maps, tail, into: place)
        return UnsafePointer(place)
    }

    /// Takes the sums of some maps: of the values and of their squared distances to the map's mean.
    func collect(_ pass: Pass, _ maps: Range<Int>) {
        let input = pass.value(inputs[0])
        for map in maps {
            sums[map] = MapSums.moments(input + map * places, count: places)
        }
    }

    /// The mean of a feature and the sum of squared distances to it (Chan, Golub and LeVeque, 1979).
    private func moments(_ feature: Int, batch: Int) -> (mean: Double, squares: Double) {
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

    private func writeOutput(
        _ pass: Pass, _ maps: Range<Int>, _ tail: Tail, into result: UnsafeMutablePointer<Float>
    ) {
        let input = pass.value(inputs[0])
        for map in maps {
            let constant = constants.repeated(map % features)
            let range = map * places..<(map + 1) * places
            switch tail {
            case .none:
                Self.eachVector(range) { index, lanes in
                    result.setLanes(Self.normalized(input, index, lanes, constant), at: index, count: lanes)
                }
            case .relu:
                Self.eachVector(range) { index, lanes in
                    let y = Self.normalized(input, index, lanes, constant)
                    result.setLanes(VectorMath.select(y .< 0, 0, y), at: index, count: lanes)
                }
            case .sumAndRelu(let shortcut, _, _):
                let other = pass.value(shortcut)
                Self.eachVector(range) { index, lanes in
                    let y = Self.normalized(input, index, lanes, constant) + other.lanes(at: index, count: lanes)
                    result.setLanes(VectorMath.select(y .< 0, 0, y), at: index, count: lanes)
                }
            }
        }
    }

    @inline(__always)
    static func normalized(
        _ input: UnsafePointer<Float>, _ index: Int, _ lanes: Int, _ constant: FeatureConstants.Lanes
    ) -> FloatVector {
        VectorMath.fma(input.lanes(at: index, count: lanes) - constant.mean, constant.gain, constant.first)
    }

    /// One call for whole vectors and the rest, so that it becomes part of the loop.
    @inline(__always)
    static func eachVector(_ range: Range<Int>, _ body: (Int, Int) -> Void) {
        var index = range.lowerBound
        while index < range.upperBound {
            body(index, min(16, range.upperBound &- index))
            index &+= 16
        }
    }

    /// The maps of some pictures.
    func maps(of pictures: Range<Int>) -> Range<Int> {
        pictures.lowerBound * features..<pictures.upperBound * features
    }

    /// Hands out all maps in pieces of whole pictures.
    func eachPiece(_ pass: Pass, _ body: (Range<Int>) -> Void) {
        let pieces = KernelPieces(pass.batch, costs: features * places, most: KernelPieces.mostWithoutSums)
        pass.pool.sweep(pieces: pieces.count) { piece, _ in body(maps(of: pieces.range(piece))) }
    }

    func eachFeature(_ pass: Pass, _ body: (Int) -> Void) {
        let pieces = KernelPieces(features, costs: 8 * pass.batch)
        pass.pool.run(pieces: pieces.count) { piece in
            for feature in pieces.range(piece) { body(feature) }
        }
    }
}
