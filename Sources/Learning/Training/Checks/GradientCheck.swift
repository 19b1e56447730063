import NeuralNetworks
import Plans
import Runs
import Tensors

/// Compares what the backward pass says of each tensor with central differences of the loss.
///
/// Each tensor is moved along the signs of its gradient, at random where that is 0: the direction in which the loss changes most, so
/// that single precision sees it. Differences are taken over four lengths, and what they say of each other is how far they can be
/// trusted: kinks of relu and of pooling count there, and so does rounding. Random layers draw the same numbers each time.
struct GradientCheck {
    private let material: RunMaterial
    private let probe: ProbeBatch
    private let damage: ((Network) -> Void)?

    /// Multiply-adds that the check may take.
    private static let budget = 4e10
    private static let exampleRange = 4...32
    private static let lengths = 4
    /// The first length changes the loss by about such a share, and no weight by more.
    private static let (share, longest, shortest) = (0.02, 0.02, 1e-7)
    /// From one length to the next: weights may begin small, and kinks lie near then.
    private static let shrinking = 4.0
    /// A loss computed in single precision is known to such a share.
    private static let rounding = 2e-6

    init(_ material: RunMaterial, damage: ((Network) -> Void)?) {
        (self.material, self.damage) = (material, damage)
        let network = material.network
        let each = network.summary.reduce(0) { $0 + $1.multiplyAdds } * network.layout.segments.count * 2 * Self.lengths
        let affordable = Int(Self.budget / Double(max(1, each)))
        let count = min(Self.exampleRange.upperBound, max(Self.exampleRange.lowerBound, affordable))
        self.probe = ProbeBatch(material.training, of: material, most: count)
    }

    /// What each tensor's check found, in the order of the layers.
    func tensors() -> [CheckItem.Gradient] {
        let network = material.network
        let before = NetworkState(twinOf: network.state)
        defer { network.state.copy(from: before) }
        let outputs = FloatBuffer(count: network.maximumBatch * network.outputShape.count)
        let context = StepContext(mode: .training, seed: material.plan.seed)
        let loss = material.loss(of: probe.batch, count: probe.count, gradient: outputs.pointer).mean
        network.backward(outputGradient: outputs.pointer, batch: probe.count, context: context)
        damage?(network)
        let gradients = network.gradients.array
        return network.layout.segments.indices.map { index in
            let segment = network.layout.segments[index]
            defer { network.state.copy(from: before) }
            return check(segment, index, Array(gradients[segment.range]), loss: loss, before)
        }
    }

    private func check(
        _ segment: ParameterLayout.Segment, _ index: Int, _ gradient: [Float], loss: Double, _ before: NetworkState
    ) -> CheckItem.Gradient {
        var random = Philox(seed: material.plan.seed, purpose: .initialization).stream(UInt64(1 << 32 + index))
        let signs: [Float] = gradient.map { $0 > 0 ? 1 : $0 < 0 ? -1 : random.nextWord() & 1 == 0 ? 1 : -1 }
        let slope = gradient.reduce(0) { $0 + Double(abs($1)) }
        guard slope.isFinite, loss.isFinite else {
            return .init(name: segment.name, slope: slope, difference: .nan, doubt: 0)
        }
        let wanted = slope > 0 ? Self.share * max(abs(loss), 0.01) / slope : .infinity
        var length = min(Self.longest, max(Self.shortest, wanted))
        let noise = Self.rounding * max(abs(loss), 0.01)
        // Slopes by differences of each length, and how far rounding may make them wrong.
        var slopes: [(slope: Double, noise: Double)] = []
        for _ in 0..<Self.lengths {
            slopes.append((difference(segment, gradient, signs, length, before), noise / (2 * length)))
            length /= Self.shrinking
        }
        let pairs = zip(slopes, slopes.dropFirst()).map { long, short in
            (slope: short.slope, doubt: abs(long.slope - short.slope) + short.noise)
        }
        guard let best = pairs.min(by: { $0.doubt < $1.doubt }) else { preconditionFailure("two lengths make a pair") }
        return .init(name: segment.name, slope: slope, difference: best.slope, doubt: best.doubt)
    }

    /// The slope of the loss along signs, by the difference of two losses over the way between them as single precision went it.
    private func difference(
        _ segment: ParameterLayout.Segment, _ gradient: [Float], _ signs: [Float], _ length: Double,
        _ before: NetworkState
    ) -> Double {
        let weights = material.network.parameters.pointer + segment.offset
        let start = before.parameters.pointer + segment.offset
        let way = Float(length)
        func loss(_ way: Float) -> Double {
            for place in signs.indices { weights[place] = start[place] + way * signs[place] }
            return material.loss(of: probe.batch, count: probe.count).mean
        }
        // What the backward pass expects of the way that was gone, over what it expects of the one that was meant.
        let (above, below) = (loss(way), loss(-way))
        var (gone, meant) = (0.0, 0.0)
        for place in signs.indices {
            let (high, low) = (start[place] + way * signs[place], start[place] - way * signs[place])
            gone += Double(gradient[place]) * (Double(high) - Double(low))
            meant += Double(abs(gradient[place])) * 2 * length
        }
        let share = meant > 0 && gone > 0 ? gone / meant : 1
        return (above - below) / (2 * length * share)
    }
}
