import Fields
import Tensors

/// `torch.optim.RMSprop`; centered divides by the estimated standard deviation instead of the root mean square.
package struct RMSprop: OptimizerOptions {
    /// The base of the schedule, above 0.
    package var learningRate: Double
    /// How much of the mean of squares is kept, 0..<1: 1 would divide by epsilon alone.
    package var alpha: Double
    /// What is added to the root that a step is divided by, above 0.
    package var epsilon: Double
    /// The share of the steps so far that goes on, 0..<1.
    package var momentum: Double
    /// Whether the mean of the gradients is taken off, which leaves their variance under the root.
    package var centered: Bool
    /// The L2 penalty, at least 0: this times the weight joins its gradient.
    package var weightDecay: Double

    package init(
        learningRate: Double = 1e-2, alpha: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0,
        centered: Bool = false, weightDecay: Double = 0
    ) {
        self.learningRate = learningRate
        self.alpha = alpha
        self.epsilon = epsilon
        self.momentum = momentum
        self.centered = centered
        self.weightDecay = weightDecay
    }

    package init() { self.init(learningRate: 1e-2) }

    package static let word = "rmsprop"
    package static let meaning = "RMSprop: steps divided by the root of the mean square of the gradients"
    package static let example = "{ rmsprop: 1e-2 }"
    package static let fields: [Field<RMSprop>] = [
        .learningRate(\.learningRate),
        .weightDecay(\.weightDecay),
        Field("alpha", \.alpha, .number(.within(0..<1)), "how much of the mean of the squares is kept"),
        .epsilon(\.epsilon),
        Field("momentum", \.momentum, .number(.within(0..<1)), "the share of the steps so far that goes on"),
        Field("centered", \.centered, .flag, "whether the mean of the gradients is taken off"),
    ]

    package var problem: String? {
        Self.problem(
            finite: ["weightDecay": weightDecay, "epsilon": epsilon, "momentum": momentum], belowOne: ["alpha": alpha])
    }

    var slotNames: [String] {
        ["square_avg"] + (momentum == 0 ? [] : ["momentum_buffer"]) + (centered ? ["grad_avg"] : [])
    }

    func update(_ pass: UpdatePass, rate: Double, after updates: Int, _ pool: WorkerPool) {
        pass.run(
            RMSPropRule(
                rate: Float(rate), kept: Float(alpha), share: Float(1 - alpha), epsilon: Float(epsilon),
                momentum: Float(momentum), isCentered: centered), pool)
    }
}

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
