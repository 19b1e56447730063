import NeuralNetworks
import Tensors
import Testing

/// A stack of layers whose outputs and gradients are compared with the double-precision twin.
struct LayerCase: CustomTestStringConvertible, Sendable {
    let name: String
    let layers: [LayerSpecification]
    let shape: Shape
    var batch = 5

    var testDescription: String { name }

    /// A pointwise layer comes first, so that the gradient that reaches the tested layer's input is checked too.
    static let pictures: LayerSpecification = .conv2d(Conv2d(filters: 3, kernel: 1))

    static let all: [LayerCase] = [
        LayerCase(
            name: "linear", layers: [.linear(Linear(units: 7)), .linear(Linear(units: 4, bias: false))], shape: [6]),
        LayerCase(
            name: "linear, one example", layers: [.linear(Linear(units: 19)), .linear(Linear(units: 3))], shape: [33],
            batch: 1),
        LayerCase(
            name: "linear, one unit", layers: [.linear(Linear(units: 1)), .linear(Linear(units: 2))], shape: [1]),
        LayerCase(
            name: "wide linear, several pieces", layers: [.linear(Linear(units: 150)), .linear(Linear(units: 70))],
            shape: [130],
            batch: 130),
        LayerCase(
            name: "conv2d 3x3", layers: [pictures, .conv2d(Conv2d(filters: 4, kernel: 3, padding: 1))],
            shape: [2, 6, 5]),
        LayerCase(
            name: "conv2d, nine pictures", layers: [pictures, .conv2d(Conv2d(filters: 18, kernel: 3))],
            shape: [2, 20, 19],
            batch: 9),
        LayerCase(
            name: "conv2d, several panels",
            layers: [.conv2d(Conv2d(filters: 16, kernel: 1)), .conv2d(Conv2d(filters: 2, kernel: 3, padding: 1))],
            shape: [1, 37, 39], batch: 1),
        LayerCase(
            name: "conv2d, pointwise in panels",
            layers: [.conv2d(Conv2d(filters: 120, kernel: 1)), .conv2d(Conv2d(filters: 2, kernel: 1))],
            shape: [1, 37, 39], batch: 1),
        LayerCase(
            name: "conv2d, one channel, kernel = picture, one example",
            layers: [
                .conv2d(Conv2d(filters: 1, kernel: 1)),
                .conv2d(Conv2d(filters: 2, kernel: Extent2(height: 4, width: 5))),
            ],
            shape: [1, 4, 5], batch: 1),
        LayerCase(
            name: "conv2d, even kernel with padding, no bias",
            layers: [
                pictures, .conv2d(Conv2d(filters: 2, kernel: Extent2(height: 2, width: 4), padding: 2, bias: false)),
            ],
            shape: [1, 5, 7]),
        LayerCase(
            name: "conv2d, stride above the kernel",
            layers: [
                pictures, .conv2d(Conv2d(filters: 2, kernel: 2, stride: Extent2(height: 3, width: 4), padding: 1)),
            ],
            shape: [2, 8, 9]),
        LayerCase(
            name: "conv2d, kernel larger than the picture",
            layers: [pictures, .conv2d(Conv2d(filters: 2, kernel: 5, stride: 2, padding: 2))], shape: [1, 3, 2]),
        LayerCase(
            name: "conv2d, pointwise with stride",
            layers: [pictures, .conv2d(Conv2d(filters: 2, kernel: 1, stride: 2))], shape: [2, 5, 5]),
        LayerCase(
            name: "conv1d",
            layers: [
                .conv1d(Conv1d(filters: 3, kernel: 1)), .conv1d(Conv1d(filters: 4, kernel: 3, stride: 2, padding: 2)),
            ],
            shape: [2, 21]),
        LayerCase(
            name: "maxPool2d, halving wide rows",
            layers: [pictures, .maxPool2d(MaxPool2d(size: 2)), .conv2d(Conv2d(filters: 2, kernel: 1))],
            shape: [2, 4, 43]),
        LayerCase(
            name: "maxPool2d, halving narrow rows", layers: [pictures, .maxPool2d(MaxPool2d(size: 2))],
            shape: [1, 5, 14]),
        LayerCase(name: "maxPool2d", layers: [pictures, .maxPool2d(MaxPool2d(size: 2))], shape: [2, 6, 7]),
        LayerCase(
            name: "maxPool2d, overlapping with padding",
            layers: [pictures, .maxPool2d(MaxPool2d(size: 3, stride: 2, padding: 1))],
            shape: [2, 7, 6]),
        LayerCase(
            name: "maxPool2d, stride above the window",
            layers: [pictures, .maxPool2d(MaxPool2d(size: Extent2(height: 1, width: 2), stride: 3))], shape: [1, 7, 8]),
        LayerCase(
            name: "avgPool2d with padding", layers: [pictures, .avgPool2d(AvgPool2d(size: 3, stride: 2, padding: 1))],
            shape: [2, 5, 6]),
        LayerCase(
            name: "globalAvgPool", layers: [pictures, .globalAvgPool, .linear(Linear(units: 2))], shape: [2, 3, 5]),
        LayerCase(
            name: "batchNorm of features",
            layers: [.linear(Linear(units: 21)), .batchNorm(BatchNorm()), .linear(Linear(units: 3))], shape: [4],
            batch: 6),
        LayerCase(
            name: "batchNorm of maps",
            layers: [pictures, .batchNorm(BatchNorm(eps: 1e-3)), .conv2d(Conv2d(filters: 2, kernel: 2))],
            shape: [2, 5, 4]),
        LayerCase(
            name: "batchNorm of sequences", layers: [.conv1d(Conv1d(filters: 3, kernel: 1)), .batchNorm(BatchNorm())],
            shape: [2, 17]),
        LayerCase(
            name: "conv, norm, relu, pool, flatten, linear",
            layers: [
                .conv2d(Conv2d(filters: 4, kernel: 3, padding: 1)), .batchNorm(BatchNorm()), .activation(.relu),
                .maxPool2d(MaxPool2d(size: 2)),
                .flatten, .linear(Linear(units: 6)), .activation(.tanh), .linear(Linear(units: 3)),
            ], shape: [1, 8, 8], batch: 4),
        LayerCase(name: "flatten last", layers: [.conv2d(Conv2d(filters: 2, kernel: 2)), .flatten], shape: [1, 3, 3]),
        LayerCase(
            name: "activation first and last",
            layers: [.activation(.tanh), .linear(Linear(units: 3)), .activation(.sigmoid)], shape: [5]),
        LayerCase(
            name: "two activations in a row",
            layers: [
                .linear(Linear(units: 5)), .activation(.tanh), .activation(.relu), .dropout(Dropout(p: 0)),
                .linear(Linear(units: 2)),
            ],
            shape: [4]),
    ]

