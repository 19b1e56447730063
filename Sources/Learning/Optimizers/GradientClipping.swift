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
    /// - Returns: whether a value of a learned tensor lay beyond the bound.
    @discardableResult
    package func clipValues(_ gradients: FloatBuffer, pieces: SegmentPieces, pool: WorkerPool) -> Bool {
        guard case .value(let most) = self else { return false }
        let bound = Float(most)
        precondition(bound >= 0, "a bound on gradients must be at least 0, not \(most)")
        return withUnsafeTemporaryAllocation(of: Bool.self, capacity: max(1, pieces.chunks.count)) { isCut in
            let pointer = isCut.baseAddress!
            pieces.forEachChunk(pool) { index, chunk in
                let isFrozen = pieces.layout.segments[chunk.segment].isFrozen
                (pointer + index).initialize(to: Self.cut(gradients, chunk.range, to: bound) && !isFrozen)
            }
            return isCut.prefix(pieces.chunks.count).contains(true)
        }
    }

    /// Cuts the values at positions on registers' boundaries and says whether there was anything to cut.
    private static func cut(_ gradients: FloatBuffer, _ range: Range<Int>, to bound: Float) -> Bool {
        var isBeyond = SIMDMask<SIMD16<Int32>>(repeating: false)
        for position in stride(from: range.lowerBound, to: range.upperBound, by: Lanes.scalarCount) {
            var values = Lanes.load(gradients.pointer, position)
            let (above, below) = (values .> bound, values .< -bound)
            isBeyond = isBeyond .| above .| below
            // Not `clamped`, which would hide a NaN behind the bound.
            values.replace(with: bound, where: above)
            values.replace(with: -bound, where: below)
            values.store(gradients.pointer, position)
        }
        return isBeyond != SIMDMask(repeating: false)
    }
}
