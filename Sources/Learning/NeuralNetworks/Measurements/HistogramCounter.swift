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

    /// What is counted how: every `step`-th value, into bins between two bounds; what lies outside, and NaN, into none.
    struct Scale {
        let low: Float
        let high: Float
        /// Whether all values are known to lie between the bounds.
        let isInside: Bool
        let step: Int
        fileprivate let binsPerUnit: Float

        init(low: Float, high: Float, isInside: Bool, step: Int) {
            self.low = low
            self.high = high
            self.isInside = isInside
            self.step = step
            binsPerUnit = min(Float(64 / (Double(high) - Double(low))), .greatestFiniteMagnitude)
        }
    }

    /// Counts some of `total` values, pieces of them at once.
    func histogram(
        _ values: UnsafePointer<Float>, total: Int, _ scale: Scale, pool: WorkerPool
    ) -> MeasuredHistogram {
        let pieces = KernelPieces(total, unit: 64 * scale.step, costs: 4)
        pool.run(pieces: pieces.count) { count(values, pieces.range($0), scale, piece: $0) }
        return joined(pieces.count, scale)
    }

    /// Counts the values of one piece of work: those at multiples of the step in a range.
    func count(_ values: UnsafePointer<Float>, _ range: Range<Int>, _ scale: Scale, piece: Int) {
        let table = counts + piece * Self.tables * Self.binCount
        table.update(repeating: 0, count: Self.tables * Self.binCount)
        if scale.step == 1, scale.isInside {
            count(values, range, scale.low, scale.binsPerUnit, into: table, bins: bins + piece * Self.block)
        } else {
            var index = (range.lowerBound + scale.step - 1) / scale.step * scale.step
            while index < range.upperBound {
                Self.count(values[index], scale.low, scale.high, scale.binsPerUnit, into: table)
                index += scale.step
            }
        }
    }

    /// The counts of all pieces together.
    func joined(_ pieces: Int, _ scale: Scale) -> MeasuredHistogram {
        var histogram = MeasuredHistogram(low: scale.low, high: scale.high)
        for first in stride(from: 0, to: Self.binCount, by: 16) {
            var sums = SIMD16<UInt32>()
            for row in 0..<pieces * Self.tables {
                sums &+= UnsafeRawPointer(counts + row * Self.binCount + first).loadUnaligned(as: SIMD16<UInt32>.self)
            }
            for lane in 0..<16 { histogram.counts[first + lane] = sums[lane] }
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
