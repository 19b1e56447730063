import Optimizers
import Tensors
import Testing

@Suite struct GradientClippingTests {
    /// PyTorch: max_norm / (total_norm + 1e-6), at most 1.
    @Test(arguments: [(10.0, 2.0, 0.1999999800), (1.0, 2.0, 1.0), (2.0, 2.0, 0.9999995), (0.0, 2.0, 1.0)])
    func `norm scales down only`(norm: Double, most: Double, expected: Double) {
        #expect(abs(Double(GradientClipping.norm(most).scale(norm: norm)) - expected) < 1e-7)
    }

    @Test func `value cuts both signs`() {
        var layout = ParameterLayout()
        layout.add(name: "w", shape: [5])
        let gradients = FloatBuffer(count: layout.count)
        for (position, value) in [Float(-3), -1, 0.5, 1, 8].enumerated() { gradients.pointer[position] = value }
        let clipping = GradientClipping.value(1)
        clipping.clipValues(gradients, pieces: SegmentPieces(layout), pool: WorkerPool(threadCount: 1))
        #expect(gradients.array.prefix(5) == [-1, -1, 0.5, 1, 1])
        #expect(clipping.scale(norm: 100) == 1)
    }

    @Test
    func `whether a value was cut is told, wherever it lies; what is frozen does not count`() {
        let layout = oddLayout()
        let pieces = SegmentPieces(layout)
        let pool = WorkerPool(threadCount: 2)
        for (index, segment) in layout.segments.enumerated() {
            for position in [segment.range.lowerBound, segment.range.upperBound - 1] {
                let gradients = FloatBuffer(count: layout.count)
                for other in layout.segments { gradients.pointer[other.range.lowerBound] = -1 }
                #expect(!GradientClipping.value(1).clipValues(gradients, pieces: pieces, pool: pool))
                gradients.pointer[position] = index % 2 == 0 ? -1.5 : 1.5
                let isTold = GradientClipping.value(1).clipValues(gradients, pieces: pieces, pool: pool)
                #expect(isTold == !segment.isFrozen)
                #expect(abs(gradients.pointer[position]) == 1)
                #expect(!GradientClipping.norm(0.1).clipValues(gradients, pieces: pieces, pool: pool))
            }
        }
    }

    @Test func `norm leaves values to the optimizer`() {
        let layout = oddLayout()
        let gradients = normals(layout, stream: 1)
        GradientClipping.norm(0.1).clipValues(
            gradients, pieces: SegmentPieces(layout), pool: WorkerPool(threadCount: 1))
        #expect(gradients.array == normals(layout, stream: 1).array)
    }
}
