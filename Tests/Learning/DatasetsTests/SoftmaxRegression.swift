import Foundation
import Tensors

/// The plainest linear classifier, trained example by example.
struct SoftmaxRegression {
    let features: Int
    let classes: Int
    private let weights: FloatBuffer
    private var biases: [Float]

    init(features: Int, classes: Int) {
        self.features = features
        self.classes = classes
        weights = FloatBuffer(count: features * classes)
        biases = [Float](repeating: 0, count: classes)
    }

    /// One epoch in the order given.
    mutating func train(_ inputs: FloatBuffer, _ labels: [Int32], rate: Float) {
        for (example, label) in labels.enumerated() {
            let row = inputs.pointer + example * features
            var scores = self.scores(row)
            let most = scores.max() ?? 0
            scores = scores.map { exp($0 - most) }
            let sum = scores.reduce(0, +)
            for index in 0..<classes {
                let step = rate * (scores[index] / sum - (index == Int(label) ? 1 : 0))
                biases[index] -= step
                let weights = weights.pointer + index * features
                for feature in 0..<features { weights[feature] -= step * row[feature] }
            }
        }
    }

    func accuracy(_ inputs: FloatBuffer, _ labels: [Int32]) -> Double {
        let right = labels.indices.count { example in
            let scores = scores(inputs.pointer + example * features)
            return scores.firstIndex(of: scores.max() ?? 0) == Int(labels[example])
        }
        return Double(right) / Double(labels.count)
    }

    private func scores(_ row: UnsafePointer<Float>) -> [Float] {
        (0..<classes).map { index in
            let weights = weights.pointer + index * features
            // Lanes of their own let the compiler vectorise the sum.
            var sums = SIMD16<Float>()
            for feature in stride(from: 0, to: features, by: 16) {
                let (w, x) = (UnsafeRawPointer(weights + feature), UnsafeRawPointer(row + feature))
                sums += w.loadUnaligned(as: SIMD16<Float>.self) * x.loadUnaligned(as: SIMD16<Float>.self)
            }
            return sums.sum() + biases[index]
        }
    }
}
