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
            let decay = segment.decays ? decay : 0
            sums[index] =
                if segment.isFrozen {
                    measure(chunk.range)
                } else if isMeasuring {
                    update(chunk.range, rule, decay: decay, isMeasuring: true, hasPenalty: true)
                } else if decay != 0 {
                    update(chunk.range, rule, decay: decay, isMeasuring: false, hasPenalty: true)
                } else {
                    update(chunk.range, rule, decay: decay, isMeasuring: false, hasPenalty: false)
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

    /// A loop of its own for each pair of flags, and without masks but for the last register.
    @inline(__always)
    private func update(
        _ range: Range<Int>, _ rule: some UpdateRule, decay: Float, isMeasuring: Bool, hasPenalty: Bool
    ) -> ChunkSums {
        var chunk = Sums()
        var position = range.lowerBound
        while position + Lanes.scalarCount <= range.upperBound {
            let result = update(position, rule, decay)
            store(result, position, rule)
            chunk.add(result, isMeasuring: isMeasuring, hasPenalty: hasPenalty)
            position += Lanes.scalarCount
        }
        if position < range.upperBound {
            // The last register reaches into the gap, which stays zero whatever the rule does to zeros.
            var result = update(position, rule, decay)
            let left = range.upperBound - position
            result.new.clear(from: left)
            result.state.first.clear(from: left)
            result.state.second.clear(from: left)
            result.state.third.clear(from: left)
            store(result, position, rule)
            chunk.add(result, isMeasuring: isMeasuring, hasPenalty: hasPenalty)
        }
        return ChunkSums(
            norms: SegmentNorms(
                weights: chunk.after.total, update: chunk.change.total, gradient: chunk.gradient.total),
            weightsBefore: chunk.before.total)
    }

    @inline(__always)
    private func update(_ position: Int, _ rule: some UpdateRule, _ decay: Float) -> Register {
        let old = Lanes.load(weights, position)
        let raw = Lanes.load(gradients, position)
        var state = SlotLanes()
        if rule.slotCount > 0 { state.first = .load(slots.0!, position) }
        if rule.slotCount > 1 { state.second = .load(slots.1!, position) }
        if rule.slotCount > 2 { state.third = .load(slots.2!, position) }
        let new = rule.updated(
            old, gradient: Lanes(repeating: scale) * raw, decay: Lanes(repeating: decay), slots: &state)
        return Register(old: old, raw: raw, new: new, state: state)
    }

    @inline(__always)
    private func store(_ result: Register, _ position: Int, _ rule: some UpdateRule) {
        result.new.store(weights, position)
        if rule.slotCount > 0 { result.state.first.store(slots.0!, position) }
        if rule.slotCount > 1 { result.state.second.store(slots.1!, position) }
        if rule.slotCount > 2 { result.state.third.store(slots.2!, position) }
    }

    /// One register of weights before and after, its gradient and what the rule remembers.
    private struct Register {
        let old: Lanes
        let raw: Lanes
        var new: Lanes
        var state: SlotLanes
    }

    private struct Sums {
        var before = SquareSum()
        var after = SquareSum()
        var change = SquareSum()
        var gradient = SquareSum()

        @inline(__always)
        mutating func add(_ register: Register, isMeasuring: Bool, hasPenalty: Bool) {
            if hasPenalty { before.add(register.old) }
            guard isMeasuring else { return }
            after.add(register.new)
            change.add(register.new - register.old)
            gradient.add(register.raw)
        }
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
