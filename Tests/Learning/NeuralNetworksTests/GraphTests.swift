import NeuralNetworks
import Tensors
import Testing

@Suite("Graphs of blocks")
struct GraphTests {
    static let block: LayerSpecification = .residual(
        Residual(
            body: [
                .conv2d(Conv2d(filters: 4, kernel: 3, padding: 1)), .batchNorm(BatchNorm()), .activation(.relu),
                .residual(Residual(body: [.conv2d(Conv2d(filters: 4, kernel: 1, bias: false))])),
            ], shortcut: [.conv2d(Conv2d(filters: 4, kernel: 1)), .batchNorm(BatchNorm())]))

    @Test
    func `parameters have the names of nested nn.Sequentials, in PyTorch's order`() throws {
        let fixture = try NetworkFixture(
            [
                .conv2d(Conv2d(filters: 3, kernel: 1)), Self.block,
                .concat(
                    Concat(branches: [
                        [], [.conv2d(Conv2d(filters: 2, kernel: 1))], [.activation(.relu), .batchNorm(BatchNorm())],
                    ])),
                .flatten, .linear(Linear(units: 2)),
            ], [1, 4, 4])
        #expect(
            fixture.network.layout.segments.map(\.name) == [
                "0.weight", "0.bias", "1.body.0.weight", "1.body.0.bias", "1.body.1.weight", "1.body.1.bias",
                "1.body.3.body.0.weight", "1.shortcut.0.weight", "1.shortcut.0.bias", "1.shortcut.1.weight",
                "1.shortcut.1.bias", "2.branches.1.0.weight", "2.branches.1.0.bias", "2.branches.2.1.weight",
                "2.branches.2.1.bias", "4.weight", "4.bias",
            ])
        #expect(
            fixture.network.state.tensors().map(\.name).filter { $0.hasPrefix("1.body.1.") } == [
                "1.body.1.weight", "1.body.1.bias", "1.body.1.running_mean", "1.body.1.running_var",
                "1.body.1.num_batches_tracked",
            ])
        #expect(fixture.network.state.tensors().count == 17 + 3 * 3)
    }

    @Test
    func `recurrent parameters have PyTorch's names and shapes`() throws {
        let fixture = try NetworkFixture([.lstm(LSTM(units: 5))], [7, 3])
        #expect(
            fixture.network.layout.segments.map { "\($0.name) \($0.shape)" } == [
                "0.weight_ih_l0 20x3", "0.weight_hh_l0 20x5", "0.bias_ih_l0 20", "0.bias_hh_l0 20",
            ])
        #expect(fixture.network.outputShape == [5])
    }

    @Test
    func `nested layers are watched in depth order, with what follows them in their list`() throws {
        let fixture = try NetworkFixture(
            [
                .conv2d(Conv2d(filters: 3, kernel: 1)), Self.block, .activation(.relu), .flatten,
                .linear(Linear(units: 2)),
                .activation(.tanh),
            ], [1, 4, 4])
        #expect(
            fixture.network.watched.map { "\($0.name) \($0.activation ?? "-")" } == [
                "0 -", "1.body.0 relu", "1.body.3.body.0 -", "1.shortcut.0 -", "4 tanh",
            ])
    }

    @Test
    func `measuring changes no bit, and a value that two layers read is measured whole`() throws {
        let layers: [LayerSpecification] = [
            .linear(Linear(units: 6)), .residual(Residual(body: [.activation(.relu), .linear(Linear(units: 6))])),
            .linear(Linear(units: 2)),
        ]
        let plain = try NetworkFixture(layers, [4])
        let measured = try NetworkFixture(layers, [4], context: StepContext(mode: .training, measures: true))
        #expect(plain.forward() == measured.forward())
        plain.backward()
        measured.backward()
        #expect(plain.network.gradients.array == measured.network.gradients.array)
        // d loss / d output of layer 0 is what its bias's gradient sums up: with one example the same numbers.
        let single = try NetworkFixture(layers, [4], batch: 1, context: StepContext(mode: .training, measures: true))
        single.forward()
        single.backward()
        let gradient = single.network.gradients.array[single.segment("0.bias").range].map(Double.init)
        let norm = (gradient.reduce(0) { $0 + $1 * $1 } / 6).squareRoot()
        #expect(abs(single.measurements[0].signalNorm - norm) < 1e-6 * norm)
    }

    @Test
    func `the layer table indents what blocks hold`() throws {
        let fixture = try NetworkFixture(
            [
                .conv2d(Conv2d(filters: 4, kernel: 1)),
                .residual(
                    Residual(body: [.conv2d(Conv2d(filters: 4, kernel: 3, padding: 1, initializer: .init(.zero)))])),
                .concat(Concat(branches: [[.maxPool2d(MaxPool2d(size: 1))], []])),
            ], [1, 5, 5], initializer: .kaimingNormal, biasValue: nil)
        let rows = fixture.network.summary
        #expect(
            rows.map { "\($0.depth) \($0.name) \($0.kind) \($0.outputShape)" } == [
                "0 0 conv2d 4x5x5", "0 1 residual 4x5x5", "1 1.body.0 conv2d 4x5x5", "0 2 concat 8x5x5",
                "1 2.branches.0.0 maxPool2d 4x5x5",
            ])
        #expect(rows.map(\.initialization) == ["kaimingNormal, bias 0", "", "zero, bias 0", "", ""])
        #expect(rows.map(\.parameterCount) == [8, 0, 148, 0, 0])
    }

    @Test
    func `a deep chain of residual blocks needs little more memory than its outputs`() throws {
        let blocks = (0..<10).map { _ in
            LayerSpecification.residual(
                Residual(body: [.linear(Linear(units: 64)), .activation(.relu), .linear(Linear(units: 64))]))
        }
        let fixture = try NetworkFixture(
            [.linear(Linear(units: 64))] + blocks + [.linear(Linear(units: 64))], [64], batch: 512)
        let values = 512 * 64 * 4
        let parameters = 2 * 4 * fixture.network.layout.count
        // A block keeps its input and what its relu gave; four more for gradients on their way and the output.
        #expect(fixture.network.memoryBytes - parameters <= (1 + 2 * 10 + 5) * values)
    }
}
