/// Products of row-major matrices with our own kernel: 32 columns of the right factor at a time are packed into two panels
/// (`PanelAccumulators`), the left factor is read as it lies.
///
/// A general product that is cut into pieces packs both factors, one of them anew for each piece; this packs one, once.
/// Each number of a result is summed in one order, wherever the cut goes.
package struct PackedProduct {
    /// Rows of the left factor and the result.
    package let rows: Int
    /// Columns of the left factor, rows of the right one.
    package let inner: Int
    /// The left factor, [rows, inner].
    package let left: MatrixFactor
    /// The right factor, [inner, columns].
    package let right: MatrixFactor

    /// What a result begins with.
    package enum Start {
        case zero
        /// One number a column, the same for all rows.
        case bias(UnsafePointer<Float>)
        /// What lies in the result's place.
        case result
    }

    /// - Parameter rows: None, or eight at least.
    package init(rows: Int, inner: Int, _ left: MatrixFactor, _ right: MatrixFactor) {
        precondition(rows == 0 || rows >= 8, "\(rows) rows do not fill the kernel")
        self.rows = rows
        self.inner = inner
        self.left = left
        self.right = right
    }

    /// Whether the kernel is faster than OpenBLAS's: it needs the registers of AVX-512, for which this program must have
    /// been compiled, and eight rows.
    package static func suits(rows: Int, inner: Int) -> Bool { isFast && rows >= 8 && inner >= 8 }

    private static let isFast: Bool = {
        #if SITTER_NATIVE
            return ["SkylakeX", "Cooperlake", "SapphireRapids"].contains(MatrixProduct.kernelName)
        #else
            return false
        #endif
    }()

    /// Columns that are packed together.
    package static let width = 32
    /// The longest stretch of the inner sum whose panels are packed at once.
    private static let depth = 256

    /// Floats that `multiply` needs for itself.
    package static func memoryCount(inner: Int) -> Int { width * min(depth, inner) }

    /// Computes some columns of the product.
    ///
    /// - Parameters:
    ///   - memory: `memoryCount(inner:)` floats of its own.
    ///   - result: [rows, columns], all of them, rows `leading` apart.
    package func multiply(
        _ columns: Range<Int>, start: Start, memory: UnsafeMutablePointer<Float>,
        into result: UnsafeMutablePointer<Float>, leading: Int
    ) {
        var column = columns.lowerBound
        while column < columns.upperBound {
            let count = min(Self.width, columns.upperBound - column)
            var first = 0
            repeat {
                let depths = first..<min(inner, first + Self.depth)
                pack(column, count, depths, into: memory)
                let target = Target(
                    pointer: result + column, leading: leading, count: count,
                    start: first > 0 ? .result : start.moved(by: column))
                multiply(depths, memory, into: target)
                first = depths.upperBound
            } while first < inner
            column += count
        }
    }

    /// Where some columns of the result go.
    private struct Target {
        let pointer: UnsafeMutablePointer<Float>
        let leading: Int
        let count: Int
        let start: Start
    }

    private func multiply(_ depths: Range<Int>, _ panels: UnsafePointer<Float>, into target: Target) {
        let isPair = target.count > 16
        var row = 0
        while row < rows {
            // The last eight rows reach back over some that are done.
            let first = min(row, rows - 8)
            let sums: PanelAccumulators
            let leading = left.leading
            if left.isTransposed {
                let block = left.numbers + depths.lowerBound * leading + first
                sums =
                    isPair
                    ? Self.sumPair(block, 1, leading, panels, depths.count)
                    : Self.sum(block, 1, leading, panels, depths.count)
            } else {
                let block = left.numbers + first * leading + depths.lowerBound
                sums =
                    isPair
                    ? Self.sumPair(block, leading, 1, panels, depths.count)
                    : Self.sum(block, leading, 1, panels, depths.count)
            }
            store(sums, first: first, done: row, target)
            row = first + 8
        }
    }

    @inline(__always)
    private static func sumPair(
        _ block: UnsafePointer<Float>, _ distance: Int, _ step: Int, _ panels: UnsafePointer<Float>, _ depth: Int
    ) -> PanelAccumulators {
        var sums = PanelAccumulators()
        var (numbers, vectors) = (block, panels)
        for _ in 0..<depth {
            sums.add(numbers, distance: distance, vectors.vector(at: 0), vectors.vector(at: 16))
            numbers += step
            vectors += 32
        }
        return sums
    }

    @inline(__always)
    private static func sum(
        _ block: UnsafePointer<Float>, _ distance: Int, _ step: Int, _ panels: UnsafePointer<Float>, _ depth: Int
    ) -> PanelAccumulators {
        var sums = PanelAccumulators()
        var (numbers, vectors) = (block, panels)
        for _ in 0..<depth {
            sums.add(numbers, distance: distance, vectors.vector(at: 0))
            numbers += step
            vectors += 32
        }
        return sums
    }

    /// - Parameter done: The first row that is new.
    @inline(__always)
    private func store(_ sums: PanelAccumulators, first: Int, done: Int, _ target: Target) {
        let (low, high) = (min(16, target.count), max(0, target.count - 16))
        var (lowStart, highStart) = (FloatVector(), FloatVector())
        var adds = false
        switch target.start {
        case .zero: break
        case .bias(let bias):
            lowStart = bias.lanes(at: 0, count: low)
            if high > 0 { highStart = bias.lanes(at: 16, count: high) }
        case .result: adds = true
        }
        sums.forEachRow { row, one, other in
            guard first &+ row >= done else { return }
            let line = target.pointer + (first &+ row) &* target.leading
            line.setLanes(one + (adds ? line.lanes(low) : lowStart), at: 0, count: low)
            if high > 0 { line.setLanes(other + (adds ? (line + 16).lanes(high) : highStart), at: 16, count: high) }
        }
    }

    /// Packs some columns and depths of the right factor: two vectors a depth, zeros in what lies outside.
    private func pack(_ column: Int, _ count: Int, _ depths: Range<Int>, into memory: UnsafeMutablePointer<Float>) {
        let (numbers, leading) = (right.numbers, right.leading)
        for (panel, lanes) in [(0, min(16, count)), (1, count - 16)] where lanes > 0 {
            let target = memory + panel * 16
            let first = column + panel * 16
            if right.isTransposed {
                packTransposed(numbers + first * leading, lanes, depths, into: target)
            } else if lanes == 16 {
                for depth in depths {
                    target.setVector(
                        numbers.vector(at: depth &* leading &+ first), at: (depth &- depths.lowerBound) &* 32)
                }
            } else {
                for depth in depths {
                    target.setVector(
                        numbers.partialVector(at: depth * leading + first, count: lanes),
                        at: (depth - depths.lowerBound) * 32)
                }
            }
        }
    }

    private func packTransposed(
        _ source: UnsafePointer<Float>, _ lanes: Int, _ depths: Range<Int>, into target: UnsafeMutablePointer<Float>
    ) {
        var depth = depths.lowerBound
        while depth + 16 <= depths.upperBound {
            let place = target + (depth &- depths.lowerBound) &* 32
            VectorSquare(source + depth, distance: right.leading, count: lanes).transposed.forEach {
                place.setVector($1, at: $0 &* 32)
            }
            depth += 16
        }
        while depth < depths.upperBound {
            var vector = FloatVector()
            for lane in 0..<lanes { vector[lane] = source[lane * right.leading + depth] }
            target.setVector(vector, at: (depth - depths.lowerBound) * 32)
            depth += 1
        }
    }
}

extension PackedProduct.Start {
    fileprivate func moved(by column: Int) -> Self {
        if case .bias(let bias) = self { .bias(bias + column) } else { self }
    }
}

extension UnsafeMutablePointer where Pointee == Float {
    @inline(__always)
    fileprivate func lanes(_ count: Int) -> FloatVector { UnsafePointer(self).lanes(at: 0, count: count) }
}