    private static let body: [LayerSpecification] = [
        .conv2d(Conv2d(filters: 3, kernel: 3, padding: 1, bias: false)), .batchNorm(BatchNorm()), .activation(.relu),
        .conv2d(Conv2d(filters: 3, kernel: 3, padding: 1)), .batchNorm(BatchNorm()),
    ]

    /// Blocks, with several readers of a value.
    static let blocks: [LayerCase] = [
        LayerCase(
            name: "residual, identity, then relu",
            layers: [pictures, .residual(Residual(body: body)), .activation(.relu), .globalAvgPool], shape: [2, 5, 4]),
        LayerCase(
            name: "residual at the very beginning and the very end",
            layers: [
                .residual(Residual(body: [.linear(Linear(units: 6)), .activation(.tanh), .linear(Linear(units: 6))]))
            ], shape: [6]),
        LayerCase(
            name: "residuals in a row, pre-activation",
            layers: [
                .linear(Linear(units: 9)), .residual(Residual(body: [.activation(.relu), .linear(Linear(units: 9))])),
                .residual(Residual(body: [.batchNorm(BatchNorm()), .activation(.tanh), .linear(Linear(units: 9))])),
                .linear(Linear(units: 2)),
            ], shape: [5], batch: 7),
        LayerCase(
            name: "residual with projection and bottleneck",
            layers: [
                pictures,
                .residual(
                    Residual(
                        body: [
                            .conv2d(Conv2d(filters: 2, kernel: 1)), .activation(.relu),
                            .conv2d(Conv2d(filters: 2, kernel: 3, stride: 2, padding: 1)), .activation(.elu()),
                            .conv2d(Conv2d(filters: 5, kernel: 1)),
                        ], shortcut: [.conv2d(Conv2d(filters: 5, kernel: 1, stride: 2)), .batchNorm(BatchNorm())])),
                .activation(.relu), .flatten, .linear(Linear(units: 2)),
            ], shape: [2, 7, 6]),
        LayerCase(
            name: "residual whose branches end in place",
            layers: [
                .linear(Linear(units: 8)),
                .residual(
                    Residual(
                        body: [.linear(Linear(units: 8)), .activation(.relu)],
                        shortcut: [.linear(Linear(units: 8)), .activation(.relu)])),
                .activation(.relu), .linear(Linear(units: 3)),
            ], shape: [4]),
        LayerCase(
            name: "residual over elementwise layers alone",
            layers: [
                .linear(Linear(units: 20)),
                .residual(Residual(body: [.activation(.tanh)], shortcut: [.activation(.sigmoid)])),
                .residual(Residual(body: [.activation(.relu)])), .linear(Linear(units: 2)),
            ], shape: [4]),
        LayerCase(
            name: "residual over flatten",
            layers: [
                .linear(Linear(units: 20)),
                .residual(Residual(body: [.flatten, .activation(.tanh)], shortcut: [.flatten])),
                .residual(Residual(body: [.flatten])), .activation(.sigmoid), .linear(Linear(units: 2)),
            ], shape: [4]),
        LayerCase(
            name: "residual over another's shortcut",
            layers: [
                pictures,
                .residual(
                    Residual(
                        body: [
                            .conv2d(Conv2d(filters: 3, kernel: 1)),
                            .residual(Residual(body: [.conv2d(Conv2d(filters: 3, kernel: 3, padding: 1))])),
                        ],
                        shortcut: [
                            .residual(
                                Residual(body: [.activation(.tanh)], shortcut: [.conv2d(Conv2d(filters: 3, kernel: 1))])
                            )
                        ])),
            ], shape: [1, 4, 5]),
        LayerCase(
            name: "inception",
            layers: [
                pictures, .activation(.relu),
                .concat(
                    Concat(branches: [
                        [.conv2d(Conv2d(filters: 2, kernel: 1)), .activation(.relu)],
                        [
                            .conv2d(Conv2d(filters: 2, kernel: 1)), .activation(.relu),
                            .conv2d(Conv2d(filters: 4, kernel: 3, padding: 1)),
                        ],
                        [
                            .maxPool2d(MaxPool2d(size: 3, stride: 1, padding: 1)),
                            .conv2d(Conv2d(filters: 1, kernel: 1)),
                        ], [],
                    ])),
                .activation(.relu), .globalAvgPool, .linear(Linear(units: 3)),
            ], shape: [2, 6, 5]),
        LayerCase(
            name: "concat of features, twice the same",
            layers: [
                .linear(Linear(units: 5)), .concat(Concat(branches: [[], [.activation(.tanh)], []])),
                .linear(Linear(units: 2)),
            ],
            shape: [4]),
        LayerCase(
            name: "concat first and last", layers: [.concat(Concat(branches: [[], [.linear(Linear(units: 3))]]))],
            shape: [4]),
        LayerCase(
            name: "concat within a residual within a concat",
            layers: [
                .linear(Linear(units: 4)),
                .concat(
                    Concat(branches: [
                        [
                            .residual(
                                Residual(body: [
                                    .concat(
                                        Concat(branches: [[.linear(Linear(units: 2))], [.linear(Linear(units: 2))]]))
                                ]))
                        ],
                        [.linear(Linear(units: 3)), .activation(.gelu)],
                    ])),
                .linear(Linear(units: 2)),
            ], shape: [3]),
    ]

