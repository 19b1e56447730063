import Tensors

/// Batch norm of pictures and sequences, map by map.
///
/// Whoever needs a picture in the cache can ask for its part: the convolution before it for `collect` and
/// `writeInputGradient`, the one after it for `writeDeferred`. Sums are kept per map and added up in the order of the examples, so that the bits do not depend
/// on who asked.
extension BatchNormNode {
    func forwardMaps(_ pass: Pass) {
        let isTraining = pass.context.mode == .training
        if isTraining, !isFed { eachPicture(pass) { collect(pass, $0) } }
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
        if pass.context.measures { return eachPicture(pass) { writeOutput(pass, $0, .none) } }
        if case .sumAndRelu = tail { return }
        if !isDeferred { eachPicture(pass) { writeOutput(pass, $0, tail) } }
    }

    /// Computes the whole tail at the turn of its last node, when the other term of the sum is there.
    func forwardTail(_ pass: Pass) {
        guard case .sumAndRelu = tail, !isDeferred else { return }
        eachPicture(pass) { writeOutput(pass, $0, tail) }
    }

    /// Writes the outputs of some pictures, with the tail, for the convolution that reads them next.
    func writeDeferred(_ pass: Pass, _ pictures: Range<Int>) {
        if isDeferred, !pass.context.measures { writeOutput(pass, pictures, tail) }
    }

