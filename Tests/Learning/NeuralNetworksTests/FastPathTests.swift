import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite("Fast paths of convolutional networks")
struct FastPathTests {
    private static func block(_ channels: Int, stride: Int = 1) -> [LayerSpecification] {
        [
            .residual(
                Residual(
                    body: [
                        .conv2d(Conv2d(filters: channels, kernel: 3, stride: Extent2(stride), padding: 1, bias: false)),
                        .batchNorm(BatchNorm()),
                        .activation(.relu), .conv2d(Conv2d(filters: channels, kernel: 3, padding: 1, bias: false)),
                        .batchNorm(BatchNorm()),
                    ],
                    shortcut: stride == 1
                        ? []
                        : [
                            .conv2d(Conv2d(filters: channels, kernel: 1, stride: Extent2(stride), bias: false)),
                            .batchNorm(BatchNorm()),
                        ])),
            .activation(.relu),
        ]
    }

    private static let residual: [LayerSpecification] =
        [.conv2d(Conv2d(filters: 16, kernel: 3, padding: 1)), .batchNorm(BatchNorm()), .activation(.relu)]
        + block(16) + block(20, stride: 2) + block(20) + [.globalAvgPool, .linear(Linear(units: 3))]

    static let cases: [LayerCase] = [
        LayerCase(
            name: "wide 3x3 with a bias",
            layers: [
                .conv2d(Conv2d(filters: 16, kernel: 1)), .conv2d(Conv2d(filters: 18, kernel: 3, padding: 1)),
                .globalAvgPool,
            ],
            shape: [2, 6, 5], batch: 3),
        LayerCase(
            name: "wide 3x3, norm, relu, pool",
            layers: [
                .conv2d(Conv2d(filters: 17, kernel: 1)),
                .conv2d(Conv2d(filters: 16, kernel: 3, padding: 1, bias: false)), .batchNorm(BatchNorm()),
                .activation(.relu), .maxPool2d(MaxPool2d(size: 2)), .flatten, .linear(Linear(units: 2)),
            ], shape: [2, 8, 9], batch: 2),
        LayerCase(name: "residual blocks", layers: residual, shape: [2, 7, 8], batch: 2),
        LayerCase(
            name: "a norm and a relu at the very end",
            layers: [.conv2d(Conv2d(filters: 3, kernel: 3, stride: 2)), .batchNorm(BatchNorm()), .activation(.relu)],
            shape: [2, 8, 37],
            batch: 2),
        LayerCase(
            name: "a residual sum and a relu at the very end",
            layers: [
                .conv2d(Conv2d(filters: 3, kernel: 1)),
                .residual(
                    Residual(body: [.conv2d(Conv2d(filters: 3, kernel: 3, padding: 1)), .batchNorm(BatchNorm())])),
                .activation(.relu),
            ], shape: [2, 5, 6], batch: 3),
        LayerCase(
            name: "norms before a convolution and before a pool whose windows overlap",
            layers: [
                .conv2d(Conv2d(filters: 4, kernel: 1)), .batchNorm(BatchNorm()),
                .conv2d(Conv2d(filters: 3, kernel: 3, stride: 2)), .batchNorm(BatchNorm()),
                .activation(.relu), .maxPool2d(MaxPool2d(size: 3, stride: 1, padding: 1)), .flatten,
                .linear(Linear(units: 2)),
            ], shape: [2, 9, 8], batch: 3),
        LayerCase(
            name: "two readers of a norm",
            layers: [
                .conv2d(Conv2d(filters: 4, kernel: 1)), .batchNorm(BatchNorm()),
                .residual(Residual(body: [.conv2d(Conv2d(filters: 4, kernel: 1))])),
                .activation(.relu), .globalAvgPool,
            ], shape: [2, 5, 6], batch: 3),
    ]

    @Test(arguments: cases)
    func `outputs and gradients agree with double-precision loops`(_ layerCase: LayerCase) throws {
        let fixture = try NetworkFixture(layerCase.layers, layerCase.shape, batch: layerCase.batch)
        let expected = fixture.reference.outputs(fixture.examples)
        #expect(relativeError(fixture.forward(), expected.examples.flatMap { $0 }) < 1e-5)
        fixture.backward()
        try expectCentralDifferences(fixture)
    }

    @Test(arguments: cases)
    func `measuring changes no bit, and neither do threads`(_ layerCase: LayerCase) throws {
        let plain = try bits(layerCase.layers, layerCase.shape, batch: 9, measures: false, threads: 1)
        #expect(try bits(layerCase.layers, layerCase.shape, batch: 9, measures: true, threads: 1) == plain)
        #expect(try bits(layerCase.layers, layerCase.shape, batch: 9, measures: false, threads: 3) == plain)
    }

    @Test(arguments: [2, 5])
    func `nor in a batch that is cut into as many pieces as there are`(_ threads: Int) throws {
        let layers = Self.residual
        let plain = try bits(layers, [2, 16, 16], batch: 70, measures: false, threads: 1)
        #expect(try bits(layers, [2, 16, 16], batch: 70, measures: false, threads: threads) == plain)
        #expect(try bits(layers, [2, 16, 16], batch: 70, measures: true, threads: threads) == plain)
    }

    /// Every bit that a step leaves behind.
    private func bits(
        _ layers: [LayerSpecification], _ shape: Shape, batch: Int, measures: Bool, threads: Int
    ) throws -> [UInt32] {
        let fixture = try NetworkFixture(
            layers, shape, batch: batch, threads: threads, context: StepContext(mode: .training, measures: measures))
        defer { fixture.pool.close() }
        let outputs = fixture.forward()
        fixture.backward()
        return (outputs + fixture.network.gradients.array + fixture.network.buffers.array).map(\.bitPattern)
    }

    @Test(arguments: cases)
    func `evaluation after training agrees with double-precision loops`(_ layerCase: LayerCase) throws {
        var fixture = try NetworkFixture(layerCase.layers, layerCase.shape, batch: layerCase.batch)
        fixture.forward()
        fixture.context.mode = .evaluation
        let expected = fixture.reference.outputs(fixture.examples).examples.flatMap { $0 }
        #expect(relativeError(fixture.forward(), expected) < 1e-5)
    }

    @Test
    func `halving pools of 200 random shapes are exact, and hand gradients to the largest alone`() throws {
        var random = SplitMix64(seed: 2)
        for _ in 0..<200 {
            let (channels, height, width) = (
                Int.random(in: 1...3, using: &random), Int.random(in: 2...11, using: &random),
                Int.random(in: 2...43, using: &random)
            )
            // A norm without a change before it makes the gradient of the pool's input seen: its shift's is the sum.
            let fixture = try NetworkFixture(
                [.batchNorm(BatchNorm()), .maxPool2d(MaxPool2d(size: 2))], [channels, height, width], batch: 2,
                biasValue: nil,
                context: StepContext(mode: .evaluation))
            let expected = fixture.reference.outputs(fixture.examples).examples.flatMap { $0 }
            #expect(relativeError(fixture.forward(), expected) < 1e-6, "\(channels)x\(height)x\(width)")
            fixture.backward()
            try expectCentralDifferences(fixture)
        }
    }
}
