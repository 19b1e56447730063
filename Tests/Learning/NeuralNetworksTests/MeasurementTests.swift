import Foundation
import NeuralNetworks
import Tensors
import Testing

@Suite("Layer measurements")
struct MeasurementTests {
    private static let measuring = StepContext(mode: .training, measures: true)

    /// The same statistics in plain loops.
    private struct Expected {
        var mean = 0.0
        var std = 0.0
        var zeros = 0.0
        var neverFired = 0.0

        init(_ values: [Float], features: Int, places: Int) {
            let count = Double(values.count)
            let average = values.reduce(0) { $0 + Double($1) } / count
            mean = average
            std = (values.reduce(0) { $0 + pow(Double($1) - average, 2) } / count).squareRoot()
            zeros = Double(values.count { $0 == 0 }) / count
            let silent = (0..<features).count { feature in
                !values.indices.contains { values[$0] > 0 && $0 / places % features == feature }
            }
            neverFired = Double(silent) / Double(features)
        }
    }

    /// Compares with a histogram in double precision; values within rounding of an edge may fall on either side.
    private func expectHistogram(_ histogram: MeasuredHistogram, of values: [Float]) {
        #expect(histogram.low == values.min()! && histogram.high == values.max()!)
        var expected = Array(repeating: 0, count: 64)
        for value in values {
            let place = 64 * (Double(value) - Double(histogram.low)) / (Double(histogram.high) - Double(histogram.low))
            expected[min(63, Int(place))] += 1
        }
        let difference = (0..<64).reduce(0) { $0 + abs(expected[$1] - Int(histogram.counts[$1])) }
        #expect(difference <= 2 + values.count / 2_000)
        #expect((0..<64).reduce(0) { $0 + Int(histogram.counts[$1]) } == values.count)
    }

    @Test(arguments: [[50], [3, 10, 7]] as [Shape])
    func `the distance between units agrees with plain loops and is nothing where all are equal`(_ shape: Shape) throws
    {
        let layers: [LayerSpecification] =
            shape.rank == 1
            ? [.linear(Linear(units: 37)), .activation(.tanh)]
            : [.conv2d(Conv2d(filters: 5, kernel: 3)), .activation(.tanh)]
        let fixture = try NetworkFixture(layers, shape, batch: 6, context: Self.measuring)
        let outputs = fixture.forward()
        let features = fixture.network.outputShape[0]
        let places = fixture.network.outputShape.count / features
        // Six examples are a row each, with one place of theirs.
        let variances = (0..<6).map { row -> Double in
            let place = (2 * row + 1) * places / 12
            let values = (0..<features).map { Double(outputs[(row * features + $0) * places + place]) }
            let mean = values.reduce(0, +) / Double(features)
            return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(features)
        }
        let expected = (variances.reduce(0, +) / 6).squareRoot()
        #expect(abs(fixture.measurements[0].unitStd / expected - 1) < 1e-9)
        #expect(expected > 0.01)

        fixture.network.parameters.fill(0.01)
        _ = fixture.forward()
        #expect(fixture.measurements[0].unitStd < 1e-6 * fixture.measurements[0].std)
    }

    @Test(arguments: [[50], [3, 10, 7]] as [Shape])
    func `of features and of maps agree with plain loops`(_ shape: Shape) throws {
        let layers: [LayerSpecification] =
            shape.rank == 1
            ? [.linear(Linear(units: 37)), .activation(.relu)]
            : [.conv2d(Conv2d(filters: 5, kernel: 3)), .batchNorm(BatchNorm()), .activation(.relu)]
        let fixture = try NetworkFixture(layers, shape, batch: 6, context: Self.measuring)
        let last = fixture.network.layout.segments.last!
        // A unit that never fires.
        fixture.network.parameters.pointer[last.offset + 1] = -100
        let outputs = fixture.forward()
        fixture.backward()
        let measurement = fixture.measurements[0]
        let features = fixture.network.outputShape[0]
        let expected = Expected(outputs, features: features, places: fixture.network.outputShape.count / features)
        #expect(abs(measurement.mean - expected.mean) < 1e-12)
        #expect(abs(measurement.std - expected.std) < 1e-12)
        #expect(measurement.minimum == outputs.min() && measurement.maximum == outputs.max())
        #expect(measurement.zeros == expected.zeros)
        #expect(measurement.neverFired == expected.neverFired && expected.neverFired > 0)
        #expect(measurement.saturated.isNaN && !measurement.sampled)
        expectHistogram(measurement.histogram, of: outputs)
        let sums = fixture.reference.before(layers: 1).outputs(fixture.examples).examples.flatMap { $0.map(Float.init) }
        #expect(abs(measurement.preactivation.low / sums.min()! - 1) < 1e-4)
        #expect(abs(measurement.preactivation.high / sums.max()! - 1) < 1e-4)
        let gradient = fixture.outputGradient.array
        let norm = (gradient.reduce(0) { $0 + Double($1) * Double($1) } / Double(gradient.count)).squareRoot()
        #expect(abs(measurement.signalNorm / norm - 1) < 1e-6)
    }

