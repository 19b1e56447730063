import Tensors

// The way back.
extension BatchNormNode {
    func backwardMaps(_ pass: Pass) {
        if case .sumAndRelu = tail {
            // Done at the turn of the tail's last node.
        } else if !isReduced(pass) {
            eachPiece(pass) { reduceGradients(pass, $0) }
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
        guard !isFed, let downstream = pass.gradients[inputs[0]] else { return }
        eachPiece(pass) { writeInputGradient(pass, $0, into: downstream) }
    }

    /// The work of `backwardMaps` before the sums are added up, for a residual sum: at the turn of the tail's last node.
    func backwardTail(_ pass: Pass) {
        guard case .sumAndRelu = tail, !isReduced(pass) else { return }
        eachPiece(pass) { reduceGradients(pass, $0) }
    }

    /// Whether the node after this one has taken the sums.
    private func isReduced(_ pass: Pass) -> Bool { isReducedAhead && !pass.context.measures }

    /// Takes the sums of some maps, for the node that has just completed the gradients of the tail's output.
    func reduceAhead(_ pass: Pass, _ maps: Range<Int>) {
        if isReduced(pass) { reduceGradients(pass, maps) }
    }

    /// Takes the sums of the output's gradients of some maps, and of their products with the distances to the mean.
    private func reduceGradients(_ pass: Pass, _ maps: Range<Int>) {
        switch tail {
        case .none: reduce(pass, maps, upstream: pass.gradient(output))
        case .relu(let output): reduceRectified(pass, maps, upstream: pass.gradient(output))
        case .sumAndRelu(_, let sum, let output): reduceSum(pass, maps, sum: sum, output: output)
        }
    }

    /// Rectifies the gradient of a residual sum on the way.
    private func reduceSum(_ pass: Pass, _ maps: Range<Int>, sum: Int, output: Int) {
        // Ahead of the sum's turn its gradient has no name yet, but lies where the output's does.
        guard let target = pass.gradients[isReduced(pass) ? output : sum] else { return }
        let (input, kept, upstream) = (pass.value(inputs[0]), pass.value(output), pass.gradient(output))
        for map in maps {
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

    private func reduce(_ pass: Pass, _ maps: Range<Int>, upstream: UnsafePointer<Float>) {
        let input = pass.value(inputs[0])
        for map in maps {
            let mean = FloatVector(repeating: constants[.mean][map % features])
            let start = map * places
            sums[map] = MapSums.pair(count: places) { index, lanes in
                let dy = upstream.lanes(at: start + index, count: lanes)
                return (dy, dy * (input.lanes(at: start + index, count: lanes) - mean))
            }
        }
    }

    private func reduceRectified(_ pass: Pass, _ maps: Range<Int>, upstream: UnsafePointer<Float>) {
        let input = pass.value(inputs[0])
        for map in maps {
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

    /// Writes the gradient of the input of some maps of a piece for the convolution that alone reads it, and says where it
    /// finds them: as if the whole batch lay there, for they have the same few places in the cache for all blocks.
    func inputGradient(_ pass: Pass, _ maps: Range<Int>, of piece: Range<Int>) -> UnsafePointer<Float> {
        guard let downstream = pass.gradients[inputs[0]] else { return pass.gradient(inputs[0]) }
        // Where the gradient of the output lies there too, what is overwritten has been read.
        let place = downstream + (piece.lowerBound - maps.lowerBound) * places
        writeInputGradient(pass, maps, into: place)
        return UnsafePointer(place)
    }

    /// Writes the gradient of the input of some maps: gain (dy - mean(dy) - (x - mean) mean(dy (x - mean)) / variance).
    private func writeInputGradient(_ pass: Pass, _ maps: Range<Int>, into downstream: UnsafeMutablePointer<Float>) {
        let input = pass.value(inputs[0])
        let upstream: UnsafePointer<Float>
        var isRectified = false
        if case .relu(let output) = tail {
            upstream = pass.gradient(output)
            isRectified = true
        } else {
            upstream = pass.gradient(output)
        }
        for map in maps {
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
