import Optimizers
import Tensors
import TestSupport
import Testing

/// The pass over whole registers and its tail against the formulas in double precision.
@Suite struct UpdatePropertyTests {
    private static let rules: [OptimizerSpecification] = [
        .sgd(SGD()), .sgd(SGD(weightDecay: 0.1)), .sgd(SGD(momentum: 0.9, weightDecay: 0.01)),
        .sgd(SGD(momentum: 0.9, nesterov: true)), .adam(Adam(weightDecay: 0.01)), .adamW(AdamW()),
        .rmsprop(RMSprop(momentum: 0.5, centered: true, weightDecay: 0.01)), .adagrad(Adagrad(weightDecay: 0.01)),
    ]

    @Test(arguments: rules)
    func `follows the formulas for layouts of all sizes`(rule: OptimizerSpecification) {
        var random = SplitMix64(seed: 5)
        for trial in 0..<60 {
            var layout = ParameterLayout()
            for segment in 0..<Int.random(in: 1...4, using: &random) {
                let count = [1, 2, 15, 16, 17, 31, 33, 100, 1_000].randomElement(using: &random)!
                layout.add(
                    name: "\(segment)", shape: [count], decays: Bool.random(using: &random),
                    isFrozen: Int.random(in: 0..<5, using: &random) == 0)
            }
            let weights = normals(layout, stream: UInt64(trial))
            let before = weights.array
            let optimizer = Optimizer(rule, layout: layout)
            var reference = ReferenceRule(rule, weights: before.map(Double.init))
            let (decays, frozen) = (flags(layout, \.decays), flags(layout, \.isFrozen))
            let pool = WorkerPool(threadCount: 1)
            var norms = Array(repeating: SegmentNorms(), count: layout.segments.count)
            for step in 0..<3 {
                let gradients = normals(layout, stream: UInt64(1_000 + 10 * trial + step))
                reference.update(
                    zip(gradients.array, frozen).map { $1 ? 0 : Double($0) }, rate: 0.01, decays: decays)
                // With and without measuring the weights are the same.
                let measures = step != 1
                norms.withUnsafeMutableBufferPointer {
                    _ = optimizer.step(
                        parameters: weights, gradients: gradients, learningRate: 0.01, pool: pool,
                        norms: measures ? $0.baseAddress : nil)
                }
                guard measures else { continue }
                for (index, segment) in layout.segments.enumerated() {
                    let sum = segment.range.reduce(0.0) {
                        $0 + Double(weights.pointer[$1]) * Double(weights.pointer[$1])
                    }
                    let square = segment.range.reduce(0.0) {
                        $0 + Double(gradients.pointer[$1]) * Double(gradients.pointer[$1])
                    }
                    #expect(abs(norms[index].weights - sum) <= 1e-9 * (1 + sum))
                    #expect(abs(norms[index].gradient - square) <= 1e-9 * (1 + square))
                }
            }
            for position in 0..<layout.count {
                let isGap = !layout.segments.contains { $0.range.contains(position) }
                if isGap {
                    #expect(weights.pointer[position] == 0 && optimizer.slots.allSatisfy { $0.pointer[position] == 0 })
                } else if frozen[position] {
                    #expect(weights.pointer[position] == before[position])
                } else {
                    let (ours, theirs) = (Double(weights.pointer[position]), reference.weights[position])
                    #expect(abs(ours - theirs) < 2e-5 * max(1, abs(theirs)), "\(layout.segments) at \(position)")
                }
            }
        }
    }
}