    /// Norms, pools, recurrent layers.
    static let others: [LayerCase] = [
        LayerCase(
            name: "layerNorm of features",
            layers: [.linear(Linear(units: 37)), .layerNorm(LayerNorm()), .linear(Linear(units: 3))], shape: [4]),
        LayerCase(
            name: "layerNorm of maps",
            layers: [pictures, .layerNorm(LayerNorm(eps: 1e-2)), .conv2d(Conv2d(filters: 2, kernel: 2))],
            shape: [2, 5, 3]),
        LayerCase(
            name: "layerNorm, one example", layers: [.linear(Linear(units: 3)), .layerNorm(LayerNorm())], shape: [4],
            batch: 1),
        LayerCase(
            name: "instanceNorm of maps",
            layers: [pictures, .instanceNorm(InstanceNorm()), .conv2d(Conv2d(filters: 2, kernel: 2))],
            shape: [2, 5, 7]),
        LayerCase(
            name: "instanceNorm of sequences, one channel",
            layers: [
                .conv1d(Conv1d(filters: 1, kernel: 1)), .instanceNorm(InstanceNorm()), .flatten,
                .linear(Linear(units: 2)),
            ], shape: [2, 18],
            batch: 1),
        LayerCase(
            name: "maxPool1d",
            layers: [.conv1d(Conv1d(filters: 3, kernel: 1)), .maxPool1d(MaxPool1d(size: 3, stride: 2, padding: 1))],
            shape: [2, 11]),
        LayerCase(
            name: "maxPool1d, even", layers: [.conv1d(Conv1d(filters: 3, kernel: 1)), .maxPool1d(MaxPool1d(size: 2))],
            shape: [2, 20]),
        LayerCase(
            name: "avgPool1d",
            layers: [.conv1d(Conv1d(filters: 3, kernel: 1)), .avgPool1d(AvgPool1d(size: 4, stride: 3, padding: 2))],
            shape: [2, 13]),
        LayerCase(
            name: "globalAvgPool of sequences", layers: [.conv1d(Conv1d(filters: 3, kernel: 2)), .globalAvgPool],
            shape: [2, 9]),
        LayerCase(
            name: "maxout of features",
            layers: [.linear(Linear(units: 12)), .activation(.maxout(pieces: 3)), .linear(Linear(units: 2))],
            shape: [5]),
        LayerCase(
            name: "maxout of maps", layers: [.conv2d(Conv2d(filters: 4, kernel: 2)), .activation(.maxout())],
            shape: [2, 4, 5]),
        LayerCase(name: "rnn", layers: [.rnn(RNN(units: 5)), .linear(Linear(units: 2))], shape: [7, 3]),
        LayerCase(
            name: "rnn, relu, sequences", layers: [.rnn(RNN(units: 17, nonlinearity: .relu, returnSequences: true))],
            shape: [4, 3]),
        LayerCase(
            name: "rnn over rnn", layers: [.rnn(RNN(units: 4, returnSequences: true)), .rnn(RNN(units: 3))],
            shape: [5, 2],
            batch: 3),
        LayerCase(name: "rnn, one step, one unit", layers: [.rnn(RNN(units: 1))], shape: [1, 1], batch: 1),
        LayerCase(name: "lstm", layers: [.lstm(LSTM(units: 5)), .linear(Linear(units: 2))], shape: [6, 3]),
        LayerCase(
            name: "lstm over lstm, pieces of examples",
            layers: [.lstm(LSTM(units: 18, returnSequences: true)), .lstm(LSTM(units: 16))], shape: [9, 4], batch: 21),
        LayerCase(
            name: "lstm, one step, one example", layers: [.lstm(LSTM(units: 3, returnSequences: true))], shape: [1, 2],
            batch: 1),
        LayerCase(
            name: "lstm read twice",
            layers: [
                .lstm(LSTM(units: 3, returnSequences: true)),
                .residual(Residual(body: [.lstm(LSTM(units: 3, returnSequences: true))])), .flatten,
                .linear(Linear(units: 2)),
            ], shape: [4, 2]),
    ]

