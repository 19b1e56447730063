import Tensors

extension RecurrentNode {
    /// One step of one example: `gates` from sums to activated ones, and the new state into `target`.
    ///
    /// - Parameter row: The example times the length, plus the time.
    func step(_ row: Int, isFirst: Bool, into target: UnsafeMutablePointer<Float>) {
        let (units, gate) = (units, gates.pointer + row * width)
        switch cell {
        case .tanh: VectorLoop.map(gate, into: gate, 0..<units) { VectorMath.tanh($0) }
        case .relu: VectorLoop.map(gate, into: gate, 0..<units) { VectorMath.select($0 .< 0, 0, $0) }
        case .lstm:
            VectorLoop.map(gate, into: gate, 0..<2 * units) { VectorMath.sigmoid($0) }
            VectorLoop.map(gate, into: gate, 2 * units..<3 * units) { VectorMath.tanh($0) }
            VectorLoop.map(gate, into: gate, 3 * units..<4 * units) { VectorMath.sigmoid($0) }
            let memory = cells.pointer + row * units
            VectorLoop.map(gate, gate + 2 * units, into: memory, 0..<units) { $0 * $1 }
            if !isFirst {
                let before = memory - units
                VectorLoop.map(gate + units, before, into: target, 0..<units) { $0 * $1 }
                VectorLoop.map(memory, target, into: memory, 0..<units) { $0 + $1 }
            }
            VectorLoop.map(gate + 3 * units, memory, into: target, 0..<units) { $0 * VectorMath.tanh($1) }
            return
        }
        target.update(from: gate, count: units)
    }

    /// The same step backwards: from the gradient of the state to those of the gates' sums, in place of the gates.
    func stepBack(_ row: Int, _ example: Int, isFirst: Bool) {
        let (units, gate) = (units, gates.pointer + row * width)
        let state = stateGradient.pointer + example * units
        switch cell {
        case .tanh: VectorLoop.map(gate, state, into: gate, 0..<units) { h, dh in dh * (1 - h * h) }
        case .relu:
            VectorLoop.map(gate, state, into: gate, 0..<units) { h, dh in VectorMath.select(h .<= 0, 0, dh) }
        case .lstm:
            let memory = cells.pointer + row * units
            let kept = cellGradient.pointer + example * units
            for index in stride(from: 0, to: units, by: 16) {
                let lanes = min(16, units - index)
                let (i, f) = (gate.lanes(index, lanes), gate.lanes(units + index, lanes))
                let (g, o) = (gate.lanes(2 * units + index, lanes), gate.lanes(3 * units + index, lanes))
                let before = isFirst ? FloatVector() : (memory - units).lanes(index, lanes)
                let squashed = VectorMath.tanh(memory.lanes(index, lanes))
                let dh = state.lanes(index, lanes)
                let dc = VectorMath.fma(dh * o, 1 - squashed * squashed, kept.lanes(index, lanes))
                kept.setLanes(dc * f, at: index, count: lanes)
                gate.setLanes(dc * g * (i * (1 - i)), at: index, count: lanes)
                gate.setLanes(dc * before * (f * (1 - f)), at: units + index, count: lanes)
                gate.setLanes(dc * i * (1 - g * g), at: 2 * units + index, count: lanes)
                gate.setLanes(dh * squashed * (o * (1 - o)), at: 3 * units + index, count: lanes)
            }
        }
    }
}

extension UnsafeMutablePointer where Pointee == Float {
    @inline(__always)
    fileprivate func lanes(_ index: Int, _ count: Int) -> FloatVector {
        UnsafePointer(self).lanes(at: index, count: count)
    }
}
