import Tensors

extension Optimizer {
    /// Updates the weights in one pass and returns the penalty: weightDecay / 2 times the sum of the squares of the
    /// decayed weights before the update, which belongs to the loss that the gradients came from (0 for adamW, whose
    /// decay is no gradient of a term).
    ///
    /// The same bits come out with any number of threads.
    /// - Parameters:
    ///   - gradientScale: What gradients are multiplied by on the way: the factor of clipping.
    ///   - norms: Where to put the sums of squares, one for each segment, or nil.
    @discardableResult
    package func step(
        parameters: FloatBuffer, gradients: FloatBuffer, learningRate: Double, gradientScale: Float = 1,
        pool: WorkerPool, norms: UnsafeMutablePointer<SegmentNorms>? = nil
    ) -> Double {
        precondition(
            parameters.count == layout.count && gradients.count == layout.count,
            "the optimizer's layout holds \(layout.count) numbers, not \(parameters.count) and \(gradients.count)")
        let pass = UpdatePass(
            pieces: pieces, weights: parameters.pointer, gradients: gradients.pointer,
            slots: (slot(0), slot(1), slot(2)),
            scale: gradientScale, decay: Float(weightDecay), isMeasuring: norms != nil, sums: sums)
        options.update(pass, rate: learningRate, after: updateCount, pool)
        updateCount += 1
        if let norms { collect(into: norms) }
        return penalty(of: sums)
    }

    /// The penalty without an update: weightDecay / 2 times the sum of the squares of the decayed weights.
    package func penalty(parameters: FloatBuffer, pool: WorkerPool) -> Double {
        guard weightDecay != 0, decayIsPenalty else { return 0 }
        pieces.forEachChunk(pool) { [sums] index, chunk in
            sums[index].weightsBefore = SquareSum.of(parameters.pointer, chunk.range)
        }
        return penalty(of: sums)
    }

    private func slot(_ index: Int) -> UnsafeMutablePointer<Float>? {
        index < slots.count ? slots[index].pointer : nil
    }

    private func penalty(of sums: UnsafeMutableBufferPointer<ChunkSums>) -> Double {
        guard weightDecay != 0, decayIsPenalty else { return 0 }
        var total = 0.0
        for (index, chunk) in pieces.chunks.enumerated() {
            let segment = layout.segments[chunk.segment]
            if segment.decays, !segment.isFrozen { total += sums[index].weightsBefore }
        }
        return weightDecay / 2 * total
    }

    /// Adds the chunks of each segment up, in the order of memory.
    private func collect(into norms: UnsafeMutablePointer<SegmentNorms>) {
        norms.update(repeating: SegmentNorms(), count: layout.segments.count)
        for (index, chunk) in pieces.chunks.enumerated() {
            norms[chunk.segment].weights += sums[index].norms.weights
            norms[chunk.segment].update += sums[index].norms.update
            norms[chunk.segment].gradient += sums[index].norms.gradient
        }
    }
}