    static let everything = all + activations + blocks + others

    static let activations: [LayerCase] =
        [
            Activation.relu, .leakyRelu(), .leakyRelu(slope: -0.5), .prelu, .elu(), .elu(alpha: 0.5), .selu, .gelu,
            .sigmoid, .tanh, .softmax,
        ]
        .flatMap { activation in
            [
                LayerCase(
                    name: "\(activation)",
                    layers: [.linear(Linear(units: 37)), .activation(activation), .linear(Linear(units: 3))], shape: [8]
                ),
                LayerCase(
                    name: "\(activation) of maps", layers: [pictures, .activation(activation)], shape: [2, 3, 3]),
            ]
        }
}

@Suite("Layers agree with double-precision loops and central differences")
struct LayerTests {
    @Test(arguments: LayerCase.everything)
    func `outputs`(_ layerCase: LayerCase) throws {
        let fixture = try NetworkFixture(layerCase.layers, layerCase.shape, batch: layerCase.batch)
        let expected = fixture.reference.outputs(fixture.examples)
        #expect(fixture.network.outputShape.extents == expected.shape)
        #expect(relativeError(fixture.forward(), expected.examples.flatMap { $0 }) < 1e-5)
    }

    @Test(arguments: LayerCase.everything)
    func `gradients of every parameter`(_ layerCase: LayerCase) throws {
        let fixture = try NetworkFixture(layerCase.layers, layerCase.shape, batch: layerCase.batch)
        fixture.forward()
        fixture.backward()
        try expectCentralDifferences(fixture)
    }

