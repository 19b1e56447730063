import Tensors

/// The length of the gradient over all learned tensors; frozen ones have no part in it.
package struct GradientNorm: Hashable, Sendable {
    /// The Euclidean norm, added up in double precision.
    package let value: Double
    /// Index of the first segment in whose gradient something is not finite.
    package let nonFiniteSegment: Int?

    /// Whether every number of every learned tensor's gradient is finite.
    package var isFinite: Bool { nonFiniteSegment == nil }

    /// Measures a flat buffer of gradients; the same bits come out with any number of threads.
    package static func total(_ gradients: FloatBuffer, pieces: SegmentPieces, pool: WorkerPool) -> GradientNorm {
        precondition(
            gradients.count == pieces.layout.count,
            "the layout holds \(pieces.layout.count) numbers, not \(gradients.count)")
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, pieces.chunks.count)) { sums in
            let pointer = sums.baseAddress!
            pieces.forEachChunk(pool) { index, chunk in
                let isFrozen = pieces.layout.segments[chunk.segment].isFrozen
                (pointer + index).initialize(to: isFrozen ? 0 : SquareSum.of(gradients.pointer, chunk.range))
            }
            var total = 0.0
            var nonFinite: Int?
            for (index, chunk) in pieces.chunks.enumerated() {
                // The square of a finite Float is a finite Double, and so are sums of them.
                if nonFinite == nil, !sums[index].isFinite { nonFinite = chunk.segment }
                total += sums[index]
            }
            return GradientNorm(value: total.squareRoot(), nonFiniteSegment: nonFinite)
        }
    }
}
