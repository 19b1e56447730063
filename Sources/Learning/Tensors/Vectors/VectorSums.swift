/// Sums in a fixed order over memory.
@usableFromInline
package enum VectorSums {
    /// Longest run that is added up in single precision before the sum goes on in double.
    @usableFromInline static let run = 1_024

    /// The sum of the numbers in a range, runs of 1,024 in single precision, the rest in double.
    @inlinable
    package static func sum(_ values: UnsafePointer<Float>, _ range: Range<Int>) -> Double {
        sum(range) {
            values.vector(at: $0)
        } rest: {
            values.partialVector(at: $0, count: $1)
        }
    }

    /// The sum of (value - center)^2.
    @inlinable
    package static func squares(
        _ values: UnsafePointer<Float>, _ range: Range<Int>, around center: Float = 0
    ) -> Double {
        sum(range) {
            let distance = values.vector(at: $0) - center
            return distance * distance
        } rest: {
            let distance = values.partialVector(at: $0, count: $1, filling: center) - center
            return distance * distance
        }
    }

    /// The sum of one[i] (other[i] - center).
    @inlinable
    package static func products(
        _ one: UnsafePointer<Float>, _ other: UnsafePointer<Float>, _ range: Range<Int>, around center: Float = 0
    ) -> Double {
        sum(range) {
            one.vector(at: $0) * (other.vector(at: $0) - center)
        } rest: {
            one.partialVector(at: $0, count: $1) * (other.partialVector(at: $0, count: $1) - center)
        }
    }

    /// The sum of any term of sixteen lanes; `rest` gives the lanes of the tail, zeros behind it.
    @inlinable @inline(__always)
    package static func sum(
        _ range: Range<Int>, _ term: (Int) -> FloatVector, rest: (Int, Int) -> FloatVector
    ) -> Double {
        var total = 0.0
        var index = range.lowerBound
        while index < range.upperBound {
            let end = min(range.upperBound, index + run)
            var sums = FloatVector()
            while index + 16 <= end {
                sums += term(index)
                index += 16
            }
            if index < end {
                sums += rest(index, end - index)
                index = end
            }
            total += Double(sums.sum())
        }
        return total
    }

    /// Adds up `count` partial results that lie `distance` apart into the first one, in a fixed tree.
    @inlinable
    package static func reduce(
        _ partials: UnsafeMutablePointer<Float>, count: Int, distance: Int, _ range: Range<Int>
    ) {
        var step = 1
        while step < count {
            var first = 0
            while first + step < count {
                let target = partials + first * distance
                let source = partials + (first + step) * distance
                for index in range { target[index] += source[index] }
                first += 2 * step
            }
            step *= 2
        }
    }
}