    @Test
    func `count the flat ends of tanh and sigmoid, and no others`() throws {
        for (activation, low, high) in [(Activation.tanh, Float(-0.97), Float(0.97)), (.sigmoid, 0.015, 0.985)] {
            let fixture = try NetworkFixture(
                [.linear(Linear(units: 40)), .activation(activation)], [30], initializer: .normal(std: 1),
                context: Self.measuring)
            let outputs = fixture.forward()
            let share = Double(outputs.count { $0 < low || $0 > high }) / Double(outputs.count)
            #expect(fixture.measurements[0].saturated == share && share > 0.1)
            #expect(fixture.measurements[0].neverFired.isNaN)
        }
    }

    @Test
    func `watch linear and convolution layers with what follows them`() throws {
        let fixture = try NetworkFixture(
            [
                .conv2d(Conv2d(filters: 4, kernel: 3)), .batchNorm(BatchNorm()), .activation(.elu()),
                .maxPool2d(MaxPool2d(size: 2)), .flatten,
                .linear(Linear(units: 8, bias: false)), .activation(.prelu), .dropout(Dropout(p: 0.5)),
                .linear(Linear(units: 2)),
            ], [1, 8, 8], context: Self.measuring)
        let watched = fixture.network.watched
        #expect(watched.map(\.name) == ["0", "5", "8"])
        #expect(watched.map(\.kind) == ["conv2d", "linear", "linear"])
        #expect(watched.map(\.activation) == ["elu", "prelu", nil])
        #expect(watched.map(\.parameterCount) == [40, 288, 18])
        #expect(
            watched.map { $0.parameterSegments.map { fixture.network.layout.segments[$0].name } }
                == [["0.weight", "0.bias"], ["5.weight"], ["8.weight", "8.bias"]])
        #expect(watched[0].outputShape == [4, 6, 6])
        fixture.forward()
        // Without an activation the sum is what the layer hands on.
        let last = fixture.measurements[2]
        #expect(last.preactivation.low == last.histogram.low && last.preactivation.high == last.histogram.high)
        #expect(last.neverFired.isNaN)
    }

    @Test
    func `large outputs are counted on at least 16,384 spread values, moments on all`() throws {
        let fixture = try NetworkFixture(
            [.linear(Linear(units: 1_024)), .activation(.tanh)], [4], batch: 128, context: Self.measuring)
        let outputs = fixture.forward()
        let measurement = fixture.measurements[0]
        let counted = (0..<64).reduce(0) { $0 + Int(measurement.histogram.counts[$1]) }
        #expect(measurement.sampled)
        #expect(counted >= 16_384 && counted < 65_536)
        #expect(measurement.histogram.low == outputs.min() && measurement.histogram.high == outputs.max())
        #expect(abs(measurement.mean - outputs.reduce(0) { $0 + Double($1) } / Double(outputs.count)) < 1e-12)
    }

    @Test
    func `equal values fall into the first bin; NaN and infinity are left out of the histogram`() throws {
        let fixture = try NetworkFixture([.linear(Linear(units: 3))], [2], initializer: .zero, context: Self.measuring)
        fixture.network.parameters.fill(0)
        fixture.forward()
        #expect(fixture.measurements[0].histogram.counts[0] == 15)
        #expect(fixture.measurements[0].std == 0 && fixture.measurements[0].zeros == 1)
        let bias = fixture.segment("0.bias").offset
        fixture.network.parameters.pointer[bias] = .nan
        fixture.network.parameters.pointer[bias + 1] = .infinity
        fixture.forward()
        let measurement = fixture.measurements[0]
        #expect(measurement.mean.isNaN && measurement.std.isNaN)
        #expect(measurement.maximum == .infinity && measurement.minimum == 0)
        #expect(measurement.histogram.high == 0 && measurement.histogram.counts[0] == 5)
    }

    @Test
    func `change no bit of a step`() throws {
        let layers: [LayerSpecification] = [
            .conv2d(Conv2d(filters: 4, kernel: 3)), .batchNorm(BatchNorm()), .activation(.relu), .flatten,
            .dropout(Dropout(p: 0.3)),
            .linear(Linear(units: 3)),
        ]
        var results: [[Float]] = []
        for measures in [false, true] {
            var fixture = try NetworkFixture(layers, [1, 9, 9])
            fixture.context.measures = measures
            let outputs = fixture.forward()
            fixture.backward()
            results.append(outputs + fixture.network.gradients.array + fixture.network.buffers.array)
        }
        #expect(results[0] == results[1])
    }
}

extension ReferenceNetwork {
    /// The same network without its last layers.
    fileprivate func before(layers count: Int) -> ReferenceNetwork {
        var shorter = ReferenceNetwork(
            layers: layers.dropLast(count), inputShape: inputShape, parameters: parameters, buffers: buffers)
        shorter.mode = mode
        return shorter
    }
}
