import Foundation

/// The outputs of one example, and where the gradient of its share of the loss goes.
struct LossRow {
    let outputs: UnsafePointer<Float>
    let count: Int
    /// Share of one term in the mean.
    let scale: Double
    /// Nil where nobody wants it.
    let gradient: UnsafeMutablePointer<Float>?

    /// -log softmax(outputs)[label]
    func crossEntropy(label: Int) -> Double {
        let (largest, sum) = partition
        if let gradient {
            let share = scale / sum
            for index in 0..<count {
                let probability = Foundation.exp(Double(outputs[index]) - largest) * share
                gradient[index] = Float(index == label ? probability - scale : probability)
            }
        }
        return log(sum) + largest - Double(outputs[label])
    }

    /// The same for shares q of the classes, smoothed.
    @inline(__always)
    func crossEntropy(smoothing: Double, _ share: (Int) -> Double) -> Double {
        let (largest, sum) = partition
        let logarithm = log(sum) + largest
        let (kept, even) = (1 - smoothing, smoothing / Double(count))
        var loss = 0.0
        var total = 0.0
        for index in 0..<count {
            let target = kept * share(index) + even
            // Not 0 times an infinite distance.
            if target != 0 { loss += target * (logarithm - Double(outputs[index])) }
            total += target
        }
        if let gradient {
            for index in 0..<count {
                let probability = Foundation.exp(Double(outputs[index]) - largest) / sum
                gradient[index] = Float((total * probability - (kept * share(index) + even)) * scale)
            }
        }
        return loss
    }

    /// Adds the softmax of the outputs.
    func addProbabilities(to sums: UnsafeMutablePointer<Float>) {
        let (largest, sum) = partition
        for index in 0..<count { sums[index] += Float(Foundation.exp(Double(outputs[index]) - largest) / sum) }
    }

    /// The largest output, and the sum of e^(output - largest).
    private var partition: (largest: Double, sum: Double) {
        var largest = -Float.infinity
        for index in 0..<count { largest = outputs[index] > largest ? outputs[index] : largest }
        var sum = 0.0
        for index in 0..<count { sum += Foundation.exp(Double(outputs[index]) - Double(largest)) }
        return (Double(largest), sum)
    }

    func hinge(label: Int) -> Double {
        gradient?.update(repeating: 0, count: count)
        return hinge(label: label, weight: 1)
    }

    func hinge(shares: UnsafePointer<Float>) -> Double {
        gradient?.update(repeating: 0, count: count)
        var sum = 0.0
        for label in 0..<count where shares[label] != 0 {
            sum += Double(shares[label]) * hinge(label: label, weight: Double(shares[label]))
        }
        return sum
    }

    /// The loss of one class; adds its gradient times `weight`.
    private func hinge(label: Int, weight: Double) -> Double {
        var sum = 0.0
        var violations = 0
        let step = Float(scale * weight)
        for index in 0..<count where index != label {
            let margin = Double(outputs[index]) - Double(outputs[label]) + 1
            // Not "margin > 0": NaN must come through.
            guard !(margin <= 0) else { continue }
            sum += margin
            violations += 1
            gradient?[index] += step
        }
        gradient?[label] -= Float(Double(violations) * scale * weight)
        return sum
    }

    @inline(__always)
    func squares(_ target: (Int) -> Double) -> Double {
        var sum = 0.0
        for index in 0..<count {
            let distance = Double(outputs[index]) - target(index)
            sum += distance * distance
            gradient?[index] = Float(2 * distance * scale)
        }
        return sum
    }

    /// The first of the largest; -1 where it is no number.
    static func indexOfLargest(_ row: UnsafePointer<Float>, _ count: Int) -> Int {
        var best = 0
        for index in 1..<max(1, count) where row[index] > row[best] { best = index }
        // A row of NaN has no largest output.
        return row[best].isNaN ? -1 : best
    }
}
