import Foundation

/// Linear, relu, linear, trained by momentum in plain loops of double precision: what the run is checked against.
struct ReferencePerceptron {
    enum Loss: String, CaseIterable { case mse, crossEntropy }

    /// `[hidden][inputs]`, `[hidden]`, `[classes][hidden]`, `[classes]`, one after the other.
    var weights: [[Double]]
    let inputs: Int
    let hidden: Int
    let classes: Int
    let loss: Loss
    let rate: Double
    let momentum: Double
    let decay: Double
    let mostNorm: Double
    private var velocities: [[Double]] = []

    init(
        weights: [[Double]], inputs: Int, hidden: Int, classes: Int, loss: Loss, rate: Double, momentum: Double,
        decay: Double, mostNorm: Double
    ) {
        self.weights = weights
        (self.inputs, self.hidden, self.classes, self.loss) = (inputs, hidden, classes, loss)
        (self.rate, self.momentum, self.decay, self.mostNorm) = (rate, momentum, decay, mostNorm)
    }

    /// One update; the loss, the penalty and the norm of the gradient before it.
    mutating func step(_ batch: [[Double]], _ labels: [Int]) -> (loss: Double, penalty: Double, norm: Double) {
        var gradients = weights.map { [Double](repeating: 0, count: $0.count) }
        var total = 0.0
        for (input, label) in zip(batch, labels) {
            total += accumulate(input, label, scale: 1 / Double(batch.count), into: &gradients)
        }
        let penalty = decay / 2 * weights.joined().reduce(0) { $0 + $1 * $1 }
        let norm = gradients.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
        // torch.nn.utils.clip_grad_norm_
        let factor = min(1, mostNorm / (norm + 1e-6))
        let isFirst = velocities.isEmpty
        if isFirst { velocities = gradients }
        for tensor in weights.indices {
            for index in weights[tensor].indices {
                // torch.optim.SGD: the first velocity is the gradient itself.
                let gradient = gradients[tensor][index] * factor + decay * weights[tensor][index]
                let velocity = isFirst ? gradient : momentum * velocities[tensor][index] + gradient
                velocities[tensor][index] = velocity
                weights[tensor][index] -= rate * velocity
            }
        }
        return (total / Double(batch.count), penalty, norm)
    }

    private func accumulate(
        _ input: [Double], _ label: Int, scale: Double, into gradients: inout [[Double]]
    ) -> Double {
        let sums = (0..<hidden).map { unit in
            weights[1][unit] + (0..<inputs).reduce(0) { $0 + weights[0][unit * inputs + $1] * input[$1] }
        }
        let outputs = (0..<classes).map { unit in
            weights[3][unit] + (0..<hidden).reduce(0) { $0 + weights[2][unit * hidden + $1] * max(0, sums[$1]) }
        }
        let (value, slopes) = evaluate(outputs, label)
        for unit in 0..<classes {
            gradients[3][unit] += slopes[unit] * scale
            for index in 0..<hidden {
                gradients[2][unit * hidden + index] += slopes[unit] * max(0, sums[index]) * scale
            }
        }
        for index in 0..<hidden where sums[index] > 0 {
            let slope = (0..<classes).reduce(0) { $0 + slopes[$1] * weights[2][$1 * hidden + index] }
            gradients[1][index] += slope * scale
            for place in 0..<inputs { gradients[0][index * inputs + place] += slope * input[place] * scale }
        }
        return value
    }

    private func evaluate(_ outputs: [Double], _ label: Int) -> (Double, [Double]) {
        switch loss {
        case .mse:
            let distances = outputs.indices.map { outputs[$0] - ($0 == label ? 1 : 0) }
            let count = Double(outputs.count)
            return (distances.reduce(0) { $0 + $1 * $1 } / count, distances.map { 2 * $0 / count })
        case .crossEntropy:
            let sum = outputs.reduce(0) { $0 + exp($1) }
            return (log(sum) - outputs[label], outputs.indices.map { exp(outputs[$0]) / sum - ($0 == label ? 1 : 0) })
        }
    }
}
