/// Adagrad as in `torch.optim.Adagrad`.
///
/// s += g^2; w -= rate / (1 + (t - 1) decay) g / (sqrt(s) + epsilon).
struct AdagradRule: UpdateRule {
    let rate: Float
    let epsilon: Float

    var slotCount: Int { 1 }

    @inline(__always)
    func updated(_ weights: Lanes, gradient: Lanes, decay: Lanes, slots: inout SlotLanes) -> Lanes {
        let gradient = gradient + decay * weights
        slots.first += gradient * gradient
        return weights - Lanes(repeating: rate) * gradient / (slots.first.root() + Lanes(repeating: epsilon))
    }
}
