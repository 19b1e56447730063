import Fields
import Tensors

/// `torch.optim.Adagrad` (Duchi and others 2011).
package struct Adagrad: OptimizerOptions {
    /// The base of the schedule, above 0.
    package var learningRate: Double
    /// How fast the rate falls: rate / (1 + updates x this).
    package var learningRateDecay: Double
    /// What is added to the root that a step is divided by, above 0.
    package var epsilon: Double
    /// The L2 penalty, at least 0: this times the weight joins its gradient.
    package var weightDecay: Double

    package init(
        learningRate: Double = 1e-2, learningRateDecay: Double = 0, epsilon: Double = 1e-10, weightDecay: Double = 0
    ) {
        self.learningRate = learningRate
        self.learningRateDecay = learningRateDecay
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    package init() { self.init(learningRate: 1e-2) }

    package static let word = "adagrad"
    package static let meaning = "Adagrad: steps divided by the root of the sum of the squared gradients"
    package static let example = "{ adagrad: 1e-2 }"
    package static let fields: [Field<Adagrad>] = [
        .learningRate(\.learningRate),
        .weightDecay(\.weightDecay),
        Field(
            "learningRateDecay", \.learningRateDecay, .number(.within(0...1e6)),
            "how fast the rate falls: rate / (1 + updates x this)"),
        .epsilon(\.epsilon),
    ]

    package var problem: String? {
        Self.problem(
            finite: ["weightDecay": weightDecay, "learningRateDecay": learningRateDecay, "epsilon": epsilon])
    }

    var slotNames: [String] { ["sum"] }

    func update(_ pass: UpdatePass, rate: Double, after updates: Int, _ pool: WorkerPool) {
        let decayed = rate / (1 + Double(updates) * learningRateDecay)
        pass.run(AdagradRule(rate: Float(decayed), epsilon: Float(epsilon)), pool)
    }
}

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
