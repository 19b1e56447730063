/// Sixteen neighbouring numbers, the width in which our own kernels compute.
@usableFromInline
package typealias FloatVector = SIMD16<Float>

extension UnsafePointer where Pointee == Float {
    /// The sixteen numbers from `index` on; no alignment needed.
    @inlinable @inline(__always)
    package func vector(at index: Int) -> FloatVector {
        UnsafeRawPointer(self + index).loadUnaligned(as: SIMD16<Float>.self)
    }

    /// The `count` < 16 numbers from `index` on, `filling` in the other lanes.
    @inlinable @inline(__always)
    package func partialVector(at index: Int, count: Int, filling: Float = 0) -> FloatVector {
        var vector = FloatVector(repeating: filling)
        for lane in 0..<count { vector[lane] = self[index + lane] }
        return vector
    }

    /// The `count` <= 16 numbers from `index` on, zeros in the other lanes.
    @inlinable @inline(__always)
    package func lanes(at index: Int, count: Int) -> FloatVector {
        count == 16 ? vector(at: index) : partialVector(at: index, count: count)
    }
}

extension UnsafeMutablePointer where Pointee == Float {
    /// The sixteen numbers from `index` on; no alignment needed.
    @inlinable @inline(__always)
    package func vector(at index: Int) -> FloatVector { UnsafePointer(self).vector(at: index) }

    /// Stores sixteen numbers from `index` on; no alignment needed.
    @inlinable @inline(__always)
    package func setVector(_ vector: FloatVector, at index: Int) {
        UnsafeMutableRawPointer(self + index).storeBytes(of: vector, as: SIMD16<Float>.self)
    }

    /// Stores the first `count` < 16 lanes.
    @inlinable @inline(__always)
    package func setPartialVector(_ vector: FloatVector, at index: Int, count: Int) {
        for lane in 0..<count { self[index + lane] = vector[lane] }
    }

    /// Stores the first `count` <= 16 lanes.
    @inlinable @inline(__always)
    package func setLanes(_ vector: FloatVector, at index: Int, count: Int) {
        if count == 16 { setVector(vector, at: index) } else { setPartialVector(vector, at: index, count: count) }
    }
}

/// Loops over vectors of sixteen; the tail takes the same arithmetic as the rest.
@usableFromInline
package enum VectorLoop {
    /// destination[i] = transform(source[i]); the two may be the same memory.
    @inlinable @inline(__always)
    package static func map(
        _ source: UnsafePointer<Float>, into destination: UnsafeMutablePointer<Float>, _ range: Range<Int>,
        _ transform: (FloatVector) -> FloatVector
    ) {
        var index = range.lowerBound
        while index + 16 <= range.upperBound {
            destination.setVector(transform(source.vector(at: index)), at: index)
            index += 16
        }
        let rest = range.upperBound - index
        if rest > 0 {
            let result = transform(source.partialVector(at: index, count: rest))
            destination.setPartialVector(result, at: index, count: rest)
        }
    }

    /// destination[i] = transform(one[i], other[i]); all three may be the same memory.
    @inlinable @inline(__always)
    package static func map(
        _ one: UnsafePointer<Float>, _ other: UnsafePointer<Float>, into destination: UnsafeMutablePointer<Float>,
        _ range: Range<Int>, _ transform: (FloatVector, FloatVector) -> FloatVector
    ) {
        var index = range.lowerBound
        while index + 16 <= range.upperBound {
            destination.setVector(transform(one.vector(at: index), other.vector(at: index)), at: index)
            index += 16
        }
        let rest = range.upperBound - index
        if rest > 0 {
            let result = transform(
                one.partialVector(at: index, count: rest), other.partialVector(at: index, count: rest))
            destination.setPartialVector(result, at: index, count: rest)
        }
    }
}
