import NeuralNetworks
import Tensors
import Testing

@Suite("The same bits with any number of threads")
struct DeterminismTests {
    struct Architecture: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let layers: [LayerSpecification]
        let shape: Shape
        let batch: Int
    }

    static let architectures = [
        Architecture(
            testDescription: "mlp",
            layers: [
                .linear(Linear(units: 300)), .batchNorm(BatchNorm()), .activation(.gelu), .dropout(Dropout(p: 0.2)),
                .linear(Linear(units: 130)),
                .activation(.prelu), .linear(Linear(units: 10)),
            ], shape: [200], batch: 77),
        Architecture(
            testDescription: "convolutions",
            layers: [
                .conv2d(Conv2d(filters: 12, kernel: 3, padding: 1)), .batchNorm(BatchNorm()), .activation(.relu),
                .maxPool2d(MaxPool2d(size: 2)),
                .conv2d(Conv2d(filters: 20, kernel: 3, stride: 2)), .activation(.elu()), .avgPool2d(AvgPool2d(size: 2)),
                .flatten,
                .dropout(Dropout(p: 0.5)), .linear(Linear(units: 64)), .activation(.tanh), .linear(Linear(units: 10)),
            ], shape: [3, 24, 24], batch: 13),
        Architecture(
            testDescription: "blocks",
            layers: [
                .conv2d(Conv2d(filters: 8, kernel: 3, padding: 1)), .instanceNorm(InstanceNorm()), .activation(.relu),
                .residual(
                    Residual(
                        body: [
                            .conv2d(Conv2d(filters: 16, kernel: 3, stride: 2, padding: 1)), .batchNorm(BatchNorm()),
                            .activation(.relu),
                            .conv2d(Conv2d(filters: 16, kernel: 3, padding: 1)),
                        ], shortcut: [.conv2d(Conv2d(filters: 16, kernel: 1, stride: 2))], stochasticDepth: 0.3)),
                .concat(Concat(branches: [[], [.conv2d(Conv2d(filters: 12, kernel: 1))]])), .activation(.maxout()),
                .fractionalMaxPool2d(FractionalMaxPool2d(size: 2, heightRatio: 0.6, widthRatio: 0.6)),
                .layerNorm(LayerNorm()),
                .gaussianNoise(GaussianNoise(std: 0.1)),
                .flatten, .linear(Linear(units: 200, dropConnect: 0.4)), .activation(.relu), .linear(Linear(units: 10)),
            ], shape: [3, 20, 18], batch: 13),
        Architecture(
            testDescription: "recurrent",
            layers: [.lstm(LSTM(units: 40, returnSequences: true)), .rnn(RNN(units: 33)), .linear(Linear(units: 10))],
            shape: [12, 7],
            batch: 29),
    ]

    /// Every bit that four steps leave behind.
    private func bits(_ architecture: Architecture, threads: Int) throws -> [UInt64] {
        var fixture = try NetworkFixture(
            architecture.layers, architecture.shape, batch: architecture.batch, threads: threads,
            context: StepContext(mode: .training, seed: 5, measures: true))
        defer { fixture.pool.close() }
        let labels = ClassLabels((0..<architecture.batch).map { $0 % 10 })
        var bits: [UInt64] = []
        for step in 0..<4 {
            fixture.context.step = step
            let outputs = fixture.forward()
            let loss = Loss.crossEntropy.evaluate(
                outputs: outputs, targets: labels.targets, batch: architecture.batch, outputCount: 10,
                gradient: fixture.outputGradient.pointer, pool: fixture.pool)
            fixture.backward()
            bits.append(loss.sum.bitPattern)
            bits += (outputs + fixture.network.gradients.array + fixture.network.buffers.array)
                .map { UInt64($0.bitPattern) }
            for measurement in fixture.measurements {
                bits += [
                    measurement.mean, measurement.std, measurement.zeros, measurement.neverFired,
                    measurement.signalNorm,
                ]
                .map(\.bitPattern)
                bits += (0..<64).map {
                    UInt64(measurement.histogram.counts[$0]) << 32 + UInt64(measurement.preactivation.counts[$0])
                }
            }
            for index in 0..<fixture.network.parameters.count {
                fixture.network.parameters.pointer[index] -= 0.1 * fixture.network.gradients.pointer[index]
            }
        }
        return bits
    }

    @Test(arguments: architectures)
    func `outputs, gradients, running statistics, loss and measurements`(_ architecture: Architecture) throws {
        let one = try bits(architecture, threads: 1)
        #expect(try bits(architecture, threads: 2) == one)
        #expect(try bits(architecture, threads: 3) == one)
    }
}
