import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite("Layer measurements of random layers")
struct MeasurementPropertyTests {
    /// Everything a measurement says, in plain loops over double precision.
    private struct Expected {
        var (mean, std, zeros, saturated, neverFired) = (0.0, 0.0, 0.0, 0.0, 0.0)
        var counts = Array(repeating: 0, count: 64)
        var (low, high) = (Float.infinity, -Float.infinity)

        init(_ values: [Float], features: Int, places: Int, unsaturated: ClosedRange<Float>?) {
            let count = Double(values.count)
            for value in values {
                mean += Double(value) / count
                if value == 0 { zeros += 1 / count }
                if let unsaturated, !unsaturated.contains(value) { saturated += 1 / count }
            }
            for value in values { std += (Double(value) - mean) * (Double(value) - mean) / count }
            std = std.squareRoot()
            for feature in 0..<features {
                let mine = values.indices.filter { $0 / places % features == feature }
                if mine.allSatisfy({ values[$0] <= 0 }) { neverFired += 1 / Double(features) }
            }
            for value in values where value.isFinite { (low, high) = (min(low, value), max(high, value)) }
            for value in values where value.isFinite {
                let place = high > low ? 64 * (Double(value) - Double(low)) / (Double(high) - Double(low)) : 0
                counts[min(63, Int(place))] += 1
            }
        }
    }

    private struct Sample: CustomStringConvertible {
        let layers: [LayerSpecification]
        let shape: Shape
        let batch: Int
        let activation: Activation
        var description: String { "\(layers) of \(shape), batch \(batch)" }

        init(_ random: inout SplitMix64) {
            let activations: [Activation] = [.relu, .tanh, .sigmoid, .elu(), .leakyRelu(), .gelu]
            activation = activations.randomElement(using: &random)!
            batch = [1, 1, 2, 3, 7, 16, 33].randomElement(using: &random)!
            let units = Int.random(in: 1...70, using: &random)
            if Bool.random(using: &random) {
                shape = [Int.random(in: 1...20, using: &random)]
                layers = [.linear(Linear(units: units)), .activation(activation)]
            } else {
                let size = Int.random(in: 1...9, using: &random)
                shape = [Int.random(in: 1...3, using: &random), size, Int.random(in: 1...9, using: &random)]
                layers = [.conv2d(Conv2d(filters: (units + 6) / 7, kernel: 1)), .activation(activation)]
            }
        }
    }

    @Test
    func `agree with plain loops`() throws {
        var random = SplitMix64(seed: 11)
        for _ in 0..<300 {
            let sample = Sample(&random)
            let fixture = try NetworkFixture(
                sample.layers, sample.shape, batch: sample.batch, threads: 2,
                context: StepContext(mode: .training, measures: true))
            defer { fixture.pool.close() }
            let outputs = fixture.forward()
            let features = fixture.network.outputShape[0]
            let bounds: [String: ClosedRange<Float>] = ["tanh": -0.97...0.97, "sigmoid": 0.015...0.985]
            let expected = Expected(
                outputs, features: features, places: fixture.network.outputShape.count / features,
                unsaturated: bounds[sample.activation.name])
            let found = fixture.measurements[0]
            #expect(abs(found.mean - expected.mean) < 1e-9, "\(sample)")
            #expect(abs(found.std - expected.std) < 1e-7, "\(sample)")
            #expect(found.minimum == expected.low && found.maximum == expected.high, "\(sample)")
            #expect(abs(found.zeros - expected.zeros) < 1e-9, "\(sample)")
            #expect(found.saturated.isNaN || abs(found.saturated - expected.saturated) < 1e-9, "\(sample)")
            #expect(found.saturated.isNaN == (bounds[sample.activation.name] == nil))
            #expect(found.neverFired.isNaN || abs(found.neverFired - expected.neverFired) < 1e-9, "\(sample)")
            // Values within rounding of an edge may fall on either side.
            let difference = (0..<64).reduce(0) { $0 + abs(expected.counts[$1] - Int(found.histogram.counts[$1])) }
            #expect(difference <= 2 + outputs.count / 500, "\(sample)")
            #expect((0..<64).reduce(0) { $0 + Int(found.histogram.counts[$1]) } == outputs.count, "\(sample)")
        }
    }

    @Test(arguments: 0..<40)
    func `leave what is no number out of every histogram, wherever it stands`(_ place: Int) throws {
        let fixture = try NetworkFixture(
            [.linear(Linear(units: 40))], [3], batch: 3, context: StepContext(mode: .training, measures: true))
        let bias = fixture.segment("0.bias").offset
        for odd in [Float.nan, .infinity, -.infinity] {
            fixture.network.parameters.pointer[bias + place] = odd
            let finite = fixture.forward().filter(\.isFinite)
            let found = fixture.measurements[0]
            #expect((0..<64).reduce(0) { $0 + Int(found.histogram.counts[$1]) } == finite.count)
            #expect(found.histogram.low == finite.min() && found.histogram.high == finite.max())
            #expect(!found.mean.isFinite)
        }
    }

    @Test
    func `leave every bit of random layers as it is, whoever computes the activation`() throws {
        var random = SplitMix64(seed: 12)
        for _ in 0..<150 {
            let (first, second) = (Sample(&random), Sample(&random))
            let layers: [LayerSpecification] = [
                .linear(Linear(units: Int.random(in: 1...90, using: &random))), .activation(first.activation),
                .linear(Linear(units: Int.random(in: 1...90, using: &random))), .activation(second.activation),
                .linear(Linear(units: 3)),
            ]
            var results: [[UInt32]] = []
            for measures in [false, true] {
                var fixture = try NetworkFixture(
                    layers, [Int.random(in: 5...5, using: &random)], batch: first.batch, threads: 2)
                defer { fixture.pool.close() }
                fixture.context.measures = measures
                let outputs = fixture.forward()
                fixture.backward()
                results.append((outputs + fixture.network.gradients.array).map(\.bitPattern))
            }
            #expect(results[0] == results[1], "\(layers)")
        }
    }
}
