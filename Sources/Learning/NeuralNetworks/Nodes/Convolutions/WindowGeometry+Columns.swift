import Tensors

extension WindowGeometry {
    /// Spreads one picture into a matrix of [channels x window area, places]: column = the window at that place.
    ///
    /// - Parameter panel: The output rows whose places are spread.
    func spread(_ picture: UnsafePointer<Float>, panel: Range<Int>, into matrix: UnsafeMutablePointer<Float>) {
        var row = matrix
        for channel in 0..<channels {
            let map = picture + channel * plane
            for kernelRow in 0..<window.height {
                let rows = rows(kernelRow).clamped(to: panel)
                for kernelColumn in 0..<window.width {
                    let columns = columns(kernelColumn)
                    let start = kernelColumn - padding.width
                    row.update(repeating: 0, count: (rows.lowerBound - panel.lowerBound) * outputWidth)
                    for outputRow in rows {
                        let source = map + (outputRow * stride.height + kernelRow - padding.height) * width
                        let target = row + (outputRow - panel.lowerBound) * outputWidth
                        for column in 0..<columns.lowerBound { target[column] = 0 }
                        if stride.width == 1 {
                            copy(source + columns.lowerBound + start, target + columns.lowerBound, columns.count)
                        } else if stride.width == 2, !columns.isEmpty {
                            copyEverySecond(
                                source + 2 * columns.lowerBound + start, target + columns.lowerBound, columns.count)
                        } else {
                            for column in columns { target[column] = source[column * stride.width + start] }
                        }
                        for column in columns.upperBound..<outputWidth { target[column] = 0 }
                    }
                    (row + (rows.upperBound - panel.lowerBound) * outputWidth).update(
                        repeating: 0, count: (panel.upperBound - rows.upperBound) * outputWidth)
                    row += panel.count * outputWidth
                }
            }
        }
    }

    /// Adds a matrix of the shape that `spread` writes back onto a picture, zeroed before the first panel.
    func gather(_ matrix: UnsafePointer<Float>, panel: Range<Int>, into picture: UnsafeMutablePointer<Float>) {
        var row = matrix
        for channel in 0..<channels {
            let map = picture + channel * plane
            for kernelRow in 0..<window.height {
                let rows = rows(kernelRow).clamped(to: panel)
                for kernelColumn in 0..<window.width {
                    let columns = columns(kernelColumn)
                    let start = kernelColumn - padding.width
                    for outputRow in rows {
                        let target = map + (outputRow * stride.height + kernelRow - padding.height) * width
                        let source = row + (outputRow - panel.lowerBound) * outputWidth
                        if stride.width == 1 {
                            add(source + columns.lowerBound, target + columns.lowerBound + start, columns.count)
                        } else if stride.width == 2, !columns.isEmpty {
                            addToEverySecond(
                                source + columns.lowerBound, target + 2 * columns.lowerBound + start, columns.count)
                        } else {
                            for column in columns { target[column * stride.width + start] += source[column] }
                        }
                    }
                    row += panel.count * outputWidth
                }
            }
        }
    }

    /// Copies numbers, some of the last ones once more where they fill no vector.
    @inline(__always)
    private func copy(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int) {
        if count >= 16 {
            let last = count - 16
            var index = 0
            while index < last {
                target.setVector(source.vector(at: index), at: index)
                index += 16
            }
            target.setVector(source.vector(at: last), at: last)
        } else if count >= 8 {
            let last = Self.eight(source + (count - 8))
            Self.setEight(Self.eight(source), target)
            Self.setEight(last, target + (count - 8))
        } else {
            for index in 0..<max(0, count) { target[index] = source[index] }
        }
    }

    /// Adds numbers; the last ones, where they fill no vector, as a vector that was added up before its neighbours.
    @inline(__always)
    private func add(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int) {
        if count >= 16 {
            let last = count - 16
            let sum = target.vector(at: last) + source.vector(at: last)
            var index = 0
            while index < last {
                target.setVector(target.vector(at: index) + source.vector(at: index), at: index)
                index += 16
            }
            target.setVector(sum, at: last)
        } else if count >= 8 {
            let last = count - 8
            let sum = Self.eight(UnsafePointer(target + last)) + Self.eight(source + last)
            Self.setEight(Self.eight(UnsafePointer(target)) + Self.eight(source), target)
            Self.setEight(sum, target + last)
        } else {
            for index in 0..<max(0, count) { target[index] += source[index] }
        }
    }

    /// Copies every second number; reads none before the first and none behind the last.
    @inline(__always)
    private func copyEverySecond(
        _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        var index = 0
        while index + 8 < count {
            let even = source.vector(at: 2 &* index).evenHalf
            UnsafeMutableRawPointer(target + index).storeBytes(of: even, as: SIMD8<Float>.self)
            index += 8
        }
        if index > 0 {
            // The last eight, some of them once more.
            let last = count - 8
            let odd = source.vector(at: 2 &* last &- 1).oddHalf
            UnsafeMutableRawPointer(target + last).storeBytes(of: odd, as: SIMD8<Float>.self)
        } else {
            for index in 0..<count { target[index] = source[2 * index] }
        }
    }

    /// Adds to every second number; touches none before the first and none behind the last.
    @inline(__always)
    private func addToEverySecond(
        _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        var index = 0
        while index + 8 < count {
            var sum = target.vector(at: 2 &* index)
            sum.evenHalf += Self.eight(source + index)
            target.setVector(sum, at: 2 &* index)
            index += 8
        }
        if index > 0, index + 8 == count {
            var sum = target.vector(at: 2 &* index &- 1)
            sum.oddHalf += Self.eight(source + index)
            target.setVector(sum, at: 2 &* index &- 1)
            return
        }
        while index < count {
            target[2 * index] += source[index]
            index += 1
        }
    }

    @inline(__always)
    private static func setEight(_ numbers: SIMD8<Float>, _ target: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(target).storeBytes(of: numbers, as: SIMD8<Float>.self)
    }

    @inline(__always)
    private static func eight(_ source: UnsafePointer<Float>) -> SIMD8<Float> {
        UnsafeRawPointer(source).loadUnaligned(as: SIMD8<Float>.self)
    }
}
