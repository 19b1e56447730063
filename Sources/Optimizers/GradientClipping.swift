import Tensors

/// A bound on gradients before the update.
package enum GradientClipping: Hashable, Sendable {
    /// Scales all gradients alike so that their common norm is at most this (`clip_grad_norm_`).
    case norm(Double)
    /// Cuts each number to -max...max (`clip_grad_value_`).
    case value(Double)

    /// What to multiply gradients of a norm by: max / (norm + 1e-6), at most 1; 1 for a bound on values.
    package func scale(norm: Double) -> Float {
        switch self {
        case .norm(let most): Float(min(1, most / (norm + 1e-6)))
        case .value: 1
        }
    }

    /// Cuts the values in place; nothing to do for a bound on the norm, whose factor the optimizer applies.
    package func clipValues(_ gradients: FloatBuffer, pieces: SegmentPieces, pool: WorkerPool) {
        guard case .value(let most) = self else { return }
        let bound = Float(most)
        precondition(bound >= 0, "a bound on gradients must be at least 0, not \(most)")
        pieces.forEachChunk(pool) { _, chunk in
            for position in stride(from: chunk.range.lowerBound, to: chunk.range.upperBound, by: Lanes.scalarCount) {
                var values = Lanes.load(gradients.pointer, position)
                // Not `clamped`, which would hide a NaN behind the bound.
                values.replace(with: bound, where: values .> bound)
                values.replace(with: -bound, where: values .< -bound)
                values.store(gradients.pointer, position)
            }
        }
    }
}
