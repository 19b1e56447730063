import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite("Convolutions of random shapes")
struct ConvolutionShapeTests {
    /// A 1x1 convolution, so that the gradient of the second one's input shows in its weights', and one of any window.
    private struct Sample: CustomStringConvertible {
        let channels, height, width, hidden, filters, kernel, stride, padding, batch: Int
        let hasBias: Bool

        init(_ random: inout SplitMix64) {
            kernel = [1, 1, 2, 3, 5].randomElement(using: &random)!
            stride = Int.random(in: 1...3, using: &random)
            padding = Int.random(in: 0...kernel / 2, using: &random)
            channels = Int.random(in: 1...3, using: &random)
            height = Int.random(in: kernel...kernel + 12, using: &random)
            width = Int.random(in: kernel...kernel + 20, using: &random)
            hidden = Int.random(in: 1...12, using: &random)
            filters = Int.random(in: 1...20, using: &random)
            batch = Int.random(in: 1...3, using: &random)
            hasBias = Bool.random(using: &random)
        }

        var description: String {
            "\(batch) of \(hidden)x\(height)x\(width), \(filters) of \(kernel), stride \(stride), padding \(padding)"
        }
        var outputHeight: Int { (height + 2 * padding - kernel) / stride + 1 }
        var outputWidth: Int { (width + 2 * padding - kernel) / stride + 1 }
        var layers: [LayerSpecification] {
            [
                .conv2d(Conv2d(filters: hidden, kernel: 1, bias: false)),
                .conv2d(
                    Conv2d(
                        filters: filters, kernel: Extent2(kernel), stride: Extent2(stride), padding: Extent2(padding),
                        bias: hasBias)),
            ]
        }
    }

    /// Outputs and gradients in plain loops over double precision.
    private struct Expected {
        var outputs, firstGradient, secondGradient, biasGradient: [Double]

        init(_ sample: Sample, _ fixture: NetworkFixture) {
            let (plane, hidden, kernel) = (sample.height * sample.width, sample.hidden, sample.kernel)
            let places = sample.outputHeight * sample.outputWidth
            func parameters(_ name: String) -> [Double] {
                fixture.network.parameters.array[fixture.segment(name).range].map(Double.init)
            }
            let (first, second) = (parameters("0.weight"), parameters("1.weight"))
            let bias = sample.hasBias ? parameters("1.bias") : Array(repeating: 0, count: sample.filters)
            let gradient = fixture.outputGradient.array.map(Double.init)
            outputs = Array(repeating: 0, count: sample.batch * sample.filters * places)
            firstGradient = Array(repeating: 0, count: first.count)
            secondGradient = Array(repeating: 0, count: second.count)
            biasGradient = Array(repeating: 0, count: sample.filters)
            for (example, input) in fixture.examples.enumerated() {
                var maps = Array(repeating: 0.0, count: hidden * plane)
                for index in maps.indices {
                    for channel in 0..<sample.channels {
                        maps[index] +=
                            first[index / plane * sample.channels + channel] * input[channel * plane + index % plane]
                    }
                }
                var mapGradient = Array(repeating: 0.0, count: maps.count)
                for index in 0..<sample.filters * places {
                    let (filter, place) = (index / places, index % places)
                    let upstream = gradient[example * sample.filters * places + index]
                    var sum = bias[filter]
                    biasGradient[filter] += upstream
                    for tap in 0..<hidden * kernel * kernel {
                        let y = place / sample.outputWidth * sample.stride + tap / kernel % kernel - sample.padding
                        let x = place % sample.outputWidth * sample.stride + tap % kernel - sample.padding
                        guard (0..<sample.height).contains(y), (0..<sample.width).contains(x) else { continue }
                        let source = tap / (kernel * kernel) * plane + y * sample.width + x
                        let weight = filter * hidden * kernel * kernel + tap
                        sum += maps[source] * second[weight]
                        secondGradient[weight] += upstream * maps[source]
                        mapGradient[source] += upstream * second[weight]
                    }
                    outputs[example * sample.filters * places + index] = sum
                }
                for index in maps.indices {
                    for channel in 0..<sample.channels {
                        firstGradient[index / plane * sample.channels + channel] +=
                            mapGradient[index] * input[channel * plane + index % plane]
                    }
                }
            }
        }
    }

    @Test
    func `300 of them agree with plain loops in double precision, forwards and backwards`() throws {
        var random = SplitMix64(seed: 31)
        for _ in 0..<300 {
            let sample = Sample(&random)
            let fixture = try NetworkFixture(
                sample.layers, [sample.channels, sample.height, sample.width], batch: sample.batch)
            let outputs = fixture.forward()
            fixture.backward()
            func gradient(_ name: String) -> [Float] {
                Array(fixture.network.gradients.array[fixture.segment(name).range])
            }
            let expected = Expected(sample, fixture)
            #expect(relativeError(outputs, expected.outputs) < 1e-5, "\(sample)")
            #expect(relativeError(gradient("1.weight"), expected.secondGradient) < 1e-5, "\(sample)")
            #expect(relativeError(gradient("0.weight"), expected.firstGradient) < 2e-5, "\(sample)")
            guard sample.hasBias else { continue }
            #expect(relativeError(gradient("1.bias"), expected.biasGradient) < 1e-5, "\(sample)")
        }
    }
}
