import NeuralNetworks
import Tensors
import Testing

@Suite("Random layers are in expectation what evaluation makes of them")
struct ExpectationTests {
    private static let passes = 4_000

    /// Mean over many training passes beside one evaluation, of a network behind whose random layer all is linear.
    @Test(
        arguments: [
            [LayerSpecification.linear(Linear(units: 6)), .dropout(Dropout(p: 0.4))],
            [.linear(Linear(units: 6, dropConnect: 0.4))],
            [.residual(Residual(body: [.linear(Linear(units: 5)), .activation(.tanh)], stochasticDepth: 0.4))],
            [.linear(Linear(units: 6)), .gaussianNoise(GaussianNoise(std: 0.5))],
        ])
    func `training adds randomness, and its mean is the evaluation`(_ layers: [LayerSpecification]) throws {
        let specification = NetworkSpecification(layers: layers, inputShape: [5], seed: 2)
        let network = try Network(specification, maximumBatch: 3, pool: WorkerPool(threadCount: 1))
        let input = FloatBuffer(count: 15)
        for index in 0..<15 { input.pointer[index] = Float(index % 7) / 3 - 1 }
        func outputs(_ context: StepContext) -> [Float] {
            let values = network.forward(input.pointer, batch: 3, context: context)
            return Array(UnsafeBufferPointer(start: values, count: 3 * network.outputShape.count))
        }

        let evaluated = outputs(StepContext(mode: .evaluation))
        var sums = [Double](repeating: 0, count: evaluated.count)
        var differs = false
        for step in 0..<Self.passes {
            let drawn = outputs(StepContext(mode: .training, step: step, seed: 2))
            differs = differs || drawn != evaluated
            for index in drawn.indices { sums[index] += Double(drawn[index]) }
        }
        #expect(differs, "training draws")
        #expect(distance(sums.map { $0 / Double(Self.passes) }, evaluated) < 0.05)
    }

    @Test
    func `fractional pooling has PyTorch's mean over many draws`() throws {
        let fixture = try LayerFixture("fractionalMaxPool2d")
        let specification = NetworkSpecification(layers: [fixture.layer], inputShape: fixture.shape, seed: 1)
        let network = try Network(specification, maximumBatch: fixture.batch, pool: WorkerPool(threadCount: 1))
        let input = FloatBuffer(fixture.numbers("input"))
        let count = fixture.batch * network.outputShape.count
        var sums = [Double](repeating: 0, count: count)
        for step in 0..<Self.passes {
            let outputs = network.forward(
                input.pointer, batch: fixture.batch, context: StepContext(mode: .training, step: step, seed: 1))
            for index in 0..<count { sums[index] += Double(outputs[index]) }
        }
        let gap = distance(sums.map { $0 / Double(Self.passes) }, fixture.numbers("mean"))
        #expect(gap < 0.02, "the mean is \(gap) apart")
    }
}
