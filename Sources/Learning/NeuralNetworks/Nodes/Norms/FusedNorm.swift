import Tensors

/// A batch norm of maps together with what follows it, computed while a number is in a register.
///
/// A convolution or pool that has a few maps in the cache calls it for those; else it goes through the whole batch.
struct FusedNorm {
    let norm: MapNorm
    let tail: Tail
    /// Whether only the next node reads the output, some maps at a time: it is computed again on the way back rather than
    /// kept.
    let isTransient: Bool

    /// What follows. The values share the memory of the norm's output.
    enum Tail {
        case none
        /// Rectified; the value is the activation's output.
        case relu(output: Int)
        /// The other term of a residual sum is added, and the sum rectified.
        case sumAndRelu(shortcut: Int, sum: Int, output: Int)
    }

    init(_ norm: MapNorm, tail: Tail = .none, isTransient: Bool = false) {
        self.norm = norm
        self.tail = tail
        self.isTransient = isTransient
    }

    /// The value that is computed.
    var output: Int {
        switch tail {
        case .none: norm.output
        case .relu(let output), .sumAndRelu(_, _, let output): output
        }
    }

    /// The maps of some pictures.
    func maps(of pictures: Range<Int>) -> Range<Int> { norm.maps(of: pictures) }

    /// Writes the output of the whole batch.
    func writeOutput(_ pass: Pass) {
        let result = pass.values[output]
        norm.eachPiece(pass) { writeOutput(pass, $0, into: result) }
    }

    /// Writes the outputs of some maps of a piece for the node that reads them next, and says where it finds them: as if
    /// the whole batch lay there.
    func output(_ pass: Pass, _ maps: Range<Int>, of piece: Range<Int>) -> UnsafePointer<Float> {
        let result = pass.values[output]
        // What nobody else reads has the same few places in the cache for all blocks of a piece.
        let place = isTransient ? result + (piece.lowerBound - maps.lowerBound) * norm.state.places : result
        writeOutput(pass, maps, into: place)
        return UnsafePointer(place)
    }

    private func writeOutput(_ pass: Pass, _ maps: Range<Int>, into result: UnsafeMutablePointer<Float>) {
        let input = pass.value(norm.input)
        let (constants, features, places) = (norm.state.constants, norm.state.features, norm.state.places)
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
    private static func normalized(
        _ input: UnsafePointer<Float>, _ index: Int, _ lanes: Int, _ constant: FeatureConstants.Lanes
    ) -> FloatVector {
        VectorMath.fma(input.lanes(at: index, count: lanes) - constant.mean, constant.gain, constant.first)
    }

    /// One call for whole vectors and the rest, so that it becomes part of the loop.
    @inline(__always)
    fileprivate static func eachVector(_ range: Range<Int>, _ body: (Int, Int) -> Void) {
        var index = range.lowerBound
        while index < range.upperBound {
            body(index, min(16, range.upperBound &- index))
            index &+= 16
        }
    }
}

// The way back.
extension FusedNorm {
    /// Takes the sums of the whole batch's gradients.
    func takeSums(_ pass: Pass) { norm.eachPiece(pass) { takeSums(pass, $0) } }

    /// Takes the sums of the output's gradients of some maps, and of their products with the distances to the mean.
    func takeSums(_ pass: Pass, _ maps: Range<Int>) {
        switch tail {
        case .none: takePlainSums(pass, maps)
        case .relu(let output): takeRectifiedSums(pass, maps, upstream: pass.gradient(output))
        case .sumAndRelu(_, let sum, let output): takeResidualSums(pass, maps, sum: sum, output: output)
        }
    }

    private func takePlainSums(_ pass: Pass, _ maps: Range<Int>) {
        let (input, upstream) = (pass.value(norm.input), pass.gradient(norm.output))
        let (constants, features, places) = (norm.state.constants, norm.state.features, norm.state.places)
        for map in maps {
            let mean = FloatVector(repeating: constants[.mean][map % features])
            let start = map * places
            norm.sums[map] = MapSums.pair(count: places) { index, lanes in
                let dy = upstream.lanes(at: start + index, count: lanes)
                return (dy, dy * (input.lanes(at: start + index, count: lanes) - mean))
            }
        }
    }

    private func takeRectifiedSums(_ pass: Pass, _ maps: Range<Int>, upstream: UnsafePointer<Float>) {
        let input = pass.value(norm.input)
        let (constants, features, places) = (norm.state.constants, norm.state.features, norm.state.places)
        for map in maps {
            let constant = constants.repeated(map % features)
            let start = map * places
            norm.sums[map] = MapSums.pair(count: places) { index, lanes in
                let distance = input.lanes(at: start + index, count: lanes) - constant.mean
                let y = VectorMath.fma(distance, constant.gain, constant.first)
                let dy = VectorMath.select(y .<= 0, 0, upstream.lanes(at: start + index, count: lanes))
                return (dy, dy * distance)
            }
        }
    }

    /// Rectifies the gradient of a residual sum on the way.
    private func takeResidualSums(_ pass: Pass, _ maps: Range<Int>, sum: Int, output: Int) {
        guard let target = pass.gradients[sum] else { return }
        let (input, kept, upstream) = (pass.value(norm.input), pass.value(output), pass.gradient(output))
        let (constants, features, places) = (norm.state.constants, norm.state.features, norm.state.places)
        for map in maps {
            let mean = FloatVector(repeating: constants[.mean][map % features])
            let start = map * places
            norm.sums[map] = MapSums.pair(count: places) { index, lanes in
                let place = start + index
                let y = kept.lanes(at: place, count: lanes)
                let dy = VectorMath.select(y .<= 0, 0, upstream.lanes(at: place, count: lanes))
                target.setLanes(dy, at: place, count: lanes)
                return (dy, dy * (input.lanes(at: place, count: lanes) - mean))
            }
        }
    }

    /// Writes the gradient of the whole batch's input, where it is wanted.
    func writeInputGradient(_ pass: Pass) {
        guard let downstream = pass.gradients[norm.input] else { return }
        norm.eachPiece(pass) { writeInputGradient(pass, $0, into: downstream) }
    }

    /// Writes the gradient of the input of some maps of a piece for the convolution that alone reads it, and says where it
    /// finds them: as if the whole batch lay there, for they have the same few places in the cache for all blocks.
    func inputGradient(_ pass: Pass, _ maps: Range<Int>, of piece: Range<Int>) -> UnsafePointer<Float> {
        guard let downstream = pass.gradients[norm.input] else { return pass.gradient(norm.input) }
        // Where the gradient of the output lies there too, what is overwritten has been read.
        let place = downstream + (piece.lowerBound - maps.lowerBound) * norm.state.places
        writeInputGradient(pass, maps, into: place)
        return UnsafePointer(place)
    }

    /// Writes the gradient of the input of some maps: gain (dy - mean(dy) - (x - mean) mean(dy (x - mean)) / variance).
    private func writeInputGradient(_ pass: Pass, _ maps: Range<Int>, into downstream: UnsafeMutablePointer<Float>) {
        let input = pass.value(norm.input)
        let upstream: UnsafePointer<Float>
        var isRectified = false
        if case .relu(let output) = tail {
            upstream = pass.gradient(output)
            isRectified = true
        } else {
            upstream = pass.gradient(norm.output)
        }
        let (constants, features, places) = (norm.state.constants, norm.state.features, norm.state.places)
        let meanGradients = norm.meanGradients.pointer
        for map in maps {
            let constant = constants.repeated(map % features)
            let mean = FloatVector(repeating: meanGradients[map % features])
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
