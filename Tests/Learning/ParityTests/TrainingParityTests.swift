import Tensors
import Testing

@Suite("Trainings are PyTorch's, replayed from their config files")
struct TrainingParityTests {
    @Test(arguments: Fixtures.trainings)
    func `losses, rates and final weights`(_ name: String) throws {
        let fixture = try TrainingFixture(name)
        let replay = try fixture.replay()
        try #require(replay.losses.count == fixture.losses.count)
        try #require(replay.evaluations.count == fixture.evaluations.count)

        #expect(abs(replay.losses[0] / fixture.losses[0] - 1) < 1e-4, "the first loss")
        for (step, (loss, expected)) in zip(replay.losses, fixture.losses).enumerated() {
            #expect(abs(loss - expected) <= 1e-3 * abs(expected), "the loss of step \(step)")
        }
        for (index, (loss, expected)) in zip(replay.evaluations, fixture.evaluations).enumerated() {
            #expect(abs(loss - expected) <= 1e-3 * abs(expected), "the loss of evaluation \(index)")
        }
        for (step, (rate, expected)) in zip(replay.learningRates, fixture.learningRates).enumerated() {
            #expect(abs(rate - expected) <= 1e-6 * expected + 1e-12, "the rate of step \(step)")
        }
        compare(replay.tensors, fixture)
    }

    /// Every tensor of PyTorch's state_dict is there, under its name, with its shape and its numbers.
    private func compare(_ tensors: [SafetensorsTensor], _ fixture: TrainingFixture) {
        #expect(Set(tensors.map(\.name)) == Set(fixture.final.entries.map(\.name)))
        for tensor in tensors {
            guard let entry = fixture.final[tensor.name] else { continue }
            #expect(tensor.shape == entry.shape, "the shape of \(tensor.name)")
            switch tensor.values {
            case .integers(let counts): #expect(counts == fixture.final.integers(entry), "\(tensor.name)")
            case .floats(let values) where !fixture.notCompared.contains(tensor.name):
                let gap = distance(values, fixture.final.floats(entry) ?? [])
                #expect(gap < 1e-3, "\(tensor.name) is \(gap) apart")
            case .floats: break
            }
        }
    }

    @Test
    func `there are fixtures for every kind of thing`() {
        #expect(Fixtures.trainings.count > 50)
        #expect(Fixtures.layers.count > 30)
    }
}
