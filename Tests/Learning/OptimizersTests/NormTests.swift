import Optimizers
import Tensors
import Testing

@Suite struct NormTests {
    private let layout = oddLayout(scale: 300)
    private let pool = WorkerPool(threadCount: 1)

    private func squares(_ buffer: FloatBuffer, _ segment: ParameterLayout.Segment) -> Double {
        segment.range.reduce(0) { $0 + Double(buffer.pointer[$1]) * Double(buffer.pointer[$1]) }
    }

    @Test func `segment norms are sums of squares after the step`() {
        let (before, weights) = (normals(layout, stream: 0), normals(layout, stream: 0))
        let gradients = normals(layout, stream: 1)
        var norms = [SegmentNorms](repeating: SegmentNorms(weights: 9), count: layout.segments.count)
        Optimizer(.sgd(SGD(weightDecay: 0.1)), layout: layout).step(
            parameters: weights, gradients: gradients, learningRate: 0.1, gradientScale: 0.5, pool: pool, norms: &norms)
        let change = FloatBuffer(zip(weights.array, before.array).map { $0 - $1 })
        for (index, segment) in layout.segments.enumerated() {
            let expected = SegmentNorms(
                weights: squares(weights, segment), update: squares(change, segment),
                gradient: squares(gradients, segment))
            #expect(isClose(norms[index].weights, expected.weights), "\(segment.name)")
            #expect(isClose(norms[index].update, expected.update), "\(segment.name)")
            #expect(isClose(norms[index].gradient, expected.gradient), "\(segment.name)")
        }
    }

    @Test func `measuring changes no bit`() {
        let (measured, plain) = (normals(layout, stream: 0), normals(layout, stream: 0))
        let gradients = normals(layout, stream: 1)
        var norms = [SegmentNorms](repeating: SegmentNorms(), count: layout.segments.count)
        Optimizer(.adam(Adam()), layout: layout).step(
            parameters: measured, gradients: gradients, learningRate: 0.1, pool: pool, norms: &norms)
        Optimizer(.adam(Adam()), layout: layout).step(
            parameters: plain, gradients: gradients, learningRate: 0.1, pool: pool)
        #expect(measured.array == plain.array)
    }

    @Test func `penalty is of the decayed weights before the update`() {
        let weights = normals(layout, stream: 0)
        let optimizer = Optimizer(.sgd(SGD(weightDecay: 0.2)), layout: layout)
        let expected = layout.segments.filter { $0.decays && !$0.isFrozen }.reduce(0) {
            $0 + 0.1 * squares(weights, $1)
        }
        #expect(isClose(optimizer.penalty(parameters: weights, pool: pool), expected))
        let penalty = optimizer.step(
            parameters: weights, gradients: normals(layout, stream: 1), learningRate: 0.1, pool: pool)
        #expect(isClose(penalty, expected))
    }

    @Test func `decoupled decay is no penalty`() {
        let optimizer = Optimizer(.adamW(AdamW(weightDecay: 0.2)), layout: layout)
        #expect(optimizer.penalty(parameters: normals(layout, stream: 0), pool: pool) == 0)
    }

    @Test func `update ratio is length over length`() {
        #expect(SegmentNorms(weights: 4, update: 4e-6, gradient: 1).updateRatio.isNearly(1e-3))
        #expect(SegmentNorms().updateRatio == 0)
    }

    @Test func `gradient norm leaves frozen tensors out`() {
        let gradients = normals(layout, stream: 1)
        let expected = layout.segments.filter { !$0.isFrozen }.reduce(0) { $0 + squares(gradients, $1) }.squareRoot()
        let norm = GradientNorm.total(gradients, pieces: SegmentPieces(layout), pool: pool)
        #expect(isClose(norm.value, expected))
        #expect(norm.isFinite)
    }

    @Test(arguments: [1e-30, 1e30])
    func `gradient norm neither vanishes nor overflows`(scale: Double) {
        var layout = ParameterLayout()
        layout.add(name: "w", shape: [100])
        let gradients = FloatBuffer(count: layout.count)
        for position in 0..<100 { gradients.pointer[position] = Float(scale) }
        let norm = GradientNorm.total(gradients, pieces: SegmentPieces(layout), pool: pool)
        #expect(norm.isFinite)
        #expect(abs(norm.value / (10 * scale) - 1) < 1e-6)
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func `names the first segment that is not finite`(value: Float) {
        let gradients = normals(layout, stream: 1)
        gradients.pointer[layout.segments[4].range.upperBound - 1] = value
        gradients.pointer[layout.segments[3].offset] = value
        let norm = GradientNorm.total(gradients, pieces: SegmentPieces(layout), pool: pool)
        #expect(norm.nonFiniteSegment == 3)
    }

    private func isClose(_ value: Double, _ expected: Double) -> Bool { abs(value - expected) <= 1e-12 * expected }
}

extension Double {
    fileprivate func isNearly(_ other: Double) -> Bool { abs(self - other) < 1e-15 }
}
