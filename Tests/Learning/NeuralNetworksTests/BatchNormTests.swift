import NeuralNetworks
import Tensors
import Testing

@Suite("Batch norm")
struct BatchNormTests {
    @Test(
        arguments: [[19], [3, 4, 5]] as [Shape])
    func `running statistics move by the momentum towards the batch's mean and unbiased variance`(_ shape: Shape) throws
    {
        let fixture = try NetworkFixture([.batchNorm(BatchNorm(momentum: 0.3))], shape, batch: 6)
        let places = shape.count / shape[0]
        for step in 1...2 {
            fixture.forward()
            for feature in 0..<shape[0] {
                let values = fixture.examples.flatMap { $0[feature * places..<(feature + 1) * places] }
                let mean = values.reduce(0, +) / Double(values.count)
                let unbiased = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
                // From 0 and 1 on, after one and two steps with the same batch.
                let kept = step == 1 ? 0.7 : 0.49
                let layout = fixture.network.bufferLayout
                let (meanSegment, varianceSegment) = (layout.segments[0], layout.segments[1])
                #expect(meanSegment.name == "0.running_mean" && varianceSegment.name == "0.running_var")
                let actualMean = Double(fixture.network.buffers.pointer[meanSegment.offset + feature])
                let actualVariance = Double(fixture.network.buffers.pointer[varianceSegment.offset + feature])
                #expect(abs(actualMean - mean * (1 - kept)) < 1e-6)
                #expect(abs(actualVariance - (kept + unbiased * (1 - kept))) < 1e-6)
            }
        }
    }

    @Test
    func `evaluation uses the running statistics and leaves them alone`() throws {
        var fixture = try NetworkFixture(
            [.linear(Linear(units: 5)), .batchNorm(BatchNorm()), .linear(Linear(units: 2))], [4])
        fixture.forward()
        fixture.context.mode = .evaluation
        let before = fixture.network.buffers.array
        let expected = fixture.reference.outputs(fixture.examples).examples.flatMap { $0 }
        #expect(relativeError(fixture.forward(), expected) < 1e-5)
        #expect(fixture.network.buffers.array == before)
        #expect(fixture.network.state.statistics.batchesTracked == ["1.num_batches_tracked": 1])
    }

    @Test
    func `a far mean does not eat the variance`() throws {
        let fixture = try NetworkFixture([.batchNorm(BatchNorm())], [2, 40, 40], batch: 8)
        for index in 0..<fixture.input.count { fixture.input.pointer[index] += 1_000 }
        let expected = fixture.reference.outputs(fixture.examples).examples.flatMap { $0 }
        #expect(relativeError(fixture.forward(), expected) < 2e-4)
    }

    @Test
    func `a single value becomes the shift, and the running variance stays`() throws {
        let fixture = try NetworkFixture([.batchNorm(BatchNorm())], [3], batch: 1, biasValue: nil)
        let outputs = fixture.forward()
        #expect(outputs == fixture.network.parameters.array[fixture.segment("0.bias").range].map { $0 })
        #expect(fixture.network.buffers.array[16..<19] == [1, 1, 1])
        fixture.backward()
        #expect(fixture.network.gradients.array.allSatisfy { $0.isFinite })
    }

    @Test
    func `counted batches can be restored; unknown names are ignored`() throws {
        let fixture = try NetworkFixture(
            [.batchNorm(BatchNorm()), .linear(Linear(units: 2)), .batchNorm(BatchNorm())], [3])
        fixture.network.state.statistics.batchesTracked = ["0.num_batches_tracked": 40, "9.num_batches_tracked": 3]
        fixture.forward()
        #expect(
            fixture.network.state.statistics.batchesTracked == [
                "0.num_batches_tracked": 41, "2.num_batches_tracked": 1,
            ])
    }
}
