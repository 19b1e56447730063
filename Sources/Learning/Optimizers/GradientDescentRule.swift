import Fields
import Tensors

/// `torch.optim.SGD`: Nesterov's form needs a momentum and no dampening.
package struct SGD: OptimizerOptions {
    /// The base of the schedule, above 0.
    package var learningRate: Double
    /// The share of the last step that goes on, 0..<1.
    package var momentum: Double
    /// The share of a gradient that momentum leaves out, from the second step on; finite.
    package var dampening: Double
    /// Whether the step looks ahead along the momentum (Nesterov's form).
    package var nesterov: Bool
    /// The L2 penalty, at least 0: this times the weight joins its gradient.
    package var weightDecay: Double

    package init(
        learningRate: Double = 1e-3, momentum: Double = 0, dampening: Double = 0, nesterov: Bool = false,
        weightDecay: Double = 0
    ) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.dampening = dampening
        self.nesterov = nesterov
        self.weightDecay = weightDecay
    }

    package init() { self.init(learningRate: 1e-3) }

    package static let word = "sgd"
    package static let meaning = "stochastic gradient descent with momentum, as torch.optim.SGD"
    package static let example = "{ sgd: { learningRate: 0.1, momentum: 0.9 } }"
    package static let fields: [Field<SGD>] = [
        .learningRate(\.learningRate),
        .weightDecay(\.weightDecay),
        Field("momentum", \.momentum, .number(.within(0..<1)), "the share of the steps so far that goes on"),
        Field(
            "dampening", \.dampening, .number(.within(-1e6...1e6)), "the share of a gradient that momentum leaves out"),
        Field("nesterov", \.nesterov, .flag, "Nesterov's form: needs a momentum and no dampening"),
    ]

    package var problem: String? {
        if !dampening.isFinite { return "dampening must be a finite number" }
        if nesterov, momentum == 0 || dampening != 0 {
            return "nesterov needs a momentum above 0 and a dampening of 0"
        }
        return Self.problem(finite: ["weightDecay": weightDecay, "momentum": momentum])
    }

    var slotNames: [String] { momentum == 0 ? [] : ["momentum_buffer"] }

    func update(_ pass: UpdatePass, rate: Double, after updates: Int, _ pool: WorkerPool) {
        let share = updates == 0 ? 1 : 1 - dampening
        pass.run(
            GradientDescentRule(
                rate: Float(rate), momentum: Float(momentum), share: Float(share), nesterov: nesterov), pool)
    }
}

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
