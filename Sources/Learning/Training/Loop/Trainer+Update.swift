import NeuralNetworks
import Optimizers
import Plans
import Tensors

extension Trainer {
    /// A step that would move weights by less than this stays finite, whatever the rule remembers.
    private static let harmless = 1e15

    /// Makes the update; where it would make anything infinite, takes it back and says false.
    ///
    /// A finite gradient times a huge rate can overflow single precision. Looking at every number costs as much as a
    /// plain update does, so it is done only once an update came near to it.
    func update(rate: Double, gradientNorm: Double, measures: Bool) -> Bool {
        let size = max(1, gradientNorm) * max(1, rate)
        // Decay alone makes weights grow without bound where rate x decay is large.
        if size > Self.harmless || rate * plan.optimizer.weightDecay > 1 { mayOverflow = true }
        let before = mayOverflow ? savedState() : nil
        penalty = optimizer.step(
            parameters: network.parameters, gradients: network.gradients, learningRate: rate,
            gradientScale: plan.gradientClipping?.scale(norm: gradientNorm) ?? 1, pool: material.pool,
            norms: measures ? norms.baseAddress : nil)
        state.updateCount = optimizer.updateCount
        guard let before, !state.isFinite else { return true }
        state.copy(from: before)
        optimizer.updateCount = state.updateCount
        return false
    }

    /// A copy of the state, in memory that is used again.
    private func savedState() -> TrainingState {
        guard let saved = stateBeforeUpdate else {
            let saved = TrainingState(twinOf: state)
            stateBeforeUpdate = saved
            return saved
        }
        saved.copy(from: state)
        return saved
    }
}

extension TrainingState {
    /// Whether every weight, running statistic and slot is a finite number.
    var isFinite: Bool { parameters.isFinite && buffers.isFinite && slots.allSatisfy(\.isFinite) }
}

extension FloatBuffer {
    /// Whether every number is finite.
    var isFinite: Bool {
        // The largest exponent of all; written so that it becomes vector instructions.
        var exponent: UInt32 = 0
        for value in values { exponent = max(exponent, value.bitPattern & 0x7F80_0000) }
        return exponent != 0x7F80_0000
    }
}
