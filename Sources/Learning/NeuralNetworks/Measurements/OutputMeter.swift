import Tensors

/// Measures values of shape `[batch, features, places]` into `LayerMeasurement`s. It only reads them.
///
/// The work is cut over features, so that whether a unit fired is known within a piece.
final class OutputMeter {
    let parts: UnsafeMutablePointer<OutputTally>
    let ranges: UnsafeMutablePointer<ValueRange>
    let squares: UnsafeMutablePointer<Double>
    let unitMaxima: FloatBuffer
    let units: Int
    let counter = HistogramCounter()
    /// The range and the root mean square of what pieces of a node's work took.
    var joinedRange = ValueRange()
    var joinedRootMeanSquare = 0.0

    /// - Parameter units: The most units (features, maps) of any output.
    init(units: Int) {
        parts = .allocate(capacity: KernelPieces.most)
        parts.initialize(repeating: OutputTally(), count: KernelPieces.most)
        ranges = .allocate(capacity: KernelPieces.mostWithoutSums)
        ranges.initialize(repeating: ValueRange(), count: KernelPieces.mostWithoutSums)
        squares = .allocate(capacity: KernelPieces.mostWithoutSums)
        squares.initialize(repeating: 0, count: KernelPieces.mostWithoutSums)
        self.units = units
        unitMaxima = FloatBuffer(count: KernelPieces.most * units)
    }

    deinit {
        parts.deallocate()
        ranges.deallocate()
        squares.deallocate()
    }

    /// Exact moments, range and shares of everything.
    ///
    /// - Parameter countsSilent: Whether units that never fired are wanted.
    func tally(
        _ values: UnsafePointer<Float>, _ grid: FeatureGrid, unsaturated: ClosedRange<Float>?, countsSilent: Bool,
        pool: WorkerPool
    ) -> OutputTally {
        let (parts, maxima) = (parts, countsSilent ? unitMaxima.pointer : nil)
        let pieces = grid.pieces
        pool.run(pieces: pieces.count) { piece in
            parts[piece] = OutputTally(
                values, grid, examples: 0..<grid.batch, pieces.range(piece), unsaturated: unsaturated,
                unitMaxima: maxima)
        }
        var tally = parts[0]
        for piece in 1..<max(1, pieces.count) { tally.add(parts[piece]) }
        return tally
    }

    /// The range of `count` values.
    func range(_ values: UnsafePointer<Float>, count: Int, pool: WorkerPool) -> ValueRange {
        let ranges = ranges
        let pieces = KernelPieces(count, unit: 64)
        pool.run(pieces: pieces.count) { piece in ranges[piece] = ValueRange(values, pieces.range(piece)) }
        joinRanges(pieces.count)
        return joinedRange
    }

    /// Counts values over the finite part of their range.
    ///
    /// - Returns: The histogram, and whether it counts a sample.
    func histogram(
        _ values: UnsafePointer<Float>, _ grid: FeatureGrid, _ range: ValueRange, pool: WorkerPool
    ) -> (MeasuredHistogram, isSampled: Bool) {
        let scale = scale(values, grid, range)
        let total = grid.batch * grid.features * grid.places
        return (counter.histogram(values, total: total, scale, pool: pool), scale.step > 1)
    }

    func scale(
        _ values: UnsafePointer<Float>, _ grid: FeatureGrid, _ range: ValueRange
    ) -> HistogramCounter.Scale {
        let total = grid.batch * grid.features * grid.places
        let (low, high) = range.finite(values, total)
        return HistogramCounter.Scale(
            low: low, high: high, isInside: range.isFinite,
            step: Self.sampleStep(total, width: grid.features * grid.places))
    }

    /// Root mean square of `count` numbers.
    func rootMeanSquare(_ values: UnsafePointer<Float>, count: Int, pool: WorkerPool) -> Double {
        let squares = squares
        let pieces = KernelPieces(count, unit: 64)
        pool.run(pieces: pieces.count) { piece in
            squares[piece] = VectorSums.squares(values, pieces.range(piece))
        }
        joinSquares(pieces.count, count: count)
        return joinedRootMeanSquare
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