    @Test
    func `gradients with running statistics`() throws {
        let fixture = try NetworkFixture(
            [.linear(Linear(units: 6)), .batchNorm(BatchNorm()), .linear(Linear(units: 2))], [4],
            context: StepContext(mode: .evaluation))
        for index in 0..<fixture.network.buffers.count {
            fixture.network.buffers.pointer[index] = 0.5 + Float(index % 5)
        }
        fixture.forward()
        fixture.backward()
        try expectCentralDifferences(fixture)
    }

    @Test
    func `a batch smaller than planned gives the same outputs as one planned for it`() throws {
        let layers: [LayerSpecification] = [
            .conv2d(Conv2d(filters: 4, kernel: 3)), .activation(.relu), .maxPool2d(MaxPool2d(size: 2)), .flatten,
            .linear(Linear(units: 3)),
        ]
        let exact = try NetworkFixture(layers, [1, 8, 8], batch: 3)
        let large = try NetworkFixture(layers, [1, 8, 8], batch: 3, maximumBatch: 20)
        #expect(exact.forward() == large.forward())
        exact.backward()
        large.backward()
        #expect(exact.network.gradients.array == large.network.gradients.array)
    }

    @Test
    func `backward overwrites the gradients of the step before`() throws {
        let fixture = try NetworkFixture(LayerCase.all[0].layers, LayerCase.all[0].shape)
        fixture.forward()
        fixture.backward()
        let first = fixture.network.gradients.array
        fixture.forward()
        fixture.backward()
        #expect(fixture.network.gradients.array == first)
    }

    @Test(arguments: LayerCase.everything)
    func `NaN comes out of every layer that it goes into`(_ layerCase: LayerCase) throws {
        let fixture = try NetworkFixture(layerCase.layers, layerCase.shape, batch: layerCase.batch)
        fixture.input.fill(.nan)
        #expect(fixture.forward().contains { $0.isNaN })
    }
}

/// Compares gradients with central differences of sum(outputs * outputGradient) in the double-precision twin, of at
/// most 40 elements a tensor.
func expectCentralDifferences(_ fixture: NetworkFixture) throws {
    let weights = fixture.outputGradient.array.map(Double.init)
    let examples = fixture.examples
    var reference = fixture.reference
    let step = 1e-5
    for segment in fixture.network.layout.segments {
        let indices = Array(stride(from: 0, to: segment.count, by: max(1, segment.count / 40)))
        var expected: [Double] = []
        for index in indices {
            let value = reference.parameters[segment.name]![index]
            var sums: [Double] = []
            for shifted in [value + step, value - step] {
                reference.parameters[segment.name]![index] = shifted
                let outputs = reference.outputs(examples).examples.joined()
                sums.append(zip(outputs, weights).reduce(0) { $0 + $1.0 * $1.1 })
            }
            reference.parameters[segment.name]![index] = value
            expected.append((sums[0] - sums[1]) / (2 * step))
        }
        let actual = indices.map { fixture.network.gradients.pointer[segment.offset + $0] }
        let norm = expected.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if norm < 1e-6 {
            // A bias before batch norm: pure noise around 0.
            #expect(actual.allSatisfy { abs($0) < 1e-4 }, "\(segment.name)")
        } else {
            #expect(relativeError(actual, expected) < 2e-4, "\(segment.name)")
        }
    }
}
