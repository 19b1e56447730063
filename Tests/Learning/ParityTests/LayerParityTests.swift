import NeuralNetworks
import Tensors
import Testing

@Suite("Single layers are PyTorch's to 1e-5")
struct LayerParityTests {
    @Test(arguments: Fixtures.layers)
    func `output, gradients and running statistics`(_ name: String) throws {
        let fixture = try LayerFixture(name)
        let network = try fixture.network
        fill(network.parameters, network.layout) { segment in
            segment == "0.weight" ? fixture.weight(from: fixture.numbers("input")) : fixture.numbers("state.\(segment)")
        }
        fill(network.buffers, network.bufferLayout) { fixture.numbers("state.\($0)") }

        let supplied = fixture.numbers("supplied")
        if !supplied.isEmpty { #expect(network.supply(supplied, to: "1")) }
        let context = StepContext(mode: fixture.mode)
        let input = fixture.oneHot
        let outputs = network.forward(input.pointer, batch: fixture.batch, context: context)
        let count = fixture.batch * network.outputShape.count
        let gap = distance(Array(UnsafeBufferPointer(start: outputs, count: count)), fixture.numbers("output"))
        #expect(gap < 1e-5, "the output is \(gap) apart")
        guard fixture.mode == .training else { return }

        let gradient = FloatBuffer(count: count)
        for (index, number) in fixture.numbers("outputGradient").enumerated() { gradient.pointer[index] = number }
        network.backward(outputGradient: gradient.pointer, batch: fixture.batch, context: context)
        for segment in network.layout.segments {
            let expected =
                segment.name == "0.weight"
                ? fixture.weight(from: fixture.numbers("inputGradient")) : fixture.numbers("gradient.\(segment.name)")
            let gap = distance(Array(network.gradients.values[segment.range]), expected)
            let name = segment.name == "0.weight" ? "the input" : segment.name
            #expect(gap < 1e-5, "the gradient of \(name) is \(gap) apart")
        }
        for segment in network.bufferLayout.segments {
            let gap = distance(
                Array(network.buffers.values[segment.range]), fixture.numbers("after.\(segment.name)"))
            #expect(gap < 1e-5, "\(segment.name) is \(gap) apart")
        }
    }

    private func fill(_ buffer: FloatBuffer, _ layout: ParameterLayout, _ numbers: (String) -> [Float]) {
        for segment in layout.segments {
            for (index, number) in numbers(segment.name).enumerated() {
                buffer.pointer[segment.offset + index] = number
            }
        }
    }
}
