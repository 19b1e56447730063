import Foundation

/// Adam and AdamW as in `torch.optim`.
///
/// m += (1 - beta1)(g - m); v = beta2 v + (1 - beta2) g^2;
/// w -= rate / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon). Adam adds decay w to g, AdamW first multiplies
/// w by 1 - rate decay.
struct AdamRule: UpdateRule {
    private let rate: Float
    private let stepSize: Float
    private let inverseRootCorrection: Float
    private let firstShare: Float
    private let secondKept: Float
    private let secondShare: Float
    private let epsilon: Float
    private let isDecoupled: Bool

    var slotCount: Int { 2 }

    /// - Parameter update: The number of this update, from 1.
    init(rate: Double, beta1: Double, beta2: Double, epsilon: Double, isDecoupled: Bool, update: Int) {
        self.rate = Float(rate)
        stepSize = Float(rate / (1 - pow(beta1, Double(update))))
        inverseRootCorrection = Float(1 / (1 - pow(beta2, Double(update))).squareRoot())
        firstShare = Float(1 - beta1)
        secondKept = Float(beta2)
        secondShare = Float(1 - beta2)
        self.epsilon = Float(epsilon)
        self.isDecoupled = isDecoupled
    }

    @inline(__always)
    func updated(_ weights: Lanes, gradient: Lanes, decay: Lanes, slots: inout SlotLanes) -> Lanes {
        var (weights, gradient) = (weights, gradient)
        if isDecoupled {
            weights *= Lanes(repeating: 1) - Lanes(repeating: rate) * decay
        } else {
            gradient += decay * weights
        }
        slots.first += Lanes(repeating: firstShare) * (gradient - slots.first)
        slots.second =
            Lanes(repeating: secondKept) * slots.second + Lanes(repeating: secondShare) * (gradient * gradient)
        let scale = slots.second.root() * Lanes(repeating: inverseRootCorrection) + Lanes(repeating: epsilon)
        return weights - Lanes(repeating: stepSize) * slots.first / scale
    }
}
