extension WinogradConvolution {
    /// Pieces into which transforming the kernels is cut: panels of filters.
    package var kernelPieces: KernelPieces {
        KernelPieces(filterPanels, costs: 16 * 36 * channels, atLeast: 1 << 13)
    }

    /// Floats that a piece of transforming kernels needs for itself.
    package var kernelMemoryCount: Int { 16 * Swift.max(24, 9 * channels) }

    /// Transforms the kernels of some panels of filters: U = G g G^T, 36 matrices [channels, filters].
    ///
    /// - Parameter memory: `kernelMemoryCount` floats of its own.
    package func transformKernels(
        _ kernels: UnsafePointer<Float>, panels: Range<Int>, memory lanes: UnsafeMutablePointer<Float>,
        into transformed: UnsafeMutablePointer<Float>
    ) {
        let (row, distance) = (channels * 9, filterPanels * channels * 16)
        for panel in panels {
            let source = kernels + panel * 16 * row
            for channel in 0..<channels {
                // Sixteen numbers of each filter hold its nine taps; the last ones are read from further left.
                let first = Swift.max(0, Swift.min(channel * 9, row - 16))
                if row >= 16 {
                    VectorSquare(source + first, distance: row, count: filters - panel * 16).transposed.forEach {
                        lanes.setVector($1, at: $0 &* 16)
                    }
                } else {
                    for filter in 0..<16 {
                        for tap in 0..<9 {
                            let isThere = panel * 16 + filter < filters
                            lanes[tap * 16 + filter] = isThere ? source[filter * row + tap] : 0
                        }
                    }
                }
                let taps = UnsafePointer(lanes + (channel * 9 - first) * 16)
                Self.transformKernel(
                    taps, into: transformed + (panel * channels + channel) * 16, distance: distance)
            }
        }
    }

    /// Nine taps of sixteen kernels to 36 points, `distance` apart.
    @inline(__always)
    private static func transformKernel(
        _ taps: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, distance: Int
    ) {
        let left = WinogradTransform.kernel((taps.vector(at: 0), taps.vector(at: 48), taps.vector(at: 96)))
        let middle = WinogradTransform.kernel((taps.vector(at: 16), taps.vector(at: 64), taps.vector(at: 112)))
        let right = WinogradTransform.kernel((taps.vector(at: 32), taps.vector(at: 80), taps.vector(at: 128)))
        WinogradTile.store(WinogradTransform.kernel((left.0, middle.0, right.0)), into: target, distance)
        WinogradTile.store(WinogradTransform.kernel((left.1, middle.1, right.1)), into: target + 6 * distance, distance)
        WinogradTile.store(
            WinogradTransform.kernel((left.2, middle.2, right.2)), into: target + 12 * distance, distance)
        WinogradTile.store(
            WinogradTransform.kernel((left.3, middle.3, right.3)), into: target + 18 * distance, distance)
        WinogradTile.store(
            WinogradTransform.kernel((left.4, middle.4, right.4)), into: target + 24 * distance, distance)
        WinogradTile.store(
            WinogradTransform.kernel((left.5, middle.5, right.5)), into: target + 30 * distance, distance)
    }

    /// Turns transformed kernels round for the gradient of the input: 36 matrices [filters, channels].
    package func transposeKernels(
        _ transformed: UnsafePointer<Float>, panels: Range<Int>, into transposed: UnsafeMutablePointer<Float>
    ) {
        for point in 0..<36 {
            let source = transformed + point * filterPanels * channels * 16
            let target = transposed + point * channelPanels * filters * 16
            for panel in panels {
                let lanes = Swift.min(16, filters - panel * 16)
                for channelPanel in 0..<channelPanels {
                    let rows = Swift.min(16, channels - channelPanel * 16)
                    let result = target + (channelPanel * filters + panel * 16) * 16
                    VectorSquare(
                        source + (panel * channels + channelPanel * 16) * 16, distance: 16, count: rows
                    ).transposed.forEach { row, vector in
                        if row < lanes { result.setVector(vector, at: row &* 16) }
                    }
                }
            }
        }
    }

    /// Turns the sums of `transformed` gradients of some panels of filters back into gradients of the kernels.
    ///
    /// - Parameters:
    ///   - sums: `count` sums, `kernelGradientCount` apart, that are added up in a fixed tree into the first.
    ///   - memory: `kernelMemoryCount` floats of its own.
    package func kernelGradients(
        _ sums: UnsafeMutablePointer<Float>, count: Int, panels: Range<Int>, memory lanes: UnsafeMutablePointer<Float>,
        into kernels: UnsafeMutablePointer<Float>
    ) {
        let (row, distance) = (channels * 9, filterPanels * channelPanels * 256)
        let panelCount = channelPanels * 256
        for panel in panels {
            for point in 0..<36 {
                let first = point * distance + panel * panelCount
                VectorSums.reduce(sums, count: count, distance: kernelGradientCount, first..<first + channels * 16)
            }
            for channel in 0..<channels {
                let source = UnsafePointer(sums + panel * panelCount + channel * 16)
                Self.kernelGradient(source, distance: distance, into: lanes + channel * 144)
            }
            Self.turn(lanes, count: row, rows: filters - panel * 16, into: kernels + panel * 16 * row)
        }
    }

    @inline(__always)
    private static func kernelGradient(
        _ source: UnsafePointer<Float>, distance: Int, into taps: UnsafeMutablePointer<Float>
    ) {
        let r0 = WinogradTransform.kernelGradient(WinogradTile.six(source, distance))
        let r1 = WinogradTransform.kernelGradient(WinogradTile.six(source + 6 * distance, distance))
        let r2 = WinogradTransform.kernelGradient(WinogradTile.six(source + 12 * distance, distance))
        let r3 = WinogradTransform.kernelGradient(WinogradTile.six(source + 18 * distance, distance))
        let r4 = WinogradTransform.kernelGradient(WinogradTile.six(source + 24 * distance, distance))
        let r5 = WinogradTransform.kernelGradient(WinogradTile.six(source + 30 * distance, distance))
        let left = WinogradTransform.kernelGradient((r0.0, r1.0, r2.0, r3.0, r4.0, r5.0))
        let middle = WinogradTransform.kernelGradient((r0.1, r1.1, r2.1, r3.1, r4.1, r5.1))
        let right = WinogradTransform.kernelGradient((r0.2, r1.2, r2.2, r3.2, r4.2, r5.2))
        taps.setVector(left.0, at: 0)
        taps.setVector(middle.0, at: 16)
        taps.setVector(right.0, at: 32)
        taps.setVector(left.1, at: 48)
        taps.setVector(middle.1, at: 64)
        taps.setVector(right.1, at: 80)
        taps.setVector(left.2, at: 96)
        taps.setVector(middle.2, at: 112)
        taps.setVector(right.2, at: 128)
    }

    /// [count, 16 lanes] to at most sixteen rows of `count` numbers.
    private static func turn(
        _ lanes: UnsafePointer<Float>, count: Int, rows: Int, into target: UnsafeMutablePointer<Float>
    ) {
        var index = 0
        while index + 16 <= count {
            VectorSquare(lanes + index * 16, distance: 16, count: 16).transposed.forEach { row, vector in
                if row < rows { target.setVector(vector, at: row &* count &+ index) }
            }
            index += 16
        }
        for index in index..<count {
            for row in 0..<Swift.min(16, rows) { target[row * count + index] = lanes[index * 16 + row] }
        }
    }
}