    /// Takes the sums of some pictures' maps: of the values and of their squared distances to the map's mean.
    func collect(_ pass: Pass, _ pictures: Range<Int>) {
        let input = pass.value(inputs[0])
        for map in pictures.lowerBound * features..<pictures.upperBound * features {
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

    private func writeOutput(_ pass: Pass, _ pictures: Range<Int>, _ tail: Tail) {
        let (input, result) = (pass.value(inputs[0]), pass.values[output])
        for map in pictures.lowerBound * features..<pictures.upperBound * features {
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
    private static func normalized(
        _ input: UnsafePointer<Float>, _ index: Int, _ lanes: Int, _ constant: FeatureConstants.Lanes
    ) -> FloatVector {
        VectorMath.fma(input.lanes(at: index, count: lanes) - constant.mean, constant.gain, constant.first)
    }

    /// One call for whole vectors and the rest, so that it becomes part of the loop.
    @inline(__always)
    private static func eachVector(_ range: Range<Int>, _ body: (Int, Int) -> Void) {
        var index = range.lowerBound
        while index < range.upperBound {
            body(index, min(16, range.upperBound &- index))
            index &+= 16
        }
    }

    private func eachPicture(_ pass: Pass, _ body: (Range<Int>) -> Void) {
        let pieces = KernelPieces(pass.batch, costs: features * places)
        pass.pool.run(pieces: pieces.count) { body(pieces.range($0)) }
    }

    private func eachFeature(_ pass: Pass, _ body: (Int) -> Void) {
        let pieces = KernelPieces(features, costs: 8 * pass.batch)
        pass.pool.run(pieces: pieces.count) { piece in
            for feature in pieces.range(piece) { body(feature) }
        }
    }
}

// The way back.
extension BatchNormNode {
    func backwardMaps(_ pass: Pass) {
        switch tail {
        case .none: eachPicture(pass) { reduce(pass, $0, upstream: pass.gradient(output)) }
        case .relu(let output): eachPicture(pass) { reduceRectified(pass, $0, upstream: pass.gradient(output)) }
        case .sumAndRelu: break
        }
        let isTraining = pass.context.mode == .training
        let count = Double(pass.batch * places)
        let (scaleGradient, shiftGradient) = (pass.parameterGradient(scale), pass.parameterGradient(shift))
        let (factors, constants) = (factors.pointer, constants)
        eachFeature(pass) { feature in
            var total = SIMD2<Double>.zero
            for example in 0..<pass.batch { total += sums[example * features + feature] }
            let factor = Double(factors[feature])
            shiftGradient[feature] = Float(total.x)
            scaleGradient[feature] = Float(total.y * factor)
            constants[.second][feature] = isTraining ? Float(total.y * factor * factor / count) : 0
            meanGradients.pointer[feature] = isTraining ? Float(total.x / count) : 0
        }
        if !isFed { eachPicture(pass) { writeInputGradient(pass, $0) } }
    }

    /// Rectifies the gradient of the sum and takes the sums of `backwardMaps`, at the turn of the tail's last node.
    func backwardTail(_ pass: Pass) {
        guard case .sumAndRelu(_, let sum, let output) = tail, let target = pass.gradients[sum] else { return }
        let (input, kept, upstream) = (pass.value(inputs[0]), pass.value(output), pass.gradient(output))
        eachPicture(pass) { pictures in
            for map in pictures.lowerBound * features..<pictures.upperBound * features {
                let mean = FloatVector(repeating: constants[.mean][map % features])
                let start = map * places
                sums[map] = MapSums.pair(count: places) { index, lanes in
                    let place = start + index
                    let y = kept.lanes(at: place, count: lanes)
                    let dy = VectorMath.select(y .<= 0, 0, upstream.lanes(at: place, count: lanes))
                    target.setLanes(dy, at: place, count: lanes)
                    return (dy, dy * (input.lanes(at: place, count: lanes) - mean))
                }
            }
        }
    }

    /// Takes the sums of the gradient, and of its products with the distances to the mean.
    private func reduce(_ pass: Pass, _ pictures: Range<Int>, upstream: UnsafePointer<Float>) {
        let input = pass.value(inputs[0])
        for map in pictures.lowerBound * features..<pictures.upperBound * features {
            let mean = FloatVector(repeating: constants[.mean][map % features])
            let start = map * places
            sums[map] = MapSums.pair(count: places) { index, lanes in
                let dy = upstream.lanes(at: start + index, count: lanes)
                return (dy, dy * (input.lanes(at: start + index, count: lanes) - mean))
            }
        }
    }

    private func reduceRectified(_ pass: Pass, _ pictures: Range<Int>, upstream: UnsafePointer<Float>) {
        let input = pass.value(inputs[0])
        for map in pictures.lowerBound * features..<pictures.upperBound * features {
            let constant = constants.repeated(map % features)
            let start = map * places
            sums[map] = MapSums.pair(count: places) { index, lanes in
                let distance = input.lanes(at: start + index, count: lanes) - constant.mean
                let y = VectorMath.fma(distance, constant.gain, constant.first)
                let dy = VectorMath.select(y .<= 0, 0, upstream.lanes(at: start + index, count: lanes))
                return (dy, dy * distance)
            }
        }
    }

    /// Writes the gradient of the input of some pictures: gain (dy - mean(dy) - (x - mean) mean(dy (x - mean)) / variance).
    func writeInputGradient(_ pass: Pass, _ pictures: Range<Int>) {
        guard let downstream = pass.gradients[inputs[0]] else { return }
        let input = pass.value(inputs[0])
        let upstream: UnsafePointer<Float>
        var isRectified = false
        if case .relu(let output) = tail {
            upstream = pass.gradient(output)
            isRectified = true
        } else {
            upstream = pass.gradient(output)
        }
        for map in pictures.lowerBound * features..<pictures.upperBound * features {
            let constant = constants.repeated(map % features)
            let mean = FloatVector(repeating: meanGradients.pointer[map % features])
            let range = map * places..<(map + 1) * places
            if isRectified {
                Self.eachVector(range) { index, lanes in
                    let distance = input.lanes(at: index, count: lanes) - constant.mean
                    let y = VectorMath.fma(distance, constant.gain, constant.first)
                    let dy = VectorMath.select(y .<= 0, 0, upstream.lanes(at: index, count: lanes))
                    let centered = VectorMath.fma(-distance, constant.second, dy - mean)
                    downstream.setLanes(constant.gain * centered, at: index, count: lanes)
                }
            } else {
                Self.eachVector(range) { index, lanes in
                    let distance = input.lanes(at: index, count: lanes) - constant.mean
                    let dy = upstream.lanes(at: index, count: lanes)
                    let centered = VectorMath.fma(-distance, constant.second, dy - mean)
                    downstream.setLanes(constant.gain * centered, at: index, count: lanes)
                }
            }
        }
    }
}
