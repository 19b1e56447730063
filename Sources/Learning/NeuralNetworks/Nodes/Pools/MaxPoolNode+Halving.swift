import Tensors

extension MaxPoolNode {
    /// Whether windows are 2x2 with stride 2 and at least four in a row: sixteen are computed at a time, eight of two
    /// rows or four of four, the last ones twice rather than one by one.
    static func isHalving(_ geometry: WindowGeometry) -> Bool {
        geometry.window == 2 && geometry.stride == 2 && geometry.padding == 0 && geometry.outputWidth >= 4
    }

    /// The largest of each window and where it lay.
    static func halve(
        _ geometry: WindowGeometry, _ map: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
        _ sources: UnsafeMutablePointer<Int32>
    ) {
        let width = geometry.width
        eachSixteen(geometry) { block in
            let corners = block.corners(width)
            var source = corners
            let (upper, upperRight) = block.split(map, width, line: 0)
            let (lower, lowerRight) = block.split(map, width, line: 1)
            var largest = upper
            let below = corners &+ Int32(truncatingIfNeeded: width)
            take(upperRight, corners &+ 1, &largest, &source)
            take(lower, below, &largest, &source)
            take(lowerRight, below &+ 1, &largest, &source)
            block.store(largest, source, geometry.outputWidth, result, sources)
        }
    }

    /// Hands each number to the place that it came from, and 0 to the others.
    static func spreadHalved(
        _ geometry: WindowGeometry, _ upstream: UnsafePointer<Float>, _ sources: UnsafePointer<Int32>,
        into target: UnsafeMutablePointer<Float>
    ) {
        let (width, outputs) = (geometry.width, geometry.outputWidth)
        eachSixteen(geometry) { block in
            let (numbers, source) = block.load(upstream, sources, outputs)
            let corners = block.corners(width)
            let below = corners &+ Int32(truncatingIfNeeded: width)
            let zero = FloatVector()
            block.weave(
                zero.replacing(with: numbers, where: source .== corners),
                zero.replacing(with: numbers, where: source .== corners &+ 1), target, width, line: 0)
            block.weave(
                zero.replacing(with: numbers, where: source .== below),
                zero.replacing(with: numbers, where: source .== below &+ 1), target, width, line: 1)
        }
        // What no window covers.
        if width > 2 * outputs {
            for row in 0..<geometry.height { target[row * width + width - 1] = 0 }
        }
        if geometry.height > 2 * geometry.outputHeight {
            (target + (geometry.height - 1) * width).update(repeating: 0, count: width)
        }
    }

    @inline(__always)
    private static func take(
        _ values: FloatVector, _ places: SIMD16<Int32>, _ largest: inout FloatVector, _ source: inout SIMD16<Int32>
    ) {
        let wins = (values .> largest) .| (values .!= values)
        largest.replace(with: values, where: wins)
        source.replace(with: places, where: wins)
    }

    @inline(__always)
    private static func eachSixteen(_ geometry: WindowGeometry, _ body: (HalvingBlock) -> Void) {
        let (rows, columns) = (geometry.outputHeight, geometry.outputWidth)
        let isWide = columns >= 8
        let (tall, wide) = isWide ? (2, 8) : (4, 4)
        var row = 0
        while row < rows {
            // Where fewer rows are left, the last ones once more; of a low map the last one several times.
            let first = max(0, min(row, rows - tall))
            var column = 0
            while column < columns {
                body(
                    HalvingBlock(
                        row: first, lastRow: rows - 1, column: min(column, columns - wide), isWide: isWide))
                column += wide
            }
            row += tall
        }
    }
}
