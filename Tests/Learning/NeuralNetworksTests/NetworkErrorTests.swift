import NeuralNetworks
import Tensors
import Testing

@Suite("Specifications that are no network")
struct NetworkErrorTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let layers: [LayerSpecification]
        let shape: Shape
        let index: Int?
        let line: String

        var testDescription: String { line }
    }

    private static let pictures: Shape = [32, 3, 3]

    static let refusals: [Refusal] = [
        Refusal(layers: [], shape: [3], index: nil, line: "model: has no layers; a network needs at least one"),
        Refusal(
            layers: [.flatten], shape: [3, 0], index: nil,
            line: "model: the examples have no numbers (their shape is 3x0)"),
        Refusal(
            layers: [.activation(.relu), .conv2d(Conv2d(filters: 8, kernel: 5))], shape: pictures, index: 1,
            line: "model[1].conv2d: a 5x5 kernel does not fit into 32x3x3 pictures with padding 0; "
                + "use a smaller kernel, more padding or less pooling before it"),
        Refusal(
            layers: [.conv1d(Conv1d(filters: 8, kernel: 9, padding: 1))], shape: [4, 5], index: 0,
            line: "model[0].conv1d: a kernel of 9 does not fit into 4x5 sequences with padding 1; "
                + "use a smaller kernel, more padding or less pooling before it"),
        Refusal(
            layers: [.maxPool2d(MaxPool2d(size: 2)), .maxPool2d(MaxPool2d(size: 2))], shape: pictures, index: 1,
            line: "model[1].maxPool2d: a 2x2 kernel does not fit into 32x1x1 pictures with padding 0; "
                + "use a smaller kernel, more padding or less pooling before it"),
        Refusal(
            layers: [.linear(Linear(units: 10))], shape: pictures, index: 0,
            line: "model[0].linear: 32x3x3 comes in, but it wants a list of features: put \"flatten\" before it"),
        Refusal(
            layers: [.flatten, .conv2d(Conv2d(filters: 1, kernel: 1))], shape: pictures, index: 1,
            line: "model[1].conv2d: 288 comes in, but it wants pictures of channels x height x width"),
        Refusal(
            layers: [.conv1d(Conv1d(filters: 1, kernel: 1))], shape: pictures, index: 0,
            line: "model[0].conv1d: 32x3x3 comes in, but it wants sequences of channels x length"),
        Refusal(
            layers: [.globalAvgPool], shape: [8], index: 0,
            line: "model[0].globalAvgPool: 8 comes in, but it wants pictures of channels x height x width"),
        Refusal(
            layers: [.maxPool2d(MaxPool2d(size: 2, padding: 2))], shape: pictures, index: 0,
            line: "model[0].maxPool2d: padding 2 is more than half of the window 2x2; at most 1 makes sense"),
        Refusal(
            layers: [.linear(Linear(units: 0))], shape: [3], index: 0,
            line: "model[0].linear: units is 0, but must be at least 1"),
        Refusal(
            layers: [.conv2d(Conv2d(filters: -1, kernel: 1))], shape: pictures, index: 0,
            line: "model[0].conv2d: filters is -1, but must be at least 1"),
        Refusal(
            layers: [.conv2d(Conv2d(filters: 1, kernel: 1, stride: 0))], shape: pictures, index: 0,
            line: "model[0].conv2d: stride is 0x0, but must be at least 1"),
        Refusal(
            layers: [.conv2d(Conv2d(filters: 1, kernel: 1, padding: -1))], shape: pictures, index: 0,
            line: "model[0].conv2d: padding is -1x-1, but must be at least 0"),
        Refusal(
            layers: [.dropout(Dropout(p: 1.5))], shape: [3], index: 0,
            line: "model[0].dropout: p is 1.5, but must be between 0 and 1"),
        Refusal(
            layers: [.dropout(Dropout(p: .nan))], shape: [3], index: 0,
            line: "model[0].dropout: p is nan, but must be between 0 and 1"),
        Refusal(
            layers: [.batchNorm(BatchNorm(eps: 0))], shape: [3], index: 0,
            line: "model[0].batchNorm: eps is 0.0, but must be above 0"),
        Refusal(
            layers: [.linear(Linear(units: 1 << 40))], shape: [1 << 10], index: 0,
            line: "model[0].linear: the weight needs more than 2^31 numbers; make the layer smaller"),
        Refusal(
            layers: [.conv2d(Conv2d(filters: .max, kernel: 3))], shape: pictures, index: 0,
            line: "model[0].conv2d: the weight needs more than 2^31 numbers; make the layer smaller"),
        Refusal(
            layers: [.residual(Residual(body: []))], shape: [3], index: 0,
            line: "model[0].residual: body is empty, but must be a list of at least one layer"),
        Refusal(
            layers: [.residual(Residual(body: [.activation(.relu)], stochasticDepth: 1.5))], shape: [3], index: 0,
            line: "model[0].residual: stochasticDepth is 1.5, but must be between 0 and 1"),
        Refusal(
            layers: [.activation(.relu), .residual(Residual(body: [.linear(Linear(units: 5))]))], shape: [3], index: 1,
            line: "model[1].residual: the body gives 5 and the shortcut 3, which cannot be added; "
                + "give the shortcut a linear layer of 5 units, or end the body with 3"),
        Refusal(
            layers: [.residual(Residual(body: [.conv2d(Conv2d(filters: 32, kernel: 3))]))], shape: pictures, index: 0,
            line: "model[0].residual: the body gives 32x1x1 and the shortcut 32x3x3, which cannot be added; "
                + "give the shortcut a 1x1 convolution, 32 filters and stride 3"),
        Refusal(
            layers: [.residual(Residual(body: [.conv2d(Conv2d(filters: 8, kernel: 1))]))], shape: pictures, index: 0,
            line: "model[0].residual: the body gives 8x3x3 and the shortcut 32x3x3, which cannot be added; "
                + "give the shortcut a 1x1 convolution, 8 filters"),
        Refusal(
            layers: [.residual(Residual(body: [.flatten]))], shape: pictures, index: 0,
            line: "model[0].residual: the body gives 288 and the shortcut 32x3x3, which cannot be added; "
                + "they must have the same shape"),
        Refusal(
            layers: [
                .residual(Residual(body: [.residual(Residual(body: [.activation(.relu), .linear(Linear(units: 2))]))]))
            ], shape: pictures,
            index: 0,
            line: "model[0].residual.body[0].residual.body[1].linear: 32x3x3 comes in, "
                + "but it wants a list of features: put \"flatten\" before it"),
        Refusal(
            layers: [.concat(Concat(branches: []))], shape: [3], index: 0,
            line: "model[0].concat: branches is empty, but must be a list of at least one branch"),
        Refusal(
            layers: [.concat(Concat(branches: [[], [.maxPool2d(MaxPool2d(size: 2))]]))], shape: pictures, index: 0,
            line: "model[0].concat: branch 0 gives 32x3x3 and branch 1 32x1x1; all but the channels must be the same"),
        Refusal(
            layers: [.concat(Concat(branches: [[], [.flatten, .linear(Linear(units: 0))]]))], shape: pictures, index: 0,
            line: "model[0].concat.branches[1][1].linear: units is 0, but must be at least 1"),
        Refusal(
            layers: [.activation(.maxout(pieces: 3))], shape: pictures, index: 0,
            line: "model[0].maxout: 32x3x3 comes in, and 32 cannot be cut into groups of 3"),
        Refusal(
            layers: [.instanceNorm(InstanceNorm())], shape: [8], index: 0,
            line: "model[0].instanceNorm: 8 comes in, but it wants maps of more than one number"),
        Refusal(
            layers: [.lstm(LSTM(units: 3))], shape: [8], index: 0,
            line: "model[0].lstm: 8 comes in, but it wants sequences of length x features"),
        Refusal(
            layers: [.lstm(LSTM(units: .max))], shape: [8, 2], index: 0,
            line: "model[0].lstm: the weight needs more than 2^31 numbers; make the layer smaller"),
        Refusal(
            layers: [.fractionalMaxPool2d(FractionalMaxPool2d(size: 3, heightRatio: 0.9, widthRatio: 0.9))],
            shape: [1, 3, 3], index: 0,
            line: "model[0].fractionalMaxPool2d: outputRatio is 0.9, "
                + "but must be such that 1x1 to 1x1 remain, not 2x2"),
        Refusal(
            layers: [.gaussianNoise(GaussianNoise(std: -1))], shape: [3], index: 0,
            line: "model[0].gaussianNoise: std is -1.0, but must be at least 0"),
        Refusal(
            layers: [.linear(Linear(units: 2, dropConnect: 2))], shape: [3], index: 0,
            line: "model[0].linear: dropConnect is 2.0, but must be between 0 and 1"),
    ]

    @Test(arguments: refusals)
    func `are refused with the layer, what came in and what would do`(_ refusal: Refusal) throws {
        let error = try #require(throws: NetworkError.self) {
            try Network(
                NetworkSpecification(layers: refusal.layers, inputShape: refusal.shape), maximumBatch: 4,
                pool: WorkerPool(threadCount: 1))
        }
        #expect(error.description == refusal.line)
        #expect(error.layerIndex == refusal.index)
    }

    @Test
    func `a network larger than the machine is refused before anything is allocated`() throws {
        let error = try #require(throws: NetworkError.self) {
            try Network(
                NetworkSpecification(layers: [.linear(Linear(units: 1 << 21))], inputShape: [1 << 10]),
                maximumBatch: 1 << 20,
                pool: WorkerPool(threadCount: 1))
        }
        #expect(error.layerIndex == 0)
        #expect(error.description.hasPrefix("model[0].linear: the network needs "))
    }
}
