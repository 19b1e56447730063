/// An update rule with its options, in PyTorch's terms and with its defaults; the learning rate is given step by step.
package enum OptimizerSpecification: Hashable, Sendable {
    /// `torch.optim.SGD`: Nesterov's form needs a momentum and no dampening.
    case sgd(momentum: Double = 0, dampening: Double = 0, nesterov: Bool = false, weightDecay: Double = 0)
    /// `torch.optim.Adam` (Kingma and Ba 2015); the decay is a term of the loss (L2).
    case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0)
    /// `torch.optim.AdamW` (Loshchilov and Hutter 2019); the decay shrinks the weights directly.
    case adamW(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01)
    /// `torch.optim.RMSprop`; centered divides by the estimated standard deviation instead of the root mean square.
    case rmsprop(
        alpha: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0, centered: Bool = false,
        weightDecay: Double = 0)
    /// `torch.optim.Adagrad` (Duchi and others 2011).
    case adagrad(learningRateDecay: Double = 0, epsilon: Double = 1e-10, weightDecay: Double = 0)

    /// The name in config files: `sgd`, `adamW`.
    package var name: String {
        switch self {
        case .sgd: "sgd"
        case .adam: "adam"
        case .adamW: "adamW"
        case .rmsprop: "rmsprop"
        case .adagrad: "adagrad"
        }
    }

    /// PyTorch's default learning rate of the rule.
    package var defaultLearningRate: Double {
        switch self {
        case .sgd, .adam, .adamW: 1e-3
        case .rmsprop, .adagrad: 1e-2
        }
    }

    /// PyTorch's `weight_decay`, 0 for none.
    package var weightDecay: Double {
        switch self {
        case .sgd(_, _, _, let decay), .adam(_, _, _, let decay), .adamW(_, _, _, let decay),
            .rmsprop(_, _, _, _, let decay), .adagrad(_, _, let decay):
            decay
        }
    }

    /// Whether the decay is the gradient of a term beside the loss; adamW's is not.
    package var decayIsPenalty: Bool {
        if case .adamW = self { false } else { true }
    }

    /// How many numbers per weight the rule remembers.
    package var slotCount: Int {
        switch self {
        case .sgd(let momentum, _, _, _): momentum == 0 ? 0 : 1
        case .adam, .adamW: 2
        case .rmsprop(_, _, let momentum, let centered, _): 1 + (momentum == 0 ? 0 : 1) + (centered ? 1 : 0)
        case .adagrad: 1
        }
    }

    /// What is wrong with the options, as the rest of a sentence that begins with the option's name; nil if nothing is.
    package var problem: String? {
        var checks: [(name: String, value: Double, below: Double)] = [("weightDecay", weightDecay, .infinity)]
        switch self {
        case .sgd(let momentum, let dampening, let nesterov, _):
            checks += [("momentum", momentum, .infinity)]
            if !dampening.isFinite { return "dampening must be a finite number" }
            if nesterov, momentum == 0 || dampening != 0 {
                return "nesterov needs a momentum above 0 and a dampening of 0"
            }
        case .adam(let beta1, let beta2, let epsilon, _), .adamW(let beta1, let beta2, let epsilon, _):
            checks += [("beta1", beta1, 1), ("beta2", beta2, 1), ("epsilon", epsilon, .infinity)]
        case .rmsprop(let alpha, let epsilon, let momentum, _, _):
            // alpha = 1 would divide by epsilon alone.
            checks += [("alpha", alpha, 1), ("epsilon", epsilon, .infinity), ("momentum", momentum, .infinity)]
        case .adagrad(let decay, let epsilon, _):
            checks += [("learningRateDecay", decay, .infinity), ("epsilon", epsilon, .infinity)]
        }
        for check in checks where !(check.value >= 0 && check.value < check.below) {
            return check.below == 1
                ? "\(check.name) must be at least 0 and below 1" : "\(check.name) must be a finite number, at least 0"
        }
        return nil
    }
}
