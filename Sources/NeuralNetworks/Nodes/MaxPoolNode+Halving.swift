import Tensors

extension MaxPoolNode {
    /// Windows of 2x2 with stride 2, at least four in a row: eight or four at a time, the last ones twice rather than
    /// one by one.
    static func halve(
        _ geometry: WindowGeometry, _ map: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
        _ sources: UnsafeMutablePointer<Int32>
    ) {
        let (width, outputs) = (geometry.width, geometry.outputWidth)
        for row in 0..<geometry.outputHeight {
            let (top, first) = (2 * row * width, row * outputs)
            var column = 0
            while column + 8 <= outputs {
                halveEight(map, width, top + 2 * column, result + first + column, sources + first + column)
                column += 8
            }
            while column < outputs {
                let start = min(column, outputs - 4)
                halveFour(map, width, top + 2 * start, result + first + start, sources + first + start)
                column = start + 4
            }
        }
    }

    @inline(__always)
    private static func halveEight(
        _ map: UnsafePointer<Float>, _ width: Int, _ corner: Int, _ result: UnsafeMutablePointer<Float>,
        _ sources: UnsafeMutablePointer<Int32>
    ) {
        let upper = map.vector(at: corner)
        let lower = map.vector(at: corner + width)
        let steps = SIMD8<Int32>(0, 2, 4, 6, 8, 10, 12, 14)
        var source = steps &+ Int32(truncatingIfNeeded: corner)
        var largest = upper.evenHalf
        let below = source &+ Int32(truncatingIfNeeded: width)
        let right = source &+ 1
        take(upper.oddHalf, right, &largest, &source)
        take(lower.evenHalf, below, &largest, &source)
        take(lower.oddHalf, below &+ 1, &largest, &source)
        UnsafeMutableRawPointer(result).storeBytes(of: largest, as: SIMD8<Float>.self)
        UnsafeMutableRawPointer(sources).storeBytes(of: source, as: SIMD8<Int32>.self)
    }

    @inline(__always)
    private static func halveFour(
        _ map: UnsafePointer<Float>, _ width: Int, _ corner: Int, _ result: UnsafeMutablePointer<Float>,
        _ sources: UnsafeMutablePointer<Int32>
    ) {
        let upper = UnsafeRawPointer(map + corner).loadUnaligned(as: SIMD8<Float>.self)
        let lower = UnsafeRawPointer(map + corner + width).loadUnaligned(as: SIMD8<Float>.self)
        var source = SIMD4<Int32>(0, 2, 4, 6) &+ Int32(truncatingIfNeeded: corner)
        var largest = upper.evenHalf
        let below = source &+ Int32(truncatingIfNeeded: width)
        let right = source &+ 1
        take(upper.oddHalf, right, &largest, &source)
        take(lower.evenHalf, below, &largest, &source)
        take(lower.oddHalf, below &+ 1, &largest, &source)
        UnsafeMutableRawPointer(result).storeBytes(of: largest, as: SIMD4<Float>.self)
        UnsafeMutableRawPointer(sources).storeBytes(of: source, as: SIMD4<Int32>.self)
    }

    @inline(__always)
    private static func take<Values: SIMD, Places: SIMD>(
        _ values: Values, _ places: Places, _ largest: inout Values, _ source: inout Places
    ) where Values.Scalar == Float, Places.Scalar == Int32, Values.MaskStorage == Places.MaskStorage {
        let wins = (values .> largest) .| (values .!= values)
        largest.replace(with: values, where: wins)
        source.replace(with: places, where: wins)
    }
}
