import NeuralNetworks
import Tensors
import Testing

@Suite("Random layers")
struct RandomLayerTests {
    struct RandomCase: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let layers: [LayerSpecification]
        let shape: Shape
        let name: String
        /// Numbers that the layer needs for a batch of 5.
        let count: Int
        /// Whether the numbers are 0 or 1.
        let isMask: Bool
    }

    static let cases = [
        RandomCase(
            testDescription: "dropout",
            layers: [.linear(Linear(units: 9)), .dropout(Dropout(p: 0.3)), .linear(Linear(units: 2))], shape: [4],
            name: "1", count: 45, isMask: true),
        RandomCase(
            testDescription: "DropConnect",
            layers: [
                .linear(Linear(units: 4)), .linear(Linear(units: 7, dropConnect: 0.4)), .linear(Linear(units: 2)),
            ], shape: [3], name: "1",
            count: 28, isMask: true),
        RandomCase(
            testDescription: "stochastic depth",
            layers: [
                .linear(Linear(units: 6)),
                .residual(Residual(body: [.linear(Linear(units: 6)), .activation(.relu)], stochasticDepth: 0.25)),
                .linear(Linear(units: 2)),
            ], shape: [3], name: "1", count: 5, isMask: true),
        RandomCase(
            testDescription: "stochastic depth at the end, with a projection",
            layers: [
                .linear(Linear(units: 6)),
                .residual(
                    Residual(
                        body: [.linear(Linear(units: 3))], shortcut: [.linear(Linear(units: 3))], stochasticDepth: 0.5)),
            ], shape: [3], name: "1", count: 5, isMask: true),
        RandomCase(
            testDescription: "fractional pooling",
            layers: [
                .conv2d(Conv2d(filters: 3, kernel: 1)),
                .fractionalMaxPool2d(FractionalMaxPool2d(size: 2, heightRatio: 0.6, widthRatio: 0.75)),
                .flatten, .linear(Linear(units: 2)),
            ], shape: [1, 9, 7], name: "1", count: 30, isMask: false),
        RandomCase(
            testDescription: "noise",
            layers: [.linear(Linear(units: 9)), .gaussianNoise(GaussianNoise(std: 0.3)), .activation(.tanh)],
            shape: [4], name: "1", count: 45, isMask: false),
    ]

    private func fixture(_ randomCase: RandomCase) throws -> NetworkFixture {
        var fixture = try NetworkFixture(randomCase.layers, randomCase.shape)
        var stream = Philox(key: [4, 4]).stream(9)
        let numbers = (0..<randomCase.count).map { index in
            let number = stream.uniform()
            return randomCase.isMask ? (number < 0.3 && index > 0 ? 0 : 1) : Float(number)
        }
        fixture.supply(numbers, to: randomCase.name)
        return fixture
    }

    @Test(arguments: cases)
    func `with supplied numbers agree with double-precision loops and central differences`(_ randomCase: RandomCase)
        throws
    {
        let fixture = try fixture(randomCase)
        let expected = fixture.reference.outputs(fixture.examples)
        #expect(relativeError(fixture.forward(), expected.examples.flatMap { $0 }) < 1e-5)
        fixture.backward()
        try expectCentralDifferences(fixture)
    }

    @Test(arguments: cases)
    func `in evaluation drop nothing and add nothing`(_ randomCase: RandomCase) throws {
        var fixture = try NetworkFixture(randomCase.layers, randomCase.shape)
        fixture.context.mode = .evaluation
        let expected = fixture.reference.outputs(fixture.examples)
        #expect(relativeError(fixture.forward(), expected.examples.flatMap { $0 }) < 1e-5)
        #expect(fixture.forward() == fixture.forward())
    }

    @Test(arguments: cases)
    func `draw anew each step, and by seed and step alone`(_ randomCase: RandomCase) throws {
        func outputs(step: Int, seed: UInt64, threads: Int = 1) throws -> [Float] {
            let fixture = try NetworkFixture(
                randomCase.layers, randomCase.shape, threads: threads,
                context: StepContext(mode: .training, step: step, seed: seed))
            defer { fixture.pool.close() }
            return fixture.forward()
        }
        let first = try outputs(step: 3, seed: 1)
        #expect(try outputs(step: 3, seed: 1, threads: 3) == first)
        // Of several other steps one at least drops something else.
        #expect(try (4..<12).contains { try outputs(step: $0, seed: 1) != first })
        #expect(try (2..<10).contains { try outputs(step: 3, seed: $0) != first })
    }

    @Test
    func `a name without random numbers is refused`() throws {
        let fixture = try NetworkFixture([.linear(Linear(units: 2)), .activation(.relu)], [2])
        #expect(!fixture.network.supply([1], to: "1"))
    }

    /// Mean over many steps of what comes out in training, against what comes out in evaluation; linear layers only.
    private func expectUnbiased(_ layers: [LayerSpecification], _ shape: Shape, tolerance: Double) throws {
        var fixture = try NetworkFixture(layers, shape, batch: 8)
        var sums = Array(repeating: 0.0, count: 8 * fixture.network.outputShape.count)
        for step in 0..<4_000 {
            fixture.context.step = step
            for (index, value) in fixture.forward().enumerated() { sums[index] += Double(value) / 4_000 }
        }
        fixture.context.mode = .evaluation
        #expect(relativeError(fixture.forward(), sums) < tolerance)
    }

    @Test
    func `keep the expectation: DropConnect`() throws {
        try expectUnbiased([.linear(Linear(units: 7, dropConnect: 0.5))], [20], tolerance: 0.04)
    }

    @Test
    func `keep the expectation: stochastic depth`() throws {
        try expectUnbiased(
            [.residual(Residual(body: [.linear(Linear(units: 9))], stochasticDepth: 0.5))], [9], tolerance: 0.04)
    }

    @Test
    func `keep the expectation: noise, whose std is the one asked for`() throws {
        try expectUnbiased([.gaussianNoise(GaussianNoise(std: 0.5))], [9], tolerance: 0.02)
        let fixture = try NetworkFixture([.gaussianNoise(GaussianNoise(std: 0.5))], [1_001], batch: 20)
        let noise = zip(fixture.forward(), fixture.input.array).map { Double($0 - $1) }
        let std = (noise.reduce(0) { $0 + $1 * $1 } / Double(noise.count)).squareRoot()
        #expect(abs(std - 0.5) < 0.01)
        #expect(abs(Double(noise.count { abs($0) > 1 }) / Double(noise.count) - 0.0455) < 0.006)
    }

    @Test
    func `stochastic depth drops a share of p of the examples, each as a whole`() throws {
        var fixture = try NetworkFixture(
            [.residual(Residual(body: [.linear(Linear(units: 5))], stochasticDepth: 0.3))], [5], batch: 50)
        var dropped = 0
        for step in 0..<100 {
            fixture.context.step = step
            let outputs = fixture.forward()
            for example in 0..<50 {
                let range = example * 5..<(example + 1) * 5
                let same = range.count { outputs[$0] == fixture.input.pointer[$0] }
                #expect(same == 0 || same == 5)
                if same == 5 { dropped += 1 }
            }
        }
        #expect(abs(Double(dropped) / 5_000 - 0.3) < 0.025)
    }

    @Test
    func `fractional windows begin where PyTorch's do: 13 rows in windows of 3 onto 7, by hand`() throws {
        // alpha = 10/6; starts int((i + 0.3) alpha) - int(0.3 alpha) = 0 2 3 5 7 8, then 10.
        var fixture = try NetworkFixture(
            [
                .fractionalMaxPool2d(
                    FractionalMaxPool2d(size: Extent2(height: 3, width: 1), heightRatio: 0.57, widthRatio: 0.7))
            ], [1, 13, 2],
            batch: 1)
        // Rising rows: the largest of a window is its last row.
        for index in 0..<26 { fixture.input.pointer[index] = Float(index / 2) }
        fixture.supply([0.9, 0.3], to: "0")
        #expect(fixture.network.outputShape == [1, 7, 1])
        #expect(fixture.forward() == [2, 4, 5, 7, 9, 10, 12])
    }
}
