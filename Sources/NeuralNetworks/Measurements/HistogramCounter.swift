import Tensors

/// Counts numbers into 64 equal bins, in memory of its own for each piece of work.
///
/// Neighbours go to different tables: to count up what was counted up just before waits for it.
final class HistogramCounter {
    private static let tables = 4
    private static let block = 256
    private static let binCount = MeasuredHistogram.binCount
    private let counts: UnsafeMutablePointer<UInt32>
    private let bins: UnsafeMutablePointer<Int32>

    init() {
        let countsSize = KernelPieces.most * Self.tables * Self.binCount
        counts = .allocate(capacity: countsSize)
        counts.initialize(repeating: 0, count: countsSize)
        bins = .allocate(capacity: KernelPieces.most * Self.block)
        bins.initialize(repeating: 0, count: KernelPieces.most * Self.block)
    }

    deinit {
        counts.deallocate()
        bins.deallocate()
    }

    /// Counts every `step`-th of `total` values into bins between two bounds; what lies outside, and NaN, into none.
    ///
    /// - Parameter isInside: Whether all values are known to lie between the bounds.
    func histogram(
        _ values: UnsafePointer<Float>, total: Int, step: Int, low: Float, high: Float, isInside: Bool,
        pool: WorkerPool
    ) -> MeasuredHistogram {
        let samples = (total + step - 1) / step
        var histogram = MeasuredHistogram(low: low, high: high)
        let scale = min(Float(64 / (Double(high) - Double(low))), .greatestFiniteMagnitude)
        let pieces = KernelPieces(samples, unit: 64, costs: 4)
        pool.run(pieces: pieces.count) { piece in
            let table = counts + piece * Self.tables * Self.binCount
            table.update(repeating: 0, count: Self.tables * Self.binCount)
            let range = pieces.range(piece)
            if step == 1, isInside {
                count(values, range, low, scale, into: table, bins: bins + piece * Self.block)
            } else {
                for sample in range { Self.count(values[sample * step], low, high, scale, into: table) }
            }
        }
        for row in 0..<pieces.count * Self.tables {
            for bin in 0..<Self.binCount { histogram.counts[bin] &+= counts[row * Self.binCount + bin] }
        }
        return histogram
    }

    private static func count(
        _ value: Float, _ low: Float, _ high: Float, _ scale: Float, into table: UnsafeMutablePointer<UInt32>
    ) {
        guard value >= low, value <= high else { return }
        let bin = (value - low) * scale
        table[bin < 63 ? Int(bin) : bin.isNaN ? 0 : 63] &+= 1
    }

    /// Finds the bins of a block of values sixteen at a time, then counts them.
    private func count(
        _ values: UnsafePointer<Float>, _ range: Range<Int>, _ low: Float, _ scale: Float,
        into table: UnsafeMutablePointer<UInt32>, bins: UnsafeMutablePointer<Int32>
    ) {
        let (second, third, fourth) = (table + Self.binCount, table + 2 * Self.binCount, table + 3 * Self.binCount)
        var index = range.lowerBound
        while index + 16 <= range.upperBound {
            let count = min(Self.block, (range.upperBound - index) / 16 * 16)
            for offset in stride(from: 0, to: count, by: 16) {
                let found = Self.bins(values.vector(at: index + offset), low, scale)
                UnsafeMutableRawPointer(bins + offset).storeBytes(of: found, as: SIMD16<Int32>.self)
            }
            for offset in stride(from: 0, to: count, by: 4) {
                table[Int(bins[offset])] &+= 1
                second[Int(bins[offset + 1])] &+= 1
                third[Int(bins[offset + 2])] &+= 1
                fourth[Int(bins[offset + 3])] &+= 1
            }
            index += count
        }
        for rest in index..<range.upperBound { Self.count(values[rest], low, .infinity, scale, into: table) }
    }

    /// The bins of values between the bounds: (value - low) scale rounded down, at most 63; 0 where that is no number,
    /// since all values are the same.
    @inline(__always)
    private static func bins(_ values: FloatVector, _ low: Float, _ scale: Float) -> SIMD16<Int32> {
        let magic: Float = 12_582_912  // 1.5 * 2^23: adding it leaves the rounded integer in the low bits
        var place = (values - low) * scale
        place.replace(with: 63, where: place .> 63)
        place.replace(with: 0, where: place .!= place)
        let shifted = place + magic
        let one = SIMD16<Int32>().replacing(with: 1, where: (shifted - magic) .> place)
        return (unsafeBitCast(shifted, to: SIMD16<Int32>.self) & 0x3F_FFFF) &- one
    }
}
