import Tensors

/// Sums over one map, in a fixed order: runs in single precision, the rest in double.
enum MapSums {
    /// Vectors that are added up in single precision before the sum goes on in double.
    private static let run = 64

    /// The sum of the numbers, and the sum of their squared distances to their mean.
    ///
    /// One pass: distances are taken to the first number, which is as far from the mean as any.
    static func moments(_ values: UnsafePointer<Float>, count: Int) -> SIMD2<Double> {
        let first = values.pointee
        let center = FloatVector(repeating: first)
        let sums = pair(count: count) { index, lanes in
            let distance =
                lanes == 16
                ? values.vector(at: index) - center
                : values.partialVector(at: index, count: lanes, filling: first) - center
            return (distance, distance * distance)
        }
        let squares = sums.y - sums.x * sums.x / Double(count)
        // NaN stays.
        return SIMD2(sums.x + Double(first) * Double(count), squares < 0 ? 0 : squares)
    }

    /// Two sums at once.
    ///
    /// - Parameter terms: The terms from an index on, of so many lanes; zeros in the others.
    @inline(__always)
    static func pair(count: Int, _ terms: (Int, Int) -> (FloatVector, FloatVector)) -> SIMD2<Double> {
        var total = SIMD2<Double>.zero
        var index = 0
        while index < count {
            let end = min(count, index + 16 * run)
            var (one, other) = (FloatVector(), FloatVector())
            var (nextOne, nextOther) = (FloatVector(), FloatVector())
            while index + 32 <= end {
                let near = terms(index, 16)
                one += near.0
                other += near.1
                let far = terms(index + 16, 16)
                nextOne += far.0
                nextOther += far.1
                index += 32
            }
            while index < end {
                let lanes = min(16, end - index)
                let last = terms(index, lanes)
                one += last.0
                other += last.1
                index += lanes
            }
            total += SIMD2(Double((one + nextOne).sum()), Double((other + nextOther).sum()))
        }
        return total
    }
}
