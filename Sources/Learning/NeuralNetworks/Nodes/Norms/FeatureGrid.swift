import Tensors

/// Loops over `[batch, features, places]` per feature: along the places of a map, or, where a feature is one number,
/// over sixteen features at a time down the batch.
struct FeatureGrid {
    let batch: Int
    let features: Int
    let places: Int

    /// Cuts the features.
    var pieces: KernelPieces { KernelPieces(features, unit: places == 1 ? 16 : 1, costs: batch * places) }

    /// Adds up a term over all values of each feature.
    ///
    /// - Parameters:
    ///   - term: Index of the first value, how many of the sixteen lanes count, and the feature's constants.
    ///   - result: Takes a feature and its sum.
    @inline(__always)
    func sums(
        _ range: Range<Int>, _ constants: FeatureConstants,
        _ term: (Int, Int, FeatureConstants.Lanes) -> FloatVector, result: (Int, Double) -> Void
    ) {
        if places == 1 {
            for column in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
                let lanes = min(16, range.upperBound - column)
                let constant = constants.neighbours(column)
                var sums = SIMD16<Double>()
                for row in 0..<batch { sums += SIMD16<Double>(term(row * features + column, lanes, constant)) }
                for lane in 0..<lanes { result(column + lane, sums[lane]) }
            }
        } else {
            for feature in range {
                let constant = constants.repeated(feature)
                var sum = 0.0
                for example in 0..<batch {
                    let start = (example * features + feature) * places
                    sum += VectorSums.sum(start..<start + places) {
                        term($0, 16, constant)
                    } rest: { index, lanes in
                        var last = term(index, lanes, constant)
                        for lane in lanes..<16 { last[lane] = 0 }
                        return last
                    }
                }
                result(feature, sum)
            }
        }
    }

    /// Writes a term for every value of each feature.
    @inline(__always)
    func map(
        _ range: Range<Int>, _ constants: FeatureConstants, into target: UnsafeMutablePointer<Float>,
        _ term: (Int, Int, FeatureConstants.Lanes) -> FloatVector
    ) {
        if places == 1 {
            for column in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
                let lanes = min(16, range.upperBound - column)
                let constant = constants.neighbours(column)
                for row in 0..<batch {
                    let index = row * features + column
                    target.setLanes(term(index, lanes, constant), at: index, count: lanes)
                }
            }
        } else {
            for feature in range {
                let constant = constants.repeated(feature)
                for example in 0..<batch {
                    var index = (example * features + feature) * places
                    let end = index + places
                    while index + 16 <= end {
                        target.setVector(term(index, 16, constant), at: index)
                        index += 16
                    }
                    if index < end {
                        target.setLanes(term(index, end - index, constant), at: index, count: end - index)
                    }
                }
            }
        }
    }
}
