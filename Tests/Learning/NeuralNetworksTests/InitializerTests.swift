import NeuralNetworks
import Tensors
import Testing

@Suite("Initializers")
struct InitializerTests {
    /// fanIn = 5 * 3 * 4 = 60, fanOut = 200 * 12 = 2400; 12,000 weights.
    private static func parameters(
        _ initializer: Initializer, biasValue: Double? = nil, seed: UInt64 = 1
    ) throws -> (weight: [Float], bias: [Float]) {
        let network = try Network(
            NetworkSpecification(
                layers: [.conv2d(Conv2d(filters: 200, kernel: Extent2(height: 3, width: 4)))], inputShape: [5, 6, 6],
                initializer: initializer, biasValue: biasValue, seed: seed),
            maximumBatch: 1, pool: WorkerPool(threadCount: 1))
        let segments = network.layout.segments
        #expect(segments.map(\.name) == ["0.weight", "0.bias"])
        #expect(segments[0].shape == [200, 5, 3, 4])
        return (Array(network.parameters.array[segments[0].range]), Array(network.parameters.array[segments[1].range]))
    }

    private static func std(_ values: [Float]) -> Double {
        (values.reduce(0) { $0 + Double($1) * Double($1) } / Double(values.count)).squareRoot()
    }

    private static let uniformOnes: [(Initializer, Double)] = [
        (.standard, 1 / 60.0.squareRoot()), (.kaimingUniform, (6 / 60.0).squareRoot()),
        (.xavierUniform(mode: .average), (6 / 2_460.0).squareRoot()),
        (.xavierUniform(mode: .fanIn), (3 / 60.0).squareRoot()),
    ]

    @Test(arguments: uniformOnes)
    func `uniform ones fill their bounds evenly`(_ initializer: Initializer, _ bound: Double) throws {
        let weight = try Self.parameters(initializer).weight
        let largest = Double(weight.map(abs).max()!)
        #expect(largest <= bound * (1 + 1e-6) && largest > 0.995 * bound)
        #expect(abs(Self.std(weight) / (bound / 3.0.squareRoot()) - 1) < 0.02)
        #expect(abs(weight.reduce(0) { $0 + Double($1) } / 12_000) < 0.03 * bound)
    }

    private static let normalOnes: [(Initializer, Double)] = [
        (.normal(std: 0.02), 0.02), (.kaimingNormal, (2 / 60.0).squareRoot()),
        (.xavierNormal(mode: .average), (2 / 2_460.0).squareRoot()),
        (.xavierNormal(mode: .fanIn), (1 / 60.0).squareRoot()),
    ]

    @Test(arguments: normalOnes)
    func `normal ones have their std and tails`(_ initializer: Initializer, _ std: Double) throws {
        let weight = try Self.parameters(initializer).weight
        #expect(abs(Self.std(weight) / std - 1) < 0.03)
        #expect(abs(weight.reduce(0) { $0 + Double($1) } / 12_000) < 0.04 * std)
        #expect(abs(Double(weight.count { abs(Double($0)) > 2 * std }) / 12_000 - 0.0455) < 0.008)
    }

    @Test
    func `constants and zeros`() throws {
        #expect(try Self.parameters(.constant(0.5)).weight.allSatisfy { $0 == 0.5 })
        #expect(try Self.parameters(.zero).weight.allSatisfy { $0 == 0 })
    }

    @Test
    func `biases are PyTorch's own, 0 under another initializer, or what was asked for`() throws {
        let own = try Self.parameters(.standard).bias
        #expect(own.allSatisfy { abs($0) <= Float(1 / 60.0.squareRoot()) } && Set(own).count > 150)
        #expect(try Self.parameters(.kaimingNormal).bias.allSatisfy { $0 == 0 })
        #expect(try Self.parameters(.kaimingNormal, biasValue: 0.01).bias.allSatisfy { $0 == 0.01 })
        #expect(try Self.parameters(.standard, biasValue: 0.01).bias.allSatisfy { $0 == 0.01 })
    }

    @Test
    func `a layer's own initializer comes before the network's, its bias too`() throws {
        let fixture = try NetworkFixture(
            [
                .linear(Linear(units: 4, initializer: LayerInitializer(.zero))),
                .linear(Linear(units: 4, initializer: LayerInitializer(.constant(2), bias: 0.01))),
                .linear(Linear(units: 4)),
                .batchNorm(BatchNorm(initialScale: 0)),
            ], [3], initializer: .constant(7), biasValue: 5)
        let specification = fixture.specification
        let network = try Network(specification, maximumBatch: 1, pool: fixture.pool)
        func values(_ name: String) -> [Float] { Array(network.parameters.array[fixture.segment(name).range]) }
        #expect(values("0.weight").allSatisfy { $0 == 0 } && values("0.bias") == [0, 0, 0, 0])
        #expect(values("1.weight").allSatisfy { $0 == 2 } && values("1.bias") == [0.01, 0.01, 0.01, 0.01])
        #expect(values("2.weight").allSatisfy { $0 == 7 } && values("2.bias") == [5, 5, 5, 5])
        #expect(values("3.weight") == [0, 0, 0, 0])
    }

    @Test
    func `recurrent layers begin as PyTorch's: all uniform within 1 / sqrt(units)`() throws {
        let network = try Network(
            NetworkSpecification(layers: [.lstm(LSTM(units: 100))], inputShape: [3, 400]), maximumBatch: 1,
            pool: WorkerPool(threadCount: 1))
        for segment in network.layout.segments {
            let values = network.parameters.array[segment.range].map { Double(abs($0)) }
            #expect(values.max()! <= 0.1 * (1 + 1e-6) && values.max()! > 0.098)
            #expect(abs(values.reduce(0, +) / Double(values.count) - 0.05) < 0.006)
        }
    }

    @Test
    func `the seed decides`() throws {
        #expect(try Self.parameters(.standard).weight == Self.parameters(.standard).weight)
        #expect(try Self.parameters(.standard).weight != Self.parameters(.standard, seed: 2).weight)
    }

    @Test
    func `norm layers begin with scale 1 and shift 0, prelu with 0.25, whatever the initializer`() throws {
        let fixture = try NetworkFixture(
            [.batchNorm(BatchNorm()), .activation(.prelu), .linear(Linear(units: 1))], [3], initializer: .constant(7),
            biasValue: nil)
        let parameters = fixture.network.parameters
        #expect(parameters.array[fixture.segment("0.weight").range] == [1, 1, 1])
        #expect(parameters.array[fixture.segment("1.weight").range] == [0.25])
        #expect(fixture.network.buffers.array[0..<3] == [0, 0, 0])
        #expect(fixture.network.buffers.array[16..<19] == [1, 1, 1])
    }
}
