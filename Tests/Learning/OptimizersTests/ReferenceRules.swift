import Optimizers

/// PyTorch's documented formulas in double precision, one weight after the other.
struct ReferenceRule {
    let specification: OptimizerSpecification
    private(set) var weights: [Double]
    private var first: [Double]
    private var second: [Double]
    private var third: [Double]
    private var step = 0

    init(_ specification: OptimizerSpecification, weights: [Double]) {
        self.specification = specification
        self.weights = weights
        first = weights.map { _ in 0 }
        (second, third) = (first, first)
    }

    /// - Parameter decays: Whether weight decay applies, for each weight.
    mutating func update(_ gradients: [Double], rate: Double, decays: [Bool]) {
        step += 1
        for i in weights.indices {
            let decay = decays[i] ? specification.weightDecay : 0
            switch specification {
            case .sgd(let rule):
                let (momentum, dampening, nesterov) = (rule.momentum, rule.dampening, rule.nesterov)
                var g = gradients[i] + decay * weights[i]
                if momentum != 0 {
                    first[i] = step == 1 ? g : momentum * first[i] + (1 - dampening) * g
                    g = nesterov ? g + momentum * first[i] : first[i]
                }
                weights[i] -= rate * g
            case .adam(let rule):
                adam(i, gradients[i] + decay * weights[i], rate, rule.beta1, rule.beta2, rule.epsilon)
            case .adamW(let rule):
                weights[i] -= rate * decay * weights[i]
                adam(i, gradients[i], rate, rule.beta1, rule.beta2, rule.epsilon)
            case .rmsprop(let rule):
                let (alpha, epsilon, momentum, centered) = (rule.alpha, rule.epsilon, rule.momentum, rule.centered)
                let g = gradients[i] + decay * weights[i]
                first[i] = alpha * first[i] + (1 - alpha) * g * g
                var variance = first[i]
                if centered {
                    third[i] = alpha * third[i] + (1 - alpha) * g
                    variance -= third[i] * third[i]
                }
                let change = g / (variance.squareRoot() + epsilon)
                second[i] = momentum * second[i] + change
                weights[i] -= rate * (momentum > 0 ? second[i] : change)
            case .adagrad(let rule):
                let (learningRateDecay, epsilon) = (rule.learningRateDecay, rule.epsilon)
                let g = gradients[i] + decay * weights[i]
                first[i] += g * g
                weights[i] -=
                    rate / (1 + Double(step - 1) * learningRateDecay) * g / (first[i].squareRoot() + epsilon)
            }
        }
    }

    private mutating func adam(
        _ i: Int, _ g: Double, _ rate: Double, _ beta1: Double, _ beta2: Double, _ epsilon: Double
    ) {
        first[i] = beta1 * first[i] + (1 - beta1) * g
        second[i] = beta2 * second[i] + (1 - beta2) * g * g
        var (power1, power2) = (1.0, 1.0)
        for _ in 0..<step { (power1, power2) = (power1 * beta1, power2 * beta2) }
        let mean = first[i] / (1 - power1)
        let meanSquare = second[i] / (1 - power2)
        weights[i] -= rate * mean / (meanSquare.squareRoot() + epsilon)
    }
}
