/// How a loop is cut for the worker pool: by its shape alone, never by the number of threads, so that the same numbers
/// come out whoever computes them.
package struct KernelPieces: Sendable {
    /// One number for each piece, on the stack.
    package typealias PartialSums<Number> = InlineArray<8, Number>
    /// At most so many pieces are cut unless more are asked for, which bounds partial sums and their memory.
    package static let most = PartialSums<Double>.count
    /// The most where nothing is summed: the smaller the last piece, the shorter the threads wait for one another.
    package static let mostWithoutSums = 32

    /// How many pieces there are: 1 at least.
    package let count: Int
    /// How many iterations there are.
    package let total: Int
    private let unit: Int

    /// Cuts `total` iterations into equal pieces whose bounds are multiples of `unit`.
    ///
    /// - Parameters:
    ///   - costs: Cost of one iteration, in multiply-adds or element visits.
    ///   - atLeast: A piece is worth at least that much, since handing it out costs about a microsecond.
    ///   - most: Upper bound of the pieces.
    package init(_ total: Int, unit: Int = 1, costs: Int = 1, atLeast: Int = 8_192, most: Int = Self.most) {
        self.total = total
        let units = (total + unit - 1) / unit
        let worthwhile = max(1, total * max(1, costs) / atLeast)
        let wanted = max(1, min(most, worthwhile, units))
        let unitsEach = max(1, (units + wanted - 1) / wanted)
        self.unit = unitsEach * unit
        count = max(1, (units + unitsEach - 1) / unitsEach)
    }

    /// The iterations of one piece.
    package func range(_ piece: Int) -> Range<Int> {
        min(total, piece * unit)..<min(total, (piece + 1) * unit)
    }
}
