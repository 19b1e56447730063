import Fields
import Foundation
import Tensors

/// `torch.optim.Adam` (Kingma and Ba 2015); the decay is a term of the loss (L2).
package struct Adam: AdamOptions {
    /// The base of the schedule, above 0.
    package var learningRate: Double
    /// How much of the mean of gradients is kept, 0..<1.
    package var beta1: Double
    /// How much of the mean of their squares is kept, 0..<1.
    package var beta2: Double
    /// What is added to the root that a step is divided by, above 0.
    package var epsilon: Double
    /// The L2 penalty, at least 0: this times the weight joins its gradient.
    package var weightDecay: Double

    package init(
        learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    package init() { self.init(learningRate: 1e-3) }

    package static let word = "adam"
    package static let meaning = "Adam; the decay is a term of the loss"
    package static let example = "{ adam: 1e-3 }"
    package static let fields = adamFields(decay: .weightDecay(\.weightDecay))

    package var problem: String? { adamProblem }
}

/// `torch.optim.AdamW` (Loshchilov and Hutter 2019); the decay shrinks the weights directly.
package struct AdamW: AdamOptions {
    /// The base of the schedule, above 0.
    package var learningRate: Double
    /// How much of the mean of gradients is kept, 0..<1.
    package var beta1: Double
    /// How much of the mean of their squares is kept, 0..<1.
    package var beta2: Double
    /// What is added to the root that a step is divided by, above 0.
    package var epsilon: Double
    /// The share, times the rate, that weights shrink by in each step; at least 0.
    package var weightDecay: Double

    package init(
        learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0.01
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    package init() { self.init(learningRate: 1e-3) }

    package static let word = "adamW"
    package static let meaning = "Adam whose decay shrinks the weights directly"
    package static let example = "{ adamW: 1e-3 }"
    package static let fields = adamFields(
        decay: .weightDecay(\.weightDecay, "the share, times the rate, that weights shrink by in each step"))

    package var problem: String? { adamProblem }

    var decayIsPenalty: Bool { false }
}

/// What Adam and AdamW have in common: all but what the decay does.
protocol AdamOptions: OptimizerOptions {
    var beta1: Double { get set }
    var beta2: Double { get set }
    var epsilon: Double { get set }
    var weightDecay: Double { get set }
}

extension AdamOptions {
    /// The table of the options; PyTorch's `betas` are two.
    fileprivate static func adamFields(decay: Field<Self>) -> [Field<Self>] {
        [
            .learningRate(\.learningRate),
            decay,
            Field("beta1", \.beta1, .number(.within(0..<1)), "how much of the mean of the gradients is kept"),
            Field("beta2", \.beta2, .number(.within(0..<1)), "how much of the mean of their squares is kept"),
            .epsilon(\.epsilon),
        ]
    }

    fileprivate var adamProblem: String? {
        Self.problem(
            finite: ["weightDecay": weightDecay, "epsilon": epsilon], belowOne: ["beta1": beta1, "beta2": beta2])
    }

    var slotNames: [String] { ["exp_avg", "exp_avg_sq"] }

    func update(_ pass: UpdatePass, rate: Double, after updates: Int, _ pool: WorkerPool) {
        pass.run(
            AdamRule(
                rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, isDecoupled: !decayIsPenalty,
                update: updates + 1), pool)
    }
}

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
