import Foundation
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

    private func isRuined(after losses: [Double], atLast: Bool = false) throws -> Bool {
        (try memory(after: losses).ranAway ?? 0) >= (atLast ? 8 : 16)
    }

    /// Losses after a first one of 2.3, and whether they say that the weights are ruined.
    private static let courses: [(losses: [Double], isRuined: Bool)] = {
        func course(_ parts: [(loss: Double, count: Int)]) -> [Double] {
            parts.flatMap { [Double](repeating: $0.loss, count: $0.count) }
        }
        return [
            // Dead: as bad as at the beginning, for long.
            (course([(0.1, 80), (2.3, 16)]), true),
            (course([(0.1, 80), (2.3, 15)]), false),
            // Far away.
            (course([(0.1, 80), (300, 1), (3e4, 1)]), true),
            (course([(0.1, 80), (300, 1), (0.1, 3)]), false),
            // Hard batches of a net that has learned: above the median, and far better than the beginning.
            (course([(0.01, 80), (1, 40)]), false),
            // Interrupted by a good one.
            (course([(0.1, 80), (2.3, 15), (0.1, 1), (2.3, 2)]), false),
            // So slowly that no loss is above 3 medians.
            ((0..<500).map { pow(1.02, Double($0)) }, true),
        ]
    }()

    @Test(arguments: courses)
    func `a loss that has run away for long has ruined the weights`(losses: [Double], isRuined: Bool) throws {
        #expect(try self.isRuined(after: [2.3] + losses) == isRuined)
    }

    @Test func `however slowly a loss rises, ten times the first is not sound`() throws {
        let memory = try memory(after: (0..<2_000).map { pow(1.01, Double($0)) })
        #expect(try #require(memory.point).loss <= 10)
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
