import Optimizers
import Tensors
import Testing

@Suite struct PyTorchValuesTests {
    /// What PyTorch 2.13 makes of (0.5, -1, 2) in five steps at rate 0.05 in double precision with the rules of
    /// `everyRule`, in that order; the gradients of step t are (0.1 (t + 1), -0.2, 0.3 (-1)^t).
    private static let expected: [[Double]] = [
        [0.42500000, -0.95000000, 1.98500000],
        [0.41312251, -0.92574626, 1.93564601],
        [0.33832890, -0.86214966, 1.94996194],
        [0.38289650, -0.89570600, 1.95567800],
        [0.30655106, -0.85073886, 1.94630532],
        [0.25745847, -0.75000001, 1.92825274],
        [0.24800301, -0.75161629, 1.83576843],
        [0.25645389, -0.74775239, 1.92336919],
        [0.22337730, -0.70594152, 1.84118099],
        [-1.55441453, 0.62230222, 1.59034575],
        [-1.31710392, 0.53133653, 1.52466964],
        [-0.15834971, -0.45544929, 1.87082801],
        [-0.56187030, -0.10004949, 1.76249488],
        [0.29496462, -0.83841647, 1.95912715],
        [0.32663755, -0.85929863, 1.93617301],
    ]

    @Test(arguments: zip(everyRule, expected))
    func `agrees with PyTorch`(rule: OptimizerSpecification, expected: [Double]) {
        var layout = ParameterLayout()
        layout.add(name: "w", shape: [3])
        let weights = FloatBuffer(count: layout.count)
        let gradients = FloatBuffer(count: layout.count)
        for (place, value) in [Float(0.5), -1, 2].enumerated() { weights.pointer[place] = value }
        let optimizer = Optimizer(rule, layout: layout)
        let pool = WorkerPool(threadCount: 1)
        for step in 0..<5 {
            gradients.pointer[0] = 0.1 * Float(step + 1)
            gradients.pointer[1] = -0.2
            gradients.pointer[2] = step % 2 == 0 ? 0.3 : -0.3
            optimizer.step(parameters: weights, gradients: gradients, learningRate: 0.05, pool: pool)
        }
        for place in 0..<3 {
            #expect(abs(Double(weights.pointer[place]) - expected[place]) < 2e-6)
        }
    }
}
