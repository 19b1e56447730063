import Optimizers
import Tensors
import Testing

@Suite struct OptimizerTests {
    @Test(arguments: everyRule)
    func `follows py torchs formulas for fifty steps`(rule: OptimizerSpecification) {
        let layout = oddLayout()
        let weights = normals(layout, stream: 0)
        let optimizer = Optimizer(rule, layout: layout)
        var reference = ReferenceRule(rule, weights: weights.array.map(Double.init))
        let decays = flags(layout, \.decays)
        let frozen = flags(layout, \.isFrozen)
        let start = weights.array
        let pool = WorkerPool(threadCount: 1)
        for step in 0..<50 {
            let gradients = normals(layout, stream: UInt64(step + 1))
            let rate = 0.01 / Double(1 + step % 3)
            reference.update(
                zip(gradients.array, frozen).map { $1 ? 0 : Double($0) }, rate: rate, decays: decays)
            optimizer.step(parameters: weights, gradients: gradients, learningRate: rate, pool: pool)
        }
        for position in 0..<layout.count where !frozen[position] {
            let (ours, theirs) = (Double(weights.pointer[position]), reference.weights[position])
            #expect(abs(ours - theirs) < 2e-5 * max(1, abs(theirs)), "place \(position)")
        }
        #expect(optimizer.updateCount == 50)
        #expect(zip(weights.array, start).enumerated().allSatisfy { !frozen[$0] || $1.0 == $1.1 })
    }

    /// Results of one step by hand: w = 2, g = 0.5, rate 0.1.
    private static let byHand: [(OptimizerSpecification, Double)] = [
        (.sgd(SGD()), 1.95),
        (.sgd(SGD(weightDecay: 0.1)), 1.93),
        (.sgd(SGD(momentum: 0.9)), 1.95),
        (.sgd(SGD(momentum: 0.9, dampening: 0.5)), 1.95),
        (.sgd(SGD(momentum: 0.9, nesterov: true)), 1.905),
        (.adam(Adam()), 1.9),
        (.adam(Adam(epsilon: 0.5)), 1.95),
        (.adamW(AdamW(weightDecay: 0.5)), 1.8),
        (.rmsprop(RMSprop(alpha: 0.75)), 1.8),
        (.rmsprop(RMSprop(alpha: 0.75, momentum: 0.9)), 1.8),
        // v = 0.0625, a = 0.125: 2 - 0.05 / sqrt(0.046875)
        (.rmsprop(RMSprop(alpha: 0.75, epsilon: 0, centered: true)), 1.7690599),
        (.adagrad(Adagrad()), 1.9),
        (.adagrad(Adagrad(epsilon: 0.5)), 1.95),
    ]

    @Test(arguments: byHand)
    func `takes one step as by hand`(rule: OptimizerSpecification, expected: Double) {
        var layout = ParameterLayout()
        layout.add(name: "w", shape: [1])
        let weights = FloatBuffer(count: layout.count)
        let gradients = FloatBuffer(count: layout.count)
        weights.pointer[0] = 2
        gradients.pointer[0] = 0.5
        Optimizer(rule, layout: layout).step(
            parameters: weights, gradients: gradients, learningRate: 0.1, pool: WorkerPool(threadCount: 1))
        #expect(abs(Double(weights.pointer[0]) - expected) < 1e-6)
    }

    @Test(arguments: everyRule)
    func `gives the same bits with any number of threads`(rule: OptimizerSpecification) {
        let layout = oddLayout(scale: 300)
        let results = [1, 2, 3].map { threads in
            let pool = WorkerPool(threadCount: threads)
            defer { pool.close() }
            let weights = normals(layout, stream: 0)
            let optimizer = Optimizer(rule, layout: layout)
            var norms = [SegmentNorms](repeating: SegmentNorms(), count: layout.segments.count)
            var penalty = 0.0
            for step in 1...3 {
                penalty = optimizer.step(
                    parameters: weights, gradients: normals(layout, stream: UInt64(step)), learningRate: 0.01,
                    pool: pool, norms: &norms)
            }
            return Outcome(bits: weights.array.map(\.bitPattern), norms: norms, penalty: penalty)
        }
        #expect(results[0] == results[1])
        #expect(results[0] == results[2])
    }

