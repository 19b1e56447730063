import Tensors

/// Measures values of shape `[batch, features, places]` into `LayerMeasurement`s. It only reads them.
///
/// The work is cut over features, so that whether a unit fired is known within a piece.
final class OutputMeter {
    private let parts: UnsafeMutablePointer<OutputTally>
    private let counts: UnsafeMutablePointer<InlineArray<64, UInt32>>
    private let squares: UnsafeMutablePointer<Double>

    init() {
        parts = .allocate(capacity: KernelPieces.most)
        parts.initialize(repeating: OutputTally(), count: KernelPieces.most)
        counts = .allocate(capacity: KernelPieces.most)
        counts.initialize(repeating: .init(repeating: 0), count: KernelPieces.most)
        squares = .allocate(capacity: KernelPieces.most)
        squares.initialize(repeating: 0, count: KernelPieces.most)
    }

    deinit {
        parts.deallocate()
        counts.deallocate()
        squares.deallocate()
    }

    /// Exact moments, range and shares of everything.
    func tally(
        _ values: UnsafePointer<Float>, _ grid: FeatureGrid, unsaturated: ClosedRange<Float>?, pool: WorkerPool
    ) -> OutputTally {
        let parts = parts
        let pieces = grid.pieces
        pool.run(pieces: pieces.count) { piece in
            parts[piece] = OutputTally(values, grid, pieces.range(piece), unsaturated: unsaturated)
        }
        var tally = parts[0]
        for piece in 1..<max(1, pieces.count) { tally.add(parts[piece]) }
        return tally
    }

    /// Counts values over the range that the tally found.
    ///
    /// - Returns: The histogram, and whether it counts a sample.
    func histogram(
        _ values: UnsafePointer<Float>, _ grid: FeatureGrid, _ tally: OutputTally, pool: WorkerPool
    ) -> (MeasuredHistogram, isSampled: Bool) {
        let total = grid.batch * grid.features * grid.places
        let step = Self.sampleStep(total, width: grid.features * grid.places)
        let samples = (total + step - 1) / step
        let (low, high) = tally.finiteRange(values, total)
        var histogram = MeasuredHistogram(low: low, high: high)
        let scale = min(Float(64 / (Double(high) - Double(low))), .greatestFiniteMagnitude)
        let counts = counts
        let pieces = KernelPieces(samples, costs: 4)
        pool.run(pieces: pieces.count) { piece in
            var local = InlineArray<64, UInt32>(repeating: 0)
            for sample in pieces.range(piece) {
                let value = values[sample * step]
                guard value >= low, value <= high else { continue }
                let bin = (value - low) * scale
                local[bin < 63 ? Int(bin) : bin.isNaN ? 0 : 63] &+= 1
            }
            counts[piece] = local
        }
        for piece in 0..<pieces.count {
            for bin in 0..<MeasuredHistogram.binCount { histogram.counts[bin] &+= counts[piece][bin] }
        }
        return (histogram, step > 1)
    }

    /// Root mean square of `count` numbers.
    func rootMeanSquare(_ values: UnsafePointer<Float>, count: Int, pool: WorkerPool) -> Double {
        let squares = squares
        let pieces = KernelPieces(count, unit: 64)
        pool.run(pieces: pieces.count) { piece in
            squares[piece] = VectorSums.squares(values, pieces.range(piece))
        }
        var sum = 0.0
        for piece in 0..<pieces.count { sum += squares[piece] }
        return (sum / Double(max(1, count))).squareRoot()
    }

    /// Distance between sampled values: 1 up to 65,536 values, else so that at least 16,384 are counted; coprime to the
    /// size of an example, so that every unit gets its turn.
    static func sampleStep(_ total: Int, width: Int) -> Int {
        guard total > 65_536 else { return 1 }
        var step = total / 16_384
        while step > 1, !areCoprime(step, width) { step -= 1 }
        return step
    }

    private static func areCoprime(_ one: Int, _ other: Int) -> Bool {
        var (a, b) = (one, other)
        while b != 0 { (a, b) = (b, a % b) }
        return a == 1
    }
}
