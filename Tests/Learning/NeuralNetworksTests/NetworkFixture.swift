import NeuralNetworks
import Tensors

/// A network with random inputs and random gradients of its outputs.
struct NetworkFixture {
    let specification: NetworkSpecification
    let network: Network
    let pool: WorkerPool
    let batch: Int
    let input: FloatBuffer
    let outputGradient: FloatBuffer
    var context: StepContext
    /// What random layers got in place of their own numbers.
    private(set) var supplied: [String: [Float]] = [:]

    init(
        _ layers: [LayerSpecification], _ inputShape: Shape, batch: Int = 5, maximumBatch: Int? = nil,
        initializer: Initializer = .kaimingNormal, biasValue: Double? = 0.1, threads: Int = 1, seed: UInt64 = 3,
        context: StepContext = StepContext(mode: .training)
    ) throws {
        specification = NetworkSpecification(
            layers: layers, inputShape: inputShape, initializer: initializer, biasValue: biasValue, seed: seed)
        pool = WorkerPool(threadCount: threads)
        network = try Network(specification, maximumBatch: maximumBatch ?? batch, pool: pool)
        self.batch = batch
        self.context = context
        input = FloatBuffer(count: batch * inputShape.count)
        outputGradient = FloatBuffer(count: batch * network.outputShape.count)
        var stream = Philox(key: [7, 11]).stream(0)
        for index in 0..<input.count { input.pointer[index] = Float(stream.normal()) }
        for index in 0..<outputGradient.count { outputGradient.pointer[index] = Float(stream.normal()) }
        for segment in network.layout.segments where segment.name.hasSuffix(".bias") {
            for index in segment.range { network.parameters.pointer[index] += Float(0.3 * stream.normal()) }
        }
    }

    /// Gives a random layer its numbers, here and in the double-precision twin.
    mutating func supply(_ numbers: [Float], to name: String) {
        supplied[name] = numbers
        network.supply(numbers, to: name)
    }

    @discardableResult
    func forward() -> [Float] {
        let outputs = network.forward(input.pointer, batch: batch, context: context)
        return Array(UnsafeBufferPointer(start: outputs, count: batch * network.outputShape.count))
    }

    func backward() {
        network.backward(outputGradient: outputGradient.pointer, batch: batch, context: context)
    }

    var measurements: [LayerMeasurement] {
        Array(unsafeUninitializedCapacity: network.watched.count) { buffer, count in
            if let base = buffer.baseAddress { network.measurements(into: base) }
            count = network.watched.count
        }
    }

    var examples: [[Double]] {
        let count = network.inputShape.count
        return (0..<batch).map { example in input.array[example * count..<(example + 1) * count].map(Double.init) }
    }

    /// The double-precision twin with the same parameters and running statistics.
    var reference: ReferenceNetwork {
        var twin = ReferenceNetwork(
            layers: specification.layers, inputShape: network.inputShape.extents, parameters: [:])
        for segment in network.layout.segments {
            twin.parameters[segment.name] = network.parameters.array[segment.range].map(Double.init)
        }
        for segment in network.bufferLayout.segments {
            twin.buffers[segment.name] = network.buffers.array[segment.range].map(Double.init)
        }
        twin.mode = context.mode
        twin.supplied = supplied.mapValues { $0.map(Double.init) }
        return twin
    }

    func segment(_ name: String) -> ParameterLayout.Segment {
        network.layout.segments.first { $0.name == name }!
    }
}

/// 2-norm of the difference over the 2-norm of the expected numbers.
func relativeError(_ actual: [Float], _ expected: [Double]) -> Double {
    var (difference, norm) = (0.0, 0.0)
    for (one, other) in zip(actual, expected) {
        difference += (Double(one) - other) * (Double(one) - other)
        norm += other * other
    }
    return actual.count == expected.count ? (difference / max(norm, 1e-30)).squareRoot() : .infinity
}
