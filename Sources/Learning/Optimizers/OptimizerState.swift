import Tensors

/// What an update rule remembers, PyTorch's `optimizer.state_dict()`; copy it into a twin to go back later.
///
/// Sendable unchecked: one trainer owns it.
package final class OptimizerState: @unchecked Sendable {
    /// PyTorch's names of the slots: `momentum_buffer`, `exp_avg`.
    package let names: [String]
    /// A flat buffer in the parameters' layout for each name.
    package let slots: [FloatBuffer]
    /// How many updates were done.
    package var updateCount = 0

    /// The memory of a rule that has made no update yet.
    package init(_ specification: OptimizerSpecification, layout: ParameterLayout) {
        names = specification.slotNames
        slots = names.map { _ in FloatBuffer(count: layout.count) }
    }

    /// A twin with memory of its own and the same content.
    package init(twinOf other: OptimizerState) {
        names = other.names
        slots = other.slots.map { FloatBuffer(count: $0.count) }
        copy(from: other)
    }

    /// Takes over everything from the state of a rule with the same slots. Allocates nothing.
    package func copy(from other: OptimizerState) {
        for index in slots.indices { slots[index].copy(from: other.slots[index]) }
        updateCount = other.updateCount
    }

    /// Forgets what it remembers of some weights; updates stay counted.
    package func forget(_ weights: [Range<Int>]) {
        for slot in slots {
            for range in weights { (slot.pointer + range.lowerBound).update(repeating: 0, count: range.count) }
        }
    }

    /// Forgets everything, as if no update had been done.
    package func reset() {
        for slot in slots { slot.fill(0) }
        updateCount = 0
    }
}
