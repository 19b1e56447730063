import PlanFixtures
import Plans
import Runs
import Testing
import Training

/// Epochs: every example once, the last batch as large as what is left.
@Suite struct EpochTests {
    /// 100 examples of which batches of 32 leave 4 over.
    private static let config = """
        { data: { blobs: { count: 100 } }, model: [{ linear: 3 }], optimizer: { sgd: 1e-30 }, epochs: 2, batchSize: 32,
          threads: 1 }
        """

    @Test func `the last batch is what is left`() throws {
        let run = try Run.finish(Self.config)
        #expect(run.steps.map(\.epoch) == [0, 0, 0, 0, 1, 1, 1, 1])
        #expect(run.steps.map(\.step) == Array(0..<8))
        // At a rate of nothing the weights stand still, so that batches of one epoch add up to the same sum.
        let sums = [0, 4].map { first in
            zip(run.steps[first..<first + 4], [32.0, 32, 32, 4]).map { $0.loss * $1 }.reduce(0, +)
        }
        #expect(abs(sums[0] - sums[1]) < 1e-6 * sums[0])
        #expect(run.steps[0].loss != run.steps[4].loss, "epochs are shuffled differently")
    }

    @Test func `drop last leaves it out`() throws {
        let run = try Run.finish(Self.config, "dropLast=true")
        #expect(run.steps.map(\.epoch) == [0, 0, 0, 1, 1, 1])
    }

    @Test func `without shuffling every epoch is alike`() throws {
        let run = try Run.finish(Self.config, "shuffle=false")
        #expect(run.steps[..<4].map(\.loss) == run.steps[4...].map(\.loss))
    }

    @Test func `every example comes once an epoch`() throws {
        let material = try RunMaterial(plan: Config.plan(Self.config))
        defer { material.pool.close() }
        let order = material.order
        for epoch in 0..<3 { #expect(order.permutation(epoch: epoch).sorted() == (0..<100).map(Int32.init)) }
        #expect((0..<4).map { material.epochs.place(of: $0).examples.count } == [32, 32, 32, 4])
    }

    @Test func `evaluations come after the last update of an epoch`() throws {
        let run = try Run.finish(Self.config, "validation={fraction: 0.3}")
        // 70 examples to train on: 3 steps an epoch.
        #expect(run.evaluations.map(\.position.step) == [3, 6])
        #expect(run.evaluations.map(\.epoch) == [0, 1])
    }

    @Test func `the accuracy of a step is that of its batch`() throws {
        let run = try Run.finish(Self.config, "batchSize=100", "epochs=1")
        let accuracy = run.steps[0].accuracy
        #expect((accuracy * 100).rounded() == accuracy * 100)
    }
}
