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
            case .sgd(let momentum, let dampening, let nesterov, _):
                var g = gradients[i] + decay * weights[i]
                if momentum != 0 {
                    first[i] = step == 1 ? g : momentum * first[i] + (1 - dampening) * g
                    g = nesterov ? g + momentum * first[i] : first[i]
                }
                weights[i] -= rate * g
            case .adam(let beta1, let beta2, let epsilon, _):
                adam(i, gradients[i] + decay * weights[i], rate, beta1, beta2, epsilon)
            case .adamW(let beta1, let beta2, let epsilon, _):
                weights[i] -= rate * decay * weights[i]
                adam(i, gradients[i], rate, beta1, beta2, epsilon)
            case .rmsprop(let alpha, let epsilon, let momentum, let centered, _):
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
            case .adagrad(let learningRateDecay, let epsilon, _):
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
