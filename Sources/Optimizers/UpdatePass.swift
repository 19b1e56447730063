import Tensors

/// One walk over all weights: loads a register of weights, gradients and slots, applies the rule, stores, and adds up.
struct UpdatePass {
    let pieces: SegmentPieces
    let weights: UnsafeMutablePointer<Float>
    let gradients: UnsafeMutablePointer<Float>
    /// As many as the rule has are used.
    let slots: (UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?)
    let scale: Float
    let decay: Float
    let isMeasuring: Bool
    let sums: UnsafeMutableBufferPointer<ChunkSums>

    func run(_ rule: some UpdateRule, _ pool: WorkerPool) {
        pieces.forEachChunk(pool) { index, chunk in
            let segment = pieces.layout.segments[chunk.segment]
            if segment.isFrozen {
                sums[index] = measure(chunk.range)
            } else {
                sums[index] = update(chunk.range, rule, decay: segment.decays ? decay : 0)
            }
        }
    }

    /// What a frozen chunk adds to the norms.
    private func measure(_ range: Range<Int>) -> ChunkSums {
        guard isMeasuring else { return ChunkSums() }
        let squares = SquareSum.of(weights, range)
        return ChunkSums(
            norms: SegmentNorms(weights: squares, gradient: SquareSum.of(gradients, range)), weightsBefore: squares)
    }

    private func update(_ range: Range<Int>, _ rule: some UpdateRule, decay: Float) -> ChunkSums {
        var (before, after, change, gradient) = (SquareSum(), SquareSum(), SquareSum(), SquareSum())
        let needsPenalty = decay != 0
        for position in stride(from: range.lowerBound, to: range.upperBound, by: Lanes.scalarCount) {
            // The last register reaches into the gap, which stays zero whatever the rule does to zeros.
            let left = range.upperBound - position
            let isWhole = left >= Lanes.scalarCount
            let old = Lanes.load(weights, position)
            let raw = Lanes.load(gradients, position)
            var state = SlotLanes()
            if rule.slotCount > 0 { state.first = .load(slots.0!, position) }
            if rule.slotCount > 1 { state.second = .load(slots.1!, position) }
            if rule.slotCount > 2 { state.third = .load(slots.2!, position) }
            var new = rule.updated(old, gradient: scale * raw, decay: decay, slots: &state)
            if !isWhole {
                new.clear(from: left)
                state.first.clear(from: left)
                state.second.clear(from: left)
                state.third.clear(from: left)
            }
            new.store(weights, position)
            if rule.slotCount > 0 { state.first.store(slots.0!, position) }
            if rule.slotCount > 1 { state.second.store(slots.1!, position) }
            if rule.slotCount > 2 { state.third.store(slots.2!, position) }
            if needsPenalty { before.add(old) }
            if isMeasuring {
                after.add(new)
                change.add(new - old)
                gradient.add(raw)
            }
        }
        return ChunkSums(
            norms: SegmentNorms(weights: after.total, update: change.total, gradient: gradient.total),
            weightsBefore: before.total)
    }
}

extension Lanes {
    @inline(__always)
    static func load(_ pointer: UnsafePointer<Float>, _ position: Int) -> Self {
        UnsafeRawPointer(pointer + position).loadUnaligned(as: Self.self)
    }

    @inline(__always)
    func store(_ pointer: UnsafeMutablePointer<Float>, _ position: Int) {
        UnsafeMutableRawPointer(pointer + position).storeBytes(of: self, as: Self.self)
    }

    /// Sets the lanes from `count` on to 0; by a mask, since a variable index would send all vectors through memory.
    @inline(__always)
    mutating func clear(from count: Int) {
        let lanes = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        replace(with: 0, where: lanes .>= SIMD16<Int32>(repeating: Int32(truncatingIfNeeded: count)))
    }
}