    private struct Outcome: Equatable {
        let bits: [UInt32]
        let norms: [SegmentNorms]
        let penalty: Double
    }

    @Test(arguments: everyRule + [.adagrad(Adagrad(epsilon: 0)), .rmsprop(RMSprop(epsilon: 0))])
    func `keeps the gaps at zero`(rule: OptimizerSpecification) {
        let layout = oddLayout()
        let weights = normals(layout, stream: 0)
        let optimizer = Optimizer(rule, layout: layout)
        let pool = WorkerPool(threadCount: 1)
        for step in 1...3 {
            optimizer.step(
                parameters: weights, gradients: normals(layout, stream: UInt64(step)), learningRate: 0.1, pool: pool)
        }
        let used = flags(layout) { _ in true }
        for buffer in [weights] + optimizer.slots {
            #expect(zip(buffer.array, used).allSatisfy { $1 || $0 == 0 })
        }
    }

    /// 1e25 is finite, its square is not in single precision.
    @Test(arguments: everyRule)
    func `keeps weights finite under huge gradients`(rule: OptimizerSpecification) {
        let layout = oddLayout()
        let weights = normals(layout, stream: 0)
        Optimizer(rule, layout: layout).step(
            parameters: weights, gradients: normals(layout, stream: 1, scale: 1e25), learningRate: 0.1,
            pool: WorkerPool(threadCount: 1))
        #expect(weights.array.allSatisfy { $0.isFinite })
    }

    @Test func `remembers nothing about frozen tensors`() {
        let layout = oddLayout()
        let optimizer = Optimizer(.adam(Adam()), layout: layout)
        optimizer.step(
            parameters: normals(layout, stream: 0), gradients: normals(layout, stream: 1), learningRate: 0.1,
            pool: WorkerPool(threadCount: 1))
        let frozen = layout.segments[2].range
        #expect(optimizer.slots.allSatisfy { slot in frozen.allSatisfy { slot.pointer[$0] == 0 } })
    }

    @Test func `scales gradients on the way`() {
        let layout = oddLayout()
        let pool = WorkerPool(threadCount: 1)
        let scaled = normals(layout, stream: 0)
        Optimizer(.sgd(SGD()), layout: layout).step(
            parameters: scaled, gradients: normals(layout, stream: 1), learningRate: 0.1, gradientScale: 0.25,
            pool: pool)
        let plain = normals(layout, stream: 0)
        Optimizer(.sgd(SGD()), layout: layout).step(
            parameters: plain, gradients: normals(layout, stream: 1, scale: 0.25), learningRate: 0.1, pool: pool)
        #expect(zip(scaled.array, plain.array).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func `goes on from copied state bit for bit`() {
        let layout = oddLayout()
        let pool = WorkerPool(threadCount: 1)
        let (weights, copy) = (normals(layout, stream: 0), FloatBuffer(count: layout.count))
        let optimizer = Optimizer(.adam(Adam()), layout: layout)
        let twin = Optimizer(.adam(Adam()), layout: layout)
        for step in 0..<6 {
            if step == 3 {
                copy.copy(from: weights)
                for (target, source) in zip(twin.slots, optimizer.slots) { target.copy(from: source) }
                twin.updateCount = optimizer.updateCount
            }
            let gradients = normals(layout, stream: UInt64(step))
            optimizer.step(parameters: weights, gradients: gradients, learningRate: 0.1, pool: pool)
            if step >= 3 { twin.step(parameters: copy, gradients: gradients, learningRate: 0.1, pool: pool) }
        }
        #expect(weights.array == copy.array)
    }

    @Test func `starts afresh after reset`() {
        let layout = oddLayout()
        let pool = WorkerPool(threadCount: 1)
        let optimizer = Optimizer(.adam(Adam()), layout: layout)
        let gradients = normals(layout, stream: 1)
        let (first, second) = (normals(layout, stream: 0), normals(layout, stream: 0))
        optimizer.step(parameters: first, gradients: gradients, learningRate: 0.1, pool: pool)
        optimizer.reset()
        optimizer.step(parameters: second, gradients: gradients, learningRate: 0.1, pool: pool)
        #expect(first.array == second.array)
    }
}
