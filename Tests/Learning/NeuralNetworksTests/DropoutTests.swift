import NeuralNetworks
import Tensors
import Testing

@Suite("Dropout")
struct DropoutTests {
    private func fixture(p: Double, step: Int = 0, seed: UInt64 = 1, threads: Int = 1) throws -> NetworkFixture {
        // A scale of 1 and the input 1 make the outputs the mask itself.
        let fixture = try NetworkFixture(
            [.batchNorm(BatchNorm()), .dropout(Dropout(p: p)), .dropout(Dropout(p: 0))], [500], batch: 40,
            biasValue: nil, threads: threads,
            context: StepContext(mode: .training, step: step, seed: seed))
        for index in fixture.segment("0.bias").range { fixture.network.parameters.pointer[index] = 1 }
        for index in fixture.segment("0.weight").range { fixture.network.parameters.pointer[index] = 0 }
        return fixture
    }

    @Test(arguments: [0.1, 0.5, 0.8])
    func `zeroes a share of p and scales the others, so that the mean stays`(_ p: Double) throws {
        let outputs = try fixture(p: p).forward()
        let zeros = Double(outputs.count { $0 == 0 }) / Double(outputs.count)
        #expect(abs(zeros - p) < 0.015)
        #expect(outputs.allSatisfy { $0 == 0 || abs($0 - Float(1 / (1 - p))) < 1e-5 })
        #expect(abs(outputs.reduce(0) { $0 + Double($1) } / Double(outputs.count) - 1) < 0.04)
    }

    @Test
    func `backward uses the mask of forward`() throws {
        let fixture = try fixture(p: 0.5)
        let mask = fixture.forward()
        fixture.backward()
        for feature in 0..<500 {
            var expected = 0.0
            for example in 0..<40 {
                let index = example * 500 + feature
                expected += Double(mask[index]) * Double(fixture.outputGradient.pointer[index])
            }
            let actual = fixture.network.gradients.pointer[fixture.segment("0.bias").offset + feature]
            #expect(abs(Double(actual) - expected) < 1e-4)
        }
    }

    @Test
    func `step and seed choose the mask, nothing else does`() throws {
        let mask = try fixture(p: 0.5, step: 3).forward()
        #expect(try fixture(p: 0.5, step: 3).forward() == mask)
        #expect(try fixture(p: 0.5, step: 3, threads: 3).forward() == mask)
        #expect(try fixture(p: 0.5, step: 4).forward() != mask)
        #expect(try fixture(p: 0.5, step: 3, seed: 2).forward() != mask)
    }

    @Test
    func `two dropout layers of a step have masks of their own`() throws {
        let fixture = try NetworkFixture(
            [.batchNorm(BatchNorm()), .dropout(Dropout(p: 0.5)), .dropout(Dropout(p: 0.5))], [500], batch: 40,
            biasValue: nil)
        for index in fixture.segment("0.bias").range { fixture.network.parameters.pointer[index] = 1 }
        let zeros = Double(fixture.forward().count { $0 == 0 }) / 20_000
        #expect(abs(zeros - 0.75) < 0.015)
    }

    @Test
    func `evaluation hands everything on; p = 1 nothing`() throws {
        var half = try fixture(p: 0.5)
        half.context.mode = .evaluation
        #expect(half.forward().allSatisfy { $0 == 1 })
        #expect(try fixture(p: 1).forward().allSatisfy { $0 == 0 })
        #expect(try fixture(p: 0).forward().allSatisfy { $0 == 1 })
    }
}
