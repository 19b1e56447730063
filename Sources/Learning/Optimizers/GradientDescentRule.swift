/// Stochastic gradient descent with momentum as in `torch.optim.SGD`.
///
/// g += decay w; b = momentum b + (1 - dampening) g, and b = g in the first step; Nesterov uses g + momentum b, else b.
struct GradientDescentRule: UpdateRule {
    let rate: Float
    let momentum: Float
    /// 1 - dampening, and 1 in the first step.
    let share: Float
    let nesterov: Bool

    var slotCount: Int { momentum == 0 ? 0 : 1 }

    @inline(__always)
    func updated(_ weights: Lanes, gradient: Lanes, decay: Lanes, slots: inout SlotLanes) -> Lanes {
        var gradient = gradient + decay * weights
        if momentum != 0 {
            slots.first = Lanes(repeating: momentum) * slots.first + Lanes(repeating: share) * gradient
            gradient = nesterov ? gradient + Lanes(repeating: momentum) * slots.first : slots.first
        }
        return weights - Lanes(repeating: rate) * gradient
    }
}
