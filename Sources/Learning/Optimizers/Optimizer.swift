import Tensors

/// An update rule with what it remembers about each weight.
///
/// `slots` and `updateCount` are its whole state: copy them to go back in time. Sendable unchecked: one trainer owns it.
package final class Optimizer: @unchecked Sendable {
    /// The rule and its options.
    package let specification: OptimizerSpecification
    /// How the parameters are cut for the threads.
    package let pieces: SegmentPieces
    /// Where each parameter lies.
    package var layout: ParameterLayout { pieces.layout }
    /// Flat buffers in the parameters' layout: momentum; or mean and mean square; or mean square, momentum and mean.
    package let slots: [FloatBuffer]
    /// How many updates were done.
    package var updateCount = 0

    /// Sums of each chunk of the last step.
    let sums: UnsafeMutableBufferPointer<ChunkSums>

    /// A rule before its first update; traps where the specification has a `problem`.
    package init(_ specification: OptimizerSpecification, layout: ParameterLayout) {
        if let problem = specification.problem { preconditionFailure("\(specification.name): \(problem)") }
        self.specification = specification
        pieces = SegmentPieces(layout)
        slots = (0..<specification.slotCount).map { _ in FloatBuffer(count: layout.count) }
        sums = .allocate(capacity: pieces.chunks.count)
        sums.initialize(repeating: ChunkSums())
    }

    deinit { sums.deallocate() }

    /// Forgets everything, as if no update had been done.
    package func reset() {
        for slot in slots { slot.fill(0) }
        updateCount = 0
    }
}

/// Sums of squares over one chunk.
struct ChunkSums {
    var norms = SegmentNorms()
    /// Of the weights before the update.
    var weightsBefore = 0.0
}
