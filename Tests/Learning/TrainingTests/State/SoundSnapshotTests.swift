import PlanFixtures
import Plans
import TestSupport
import Testing
import Training

/// Which losses are sound, told one after the other.
@Suite struct SoundSnapshotTests {
    private func memory(after losses: [Double]) throws -> SoundSnapshot.Memory {
        let material = try RunMaterial(plan: Config.plan(Config.blobs))
        defer { material.pool.close() }
        let state = TrainingState(material)
        for (step, loss) in losses.enumerated() {
            state.snapshot.observe(
                loss: loss, at: step, of: state.network, statistics: state.network.statistics,
                optimizer: state.optimizer)
        }
        return state.snapshot.memory
    }

    @Test func `a loss of a hundred medians is no more sound after hundreds of steps`() throws {
        let memory = try memory(after: Array(repeating: 1, count: 80) + Array(repeating: 100, count: 600))
        #expect(try #require(memory.point).step < 80)
    }

    @Test func `a loss that rose from 0 and stays is sound some time`() throws {
        let memory = try memory(after: Array(repeating: 0, count: 200) + Array(repeating: 0.002, count: 300))
        #expect(try #require(memory.point).step > 200)
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `the median is that of the last 64 losses, what is not sound taken for a tenth more than it`(seed: UInt64)
        throws
    {
        var random = Noise(seed: seed)
        let losses = (0..<400).map { _ in
            random.next() < 0.2 ? 100 * random.next() : (random.next() * 4).rounded() / 4
        }
        var known: [Double] = []
        for loss in losses {
            let sorted = known.suffix(64).sorted()
            let median = sorted.isEmpty ? .infinity : sorted[(sorted.count - 1) / 2]
            known.append(loss <= 3 * median ? loss : min(loss, max(1.1 * median, 1e-3)))
        }
        #expect(try memory(after: losses).losses.sorted() == known.suffix(64).sorted())
    }
}
