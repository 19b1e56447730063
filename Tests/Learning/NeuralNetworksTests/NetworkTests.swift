import NeuralNetworks
import Tensors
import Testing

@Suite("Networks")
struct NetworkTests {
    @Test
    func `parameters have PyTorch's names, shapes and order; all decay`() throws {
        let fixture = try NetworkFixture(
            [
                .conv2d(Conv2d(filters: 4, kernel: Extent2(height: 2, width: 3))), .batchNorm(BatchNorm()),
                .activation(.prelu), .flatten,
                .linear(Linear(units: 5)), .linear(Linear(units: 2, bias: false)),
            ], [1, 4, 4])
        let segments = fixture.network.layout.segments
        #expect(
            segments.map { "\($0.name) \($0.shape)" } == [
                "0.weight 4x1x2x3", "0.bias 4", "1.weight 4", "1.bias 4", "2.weight 1", "4.weight 5x24", "4.bias 5",
                "5.weight 2x5",
            ])
        #expect(segments.allSatisfy { $0.decays })
        #expect(fixture.network.bufferLayout.segments.map(\.name) == ["1.running_mean", "1.running_var"])
    }

    @Test
    func `a conv1d weight is [out, in, k]`() throws {
        let fixture = try NetworkFixture([.conv1d(Conv1d(filters: 4, kernel: 3, padding: 1))], [2, 9])
        #expect(fixture.segment("0.weight").shape == [4, 2, 3])
        #expect(fixture.network.outputShape == [4, 9])
    }

    @Test
    func `the table has a row for every layer`() throws {
        let fixture = try NetworkFixture(
            [
                .conv2d(Conv2d(filters: 16, kernel: 3, padding: 1)), .activation(.relu), .maxPool2d(MaxPool2d(size: 2)),
                .flatten,
                .linear(Linear(units: 10)),
            ],
            [1, 28, 28], batch: 2)
        let rows = fixture.network.summary
        #expect(rows.map(\.kind) == ["conv2d", "relu", "maxPool2d", "flatten", "linear"])
        #expect(rows.map(\.outputShape) == [[16, 28, 28], [16, 28, 28], [16, 14, 14], [3_136], [10]])
        #expect(rows.map(\.parameterCount) == [160, 0, 0, 0, 31_370])
        #expect(rows.map(\.multiplyAdds) == [16 * 9 * 784, 0, 0, 0, 31_360])
        #expect(rows[3].memoryBytes == 0)
        #expect(fixture.network.memoryBytes > rows[0].memoryBytes)
    }

    @Test
    func `gaps between segments stay 0 in the gradients`() throws {
        let fixture = try NetworkFixture(
            [.linear(Linear(units: 3)), .batchNorm(BatchNorm()), .linear(Linear(units: 2))], [5])
        fixture.forward()
        fixture.backward()
        let used = Set(fixture.network.layout.segments.flatMap { Array($0.range) })
        #expect(
            (0..<fixture.network.layout.count).allSatisfy {
                used.contains($0) || fixture.network.gradients.pointer[$0] == 0
            })
    }

    @Test
    func `memory of values that are no longer needed is used again`() throws {
        // Each tanh keeps its output for the way back, but one gradient buffer serves all depths.
        let layers = (0..<20).flatMap { _ in [LayerSpecification.linear(Linear(units: 64)), .activation(.tanh)] }
        let fixture = try NetworkFixture(layers, [64], batch: 512)
        let values = 512 * 64 * 4
        let parameters = 2 * 4 * fixture.network.layout.count
        #expect(fixture.network.memoryBytes - parameters <= 23 * values)
    }

    @Test
    func `the network learns: twenty steps of plain descent halve the loss`() throws {
        let fixture = try NetworkFixture(
            [
                .conv2d(Conv2d(filters: 8, kernel: 3, padding: 1)), .batchNorm(BatchNorm()), .activation(.relu),
                .maxPool2d(MaxPool2d(size: 2)),
                .flatten,
                .linear(Linear(units: 4)),
            ], [1, 8, 8], batch: 16, threads: 2)
        defer { fixture.pool.close() }
        let labels = ClassLabels((0..<16).map { $0 % 4 })
        var losses: [Double] = []
        for _ in 0...20 {
            let value = Loss.crossEntropy.evaluate(
                outputs: fixture.forward(), targets: labels.targets, batch: 16, outputCount: 4,
                gradient: fixture.outputGradient.pointer, pool: fixture.pool)
            losses.append(value.mean)
            fixture.backward()
            for index in 0..<fixture.network.parameters.count {
                fixture.network.parameters.pointer[index] -= 0.1 * fixture.network.gradients.pointer[index]
            }
        }
        #expect(losses[20] < 0.5 * losses[0])
    }
}
