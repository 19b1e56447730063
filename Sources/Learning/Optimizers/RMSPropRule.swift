/// RMSprop as in `torch.optim.RMSprop`.
///
/// v = alpha v + (1 - alpha) g^2; centered also a += (1 - alpha)(g - a) and takes v - a^2; u = g / (sqrt(v) + epsilon);
/// with momentum b = momentum b + u; w -= rate b. Slots in this order: v, then b and a where they exist.
struct RMSPropRule: UpdateRule {
    let rate: Float
    let kept: Float
    let share: Float
    let epsilon: Float
    let momentum: Float
    let isCentered: Bool

    var slotCount: Int { 1 + (momentum == 0 ? 0 : 1) + (isCentered ? 1 : 0) }

    @inline(__always)
    func updated(_ weights: Lanes, gradient: Lanes, decay: Lanes, slots: inout SlotLanes) -> Lanes {
        let gradient = gradient + decay * weights
        slots.first = Lanes(repeating: kept) * slots.first + Lanes(repeating: share) * (gradient * gradient)
        var variance = slots.first
        if isCentered {
            var mean = momentum == 0 ? slots.second : slots.third
            mean += Lanes(repeating: share) * (gradient - mean)
            if momentum == 0 { slots.second = mean } else { slots.third = mean }
            // Rounding can take the difference below 0, whose root is no number.
            variance = variance - mean * mean
            variance.replace(with: 0, where: variance .< 0)
            variance.replace(with: .infinity, where: slots.first .== .infinity)
        }
        var change = gradient / (variance.root() + Lanes(repeating: epsilon))
        if momentum != 0 {
            slots.second = Lanes(repeating: momentum) * slots.second + change
            change = slots.second
        }
        return weights - Lanes(repeating: rate) * change
    }
}
