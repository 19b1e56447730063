import PlanFixtures
import Runs
import Testing
import Training

/// The same config and seed give the same bits, whoever computes and whoever looks on.
@Suite struct DeterminismTests {
    /// What the run gives with one thread and without statistics.
    private struct Reference: Sendable {
        let bits: [UInt32]
        let log: [String]
        let losses: [Double]
    }

    private static let reference = Result {
        let run = try Run.finish(Config.pictures)
        return Reference(bits: run.finalBits, log: run.log, losses: run.steps.map(\.loss))
    }

    @Test(arguments: [1, 2, 3])
    func `threads do not change a bit`(threads: Int) throws {
        let run = try Run.finish(Config.pictures, "threads=\(threads)")
        let reference = try Self.reference.get()
        #expect(run.finalBits == reference.bits)
        #expect(run.log == reference.log)
    }

    @Test(arguments: ["off", "{ budget: 1 }", "{ every: 1 }", "{ every: 1, budget: 1 }", "{ every: 3, budget: 0.02 }"])
    func `measuring does not change a bit`(statistics: String) throws {
        let run = try Run.finish(
            Config.pictures, "statistics=\(statistics)", "threads=2", isWatched: true, logsStatistics: true)
        let reference = try Self.reference.get()
        #expect(run.finalBits == reference.bits)
        #expect(run.steps.map(\.loss) == reference.losses)
    }

    @Test func `the same script gives the same log`() throws {
        let script: [(Int, RunCommand)] = [
            (1, .scaleLearningRate(0.5)), (2, .evaluate), (3, .pause), (3, .step(2)), (5, .setLearningRate(0.01)),
            (5, .resume), (6, .setLearningRate(-1)), (7, .followSchedule),
        ]
        let runs = try (1...2).map { threads in
            try Run.finish(
                Config.pictures, "threads=\(threads)", "statistics.every=2", "plateau={patience: 0}",
                "earlyStopping={patience: 3}", script: script, logsStatistics: true)
        }
        #expect(runs[0].log == runs[1].log)
        #expect(runs[0].finalBits == runs[1].finalBits)
        #expect(runs[0].layers.filter(\.logged).map { $0.report.position.step } == [0, 2, 4, 6])
    }

    @Test func `statistics are measured where asked for`() throws {
        let run = try Run.finish(Config.pictures, "statistics={ every: 3, budget: 0 }", logsStatistics: true)
        #expect(run.layers.map { $0.report.position.step } == [0, 3, 6])
        #expect(run.layers.allSatisfy { $0.report.layers.count == 3 && $0.logged })
        #expect(try Run.finish(Config.pictures, "statistics={ every: 3, budget: 0 }").layers.isEmpty)
        #expect(try Run.finish(Config.pictures, "statistics=off", isWatched: true, logsStatistics: true).layers.isEmpty)
        #expect(try !Run.finish(Config.pictures, "statistics={ budget: 1 }", isWatched: true).layers.isEmpty)
    }

    @Test func `another seed gives another run`() throws {
        let run = try Run.finish(Config.pictures, "seed=6")
        #expect(run.finalBits != (try Self.reference.get().bits))
        #expect(run.steps[0].loss != (try Self.reference.get().losses[0]))
    }
}
