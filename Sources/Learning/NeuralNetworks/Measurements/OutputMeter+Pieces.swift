import Tensors

/// What a linear layer and its activation measure while a block of numbers is in the cache, so that the threads need not
/// meet once more for it.
extension OutputMeter {
    /// Takes the range of some columns of a matrix that one piece of work has just written.
    func takeRange(
        _ matrix: UnsafePointer<Float>, rows: Int, width: Int, _ columns: Range<Int>, piece: Int
    ) {
        var lanes = ValueRange.Lanes()
        for row in 0..<rows {
            lanes.add(matrix, row * width + columns.lowerBound..<row * width + columns.upperBound)
        }
        ranges[piece] = ValueRange(lanes)
    }

    /// The range of the whole from those of its pieces; it holds for the next `tally(_:before:...)`.
    func joinRanges(_ pieces: Int) {
        joinedRange = ranges[0]
        for piece in 1..<max(1, pieces) { joinedRange.add(ranges[piece]) }
    }

    /// Takes the sum of the squares of some columns of a matrix that one piece of work has just written.
    func takeSquares(
        _ matrix: UnsafePointer<Float>, rows: Int, width: Int, _ columns: Range<Int>, piece: Int
    ) {
        var total = 0.0
        // As many rows as are added up in single precision.
        let run = max(1, 1_024 / max(1, columns.count))
        for first in stride(from: 0, to: rows, by: run) {
            var sums = FloatVector()
            for row in first..<min(rows, first + run) {
                let line = matrix + (row * width + columns.lowerBound)
                var column = 0
                while column < columns.count {
                    let vector = line.lanes(at: column, count: min(16, columns.count - column))
                    sums = VectorMath.fma(vector, vector, sums)
                    column += 16
                }
            }
            total += Double(sums.sum())
        }
        squares[piece] = total
    }

    /// The root mean square of `count` numbers from the sums of their pieces.
    func joinSquares(_ pieces: Int, count: Int) {
        var sum = 0.0
        for piece in 0..<pieces { sum += squares[piece] }
        joinedRootMeanSquare = (sum / Double(max(1, count))).squareRoot()
    }

    /// Counts the values that go into an activation, whose range was joined last, lets it be computed, and tallies what
    /// comes out, all of it in pieces of examples.
    ///
    /// - Parameter compute: Computes the activation of some examples; `before` may be written over.
    /// - Returns: The tally of the values after it, and the histogram of those before it.
    func tally(
        _ grid: FeatureGrid, before: UnsafePointer<Float>, _ after: UnsafePointer<Float>,
        unsaturated: ClosedRange<Float>?, countsSilent: Bool, pool: WorkerPool, compute: (Range<Int>) -> Void
    ) -> (OutputTally, MeasuredHistogram) {
        let scale = scale(before, grid, joinedRange)
        let (parts, units, features) = (parts, units, grid.features)
        let maxima = countsSilent ? unitMaxima.pointer : nil
        let pieces = KernelPieces(grid.batch, costs: 4 * features)
        pool.run(pieces: pieces.count) { piece in
            let examples = pieces.range(piece)
            let range = examples.lowerBound * features..<examples.upperBound * features
            counter.count(before, range, scale, piece: piece)
            compute(examples)
            parts[piece] = OutputTally(
                after, grid, examples: examples, 0..<features, unsaturated: unsaturated,
                unitMaxima: maxima.map { $0 + piece * units })
        }
        var tally = parts[0]
        for piece in 1..<max(1, pieces.count) { tally.add(parts[piece]) }
        if let maxima {
            tally.silent = 0
            for piece in 1..<max(1, pieces.count) {
                let others = maxima + piece * units
                VectorLoop.map(maxima, others, into: maxima, 0..<features) { VectorMath.select($1 .> $0, $1, $0) }
            }
            for unit in 0..<features where maxima[unit] <= 0 { tally.silent += 1 }
        }
        return (tally, counter.joined(pieces.count, scale))
    }
}
