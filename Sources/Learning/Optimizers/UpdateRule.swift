/// As many weights as one vector register holds.
typealias Lanes = SIMD16<Float>

/// How one rule turns weights and gradients into new weights; its numbers hold for one step.
protocol UpdateRule {
    var slotCount: Int { get }

    /// The new weights; `slots` are read and brought up to date.
    ///
    /// - Parameter decay: The weight decay in every lane, or 0 where it does not apply.
    func updated(_ weights: Lanes, gradient: Lanes, decay: Lanes, slots: inout SlotLanes) -> Lanes
}

/// What a rule remembers about the weights of one register.
struct SlotLanes {
    var first = Lanes()
    var second = Lanes()
    var third = Lanes()
}
