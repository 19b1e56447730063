import Fields
import Tensors

/// A bound on gradients before the update.
package enum GradientClipping: Hashable, Sendable {
    /// Scales all gradients alike so that their common norm is at most this (`clip_grad_norm_`).
    case norm(Double)
    /// Cuts each number to -max...max (`clip_grad_value_`).
    case value(Double)

    /// The bound.
    package var most: Double {
        switch self {
        case .norm(let most), .value(let most): most
        }
    }

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

extension GradientClipping: Alternatives {
    package static let alternatives: [Alternative<GradientClipping>] = [
        Alternative { (bound: NormBound) in .norm(bound.most) },
        Alternative { (bound: ValueBound) in .value(bound.most) },
    ]

    package var chosen: any Written {
        switch self {
        case .norm(let most): NormBound(most: most)
        case .value(let most): ValueBound(most: most)
        }
    }

    private struct NormBound: Written {
        var most = 1.0
        static let word = "norm"
        static let meaning = "scales all gradients alike so that their common norm is at most this"
        static let example = "{ norm: 1 }"
        static let needs: String? = "its limit: { norm: 1 }"
        static let brevity = Brevity.bare
        static let fields: [Field<NormBound>] = [
            Field("most", \.most, .number(.positive), "the largest norm").required.main
        ]
    }

    private struct ValueBound: Written {
        var most = 1.0
        static let word = "value"
        static let meaning = "cuts each gradient to plus or minus this"
        static let example = "{ value: 0.5 }"
        static let needs: String? = "its limit: { norm: 1 }"
        static let brevity = Brevity.bare
        static let fields: [Field<ValueBound>] = [
            Field("most", \.most, .number(.positive), "the largest value").required.main
        ]
    }
}
