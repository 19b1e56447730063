import Tensors

/// An update rule with what it remembers about each weight.
///
/// `state` is all it remembers: copy it to go back in time. Sendable unchecked: one trainer owns it.
package final class Optimizer: @unchecked Sendable {
    /// The rule and its options.
    package private(set) var specification: OptimizerSpecification
    /// The rule and what each step asks of it, taken out once: to open the specification makes a copy on the heap.
    private(set) var options: any OptimizerOptions
    /// PyTorch's `weight_decay`, 0 for none.
    package private(set) var weightDecay: Double
    let decayIsPenalty: Bool
    /// How the parameters are cut for the threads.
    package private(set) var pieces: SegmentPieces
    /// Where each parameter lies.
    package var layout: ParameterLayout { pieces.layout }
    /// What it remembers about each weight, and how many updates were done.
    package let state: OptimizerState

    /// Sums of each chunk of the last step.
    let sums: UnsafeMutableBufferPointer<ChunkSums>

    /// A rule before its first update, or where it goes on; traps where the specification has a `problem`.
    /// - Parameter state: what it remembers of updates before; nil begins anew.
    package init(_ specification: OptimizerSpecification, layout: ParameterLayout, state: OptimizerState? = nil) {
        if let problem = specification.problem { preconditionFailure("\(specification.name): \(problem)") }
        self.specification = specification
        options = specification.options
        (weightDecay, decayIsPenalty) = (options.weightDecay, options.decayIsPenalty)
        pieces = SegmentPieces(layout)
        self.state = state ?? OptimizerState(specification, layout: layout)
        sums = .allocate(capacity: pieces.chunks.count)
        sums.initialize(repeating: ChunkSums())
    }

    deinit { sums.deallocate() }

    /// Flat buffers in the parameters' layout, in the order of the rule's slots.
    package var slots: [FloatBuffer] { state.slots }

    /// How many updates were done.
    package var updateCount: Int {
        get { state.updateCount }
        set { state.updateCount = newValue }
    }

    /// Goes on with other options of the same rule and what it remembers; traps where that is not what these options remember.
    /// - Parameter frozen: the layers that are not updated, by their names.
    package func adopt(_ specification: OptimizerSpecification, frozen: Set<String> = []) {
        precondition(
            specification.slotNames == state.names && specification.problem == nil,
            "\(specification.name) cannot go on with \(state.names)")
        self.specification = specification
        options = specification.options
        weightDecay = options.weightDecay
        pieces.freeze(frozen)
    }

    /// Forgets everything, as if no update had been done.
    package func reset() { state.reset() }
}

/// Sums of squares over one chunk.
struct ChunkSums {
    var norms = SegmentNorms()
    /// Of the weights before the update.
    var weightsBefore = 0.0
}
