import NeuralNetworks
import Tensors

/// How long layers take in a network of their own.
struct LayerTiming {
    let forward: Double
    let backward: Double
    /// What measuring the outputs took of a measured pass.
    let measuring: Double
    let multiplyAdds: Int

    /// - Parameter shape: of one example that comes in.
    init(_ layers: [LayerSpecification], shape: Shape, batch: Int, pool: WorkerPool, clock: KernelClock) throws {
        let network = try Network(
            NetworkSpecification(layers: layers, inputShape: shape, seed: 1), maximumBatch: batch, pool: pool)
        let inputs = Self.normal(batch * shape.count, seed: 1)
        let gradient = Self.normal(batch * network.outputShape.count, seed: 2)
        let context = StepContext(mode: .training)
        forward = clock.time { _ = network.forward(inputs.pointer, batch: batch, context: context) }
        backward = clock.time { network.backward(outputGradient: gradient.pointer, batch: batch, context: context) }
        let measured = StepContext(mode: .training, measures: true)
        var durations: [Double] = []
        for _ in 0..<5 {
            _ = network.forward(inputs.pointer, batch: batch, context: measured)
            durations.append(network.measuringSeconds)
        }
        measuring = Spread(durations).median
        multiplyAdds = network.summary.reduce(0) { $0 + $1.multiplyAdds }
    }

    private static func normal(_ count: Int, seed: UInt64) -> FloatBuffer {
        let buffer = FloatBuffer(count: count)
        var random = Philox(seed: seed, purpose: .generatedData).stream(0)
        // Drawing is slow and 64k numbers are random enough.
        for place in 0..<count {
            buffer.pointer[place] = place < 65_536 ? Float(random.normal()) : buffer.pointer[place - 65_536]
        }
        return buffer
    }
}
