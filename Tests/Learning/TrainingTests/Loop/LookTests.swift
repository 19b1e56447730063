import Foundation
import PlanFixtures
import Plans
import Runs
import Testing
import Training

/// The layers are measured when somebody wants to see them, and no bit of the training changes by it.
@Suite struct LookTests {
    /// A budget that no second measurement fits into.
    private static let tight = "statistics={ every: 1000000, budget: 1e-9 }"

    private func measured(_ run: RunRecord) -> [Int] { run.layers.map(\.report.position.step) }

    @Test func `a watched run is measured before its first update and at its last, however tight the budget`() throws {
        let run = try Run.finish(Config.blobs, Self.tight, isWatched: true)
        #expect(measured(run) == [0, 59])
        #expect(run.layers.allSatisfy { !$0.logged })
        #expect(run.layers.last?.report.parameters.isEmpty == false)
    }

    @Test(arguments: [Config.blobs, Config.pictures])
    func `a pause is measured at the step that is due, and changes no bit`(
        config: String
    ) throws {
        let plain = try Run.finish(config, Self.tight)
        let run = try LiveRun(config, Self.tight, script: [(7, .pause)], isWatched: true)
        #expect(run.waitForPause())
        #expect(run.wait { if case .layers(let report, _) = $0 { report.position.step == 7 } else { false } })
        run.send(.resume)
        let record = try #require(run.finish())
        #expect(record.finalBits == plain.finalBits)
        #expect(record.steps.map(\.loss.bitPattern) == plain.steps.map(\.loss.bitPattern))
        #expect(record.steps.map(\.gradientNorm.bitPattern) == plain.steps.map(\.gradientNorm.bitPattern))
    }

    @Test func `a look leaves the whole state as it was`() throws {
        func bytes(pausesAt step: Int?) throws -> [UInt8] {
            let material = try RunMaterial(plan: Config.plan(Config.pictures, [Self.tight]))
            defer { material.pool.close() }
            let mailbox = CommandMailbox()
            if let step { mailbox.schedule(Run.scripted([(step, .pause)])) }
            let reports = ReportMailbox()
            let trainer = Trainer(
                material: material, mailbox: mailbox, reports: reports,
                options: TrainerOptions(canSteer: true, isWatched: step != nil))
            if step != nil {
                Thread.detachNewThread {
                    // Until the look was made.
                    var all: [Report] = []
                    while !all.contains(where: {
                        if case .layers(let report, _) = $0 { report.position.step == step } else { false }
                    }) {
                        usleep(1_000)
                        _ = reports.drain(into: &all)
                    }
                    mailbox.send(.resume, from: .person)
                }
            }
            _ = trainer.run(until: 7)
            return trainer.stateBytes()
        }
        #expect(try bytes(pausesAt: 5) == bytes(pausesAt: nil))
    }

    @Test func `what a look at a step says is what the step then is`() throws {
        let looked = try LiveRun(Config.pictures, Self.tight, script: [(7, .pause)], isWatched: true)
        var ahead: LayersReport?
        #expect(looked.waitForPause())
        #expect(
            looked.wait {
                if case .layers(let report, _) = $0, report.position.step == 7 { ahead = report }
                return ahead != nil
            })
        looked.send(.stop(keep: .last))
        _ = looked.finish()
        let made = try Run.finish(Config.pictures, "statistics={ every: 7 }", logsStatistics: true)
        let report = try #require(made.layers.first { $0.report.position.step == 7 }).report
        let expected = try #require(ahead)
        #expect(report.layers == expected.layers, "norms of gradients and updates included")
    }

    @Test func `each single step is measured`() throws {
        let run = try LiveRun(Config.blobs, Self.tight, script: [(5, .pause)], isWatched: true)
        #expect(run.waitForPause())
        run.send(.step(3))
        #expect(run.wait { if case .layers(let report, _) = $0 { report.position.step == 7 } else { false } })
        run.send(.step(1))
        #expect(run.wait { if case .layers(let report, _) = $0 { report.position.step == 8 } else { false } })
        run.send(.stop(keep: .last))
        let record = try #require(run.finish())
        #expect(Set(measured(record)).isSuperset(of: [0, 5, 6, 7, 8]))
    }

    @Test func `of many steps asked for at once the last ones are measured`() throws {
        let run = try LiveRun(Config.blobs, Self.tight, script: [(5, .pause)], isWatched: true)
        #expect(run.waitForPause())
        run.send(.step(30))
        #expect(run.wait { if case .layers(let report, _) = $0 { report.position.step == 34 } else { false } })
        run.send(.stop(keep: .last))
        let measured = Set(measured(try #require(run.finish())))
        #expect(measured.isSuperset(of: 30...34) && measured.isDisjoint(with: 6...20))
    }

    @Test func `a look is taken anew at another rate`() throws {
        let run = try LiveRun(Config.blobs, Self.tight, script: [(7, .pause)], isWatched: true)
        #expect(run.waitForPause())
        func ratios() throws -> [Double] {
            var ratios: [Double] = []
            #expect(
                run.wait {
                    guard case .layers(let report, _) = $0, report.position.step == 7 else { return false }
                    ratios = report.layers.map(\.updateRatio)
                    return true
                })
            return try #require(ratios.isEmpty ? nil : ratios)
        }
        let before = try ratios()
        run.send(.scaleLearningRate(2))
        for (ratio, before) in zip(try ratios(), before) where before > 0 {
            // An update twice as long leaves other weights that it is a share of.
            #expect((1.5...2.5).contains(ratio / before))
        }
        run.send(.stop(keep: .last))
        _ = run.finish()
    }

    @Test func `a run that is stopped is measured where it stood`() throws {
        let run = try Run.finish(Config.blobs, Self.tight, script: [(30, .stop(keep: .last))], isWatched: true)
        #expect(measured(run) == [0, 30])
        #expect(run.end.position.step == 30)
    }

    @Test func `nobody is looked for where nobody watches, and nothing is measured that is off`() throws {
        #expect(try Run.finish(Config.blobs, Self.tight).layers.isEmpty)
        #expect(try Run.finish(Config.blobs, "statistics=off", isWatched: true).layers.isEmpty)
    }

    @Test func `after a loss that is not finite the layers tell of the step that is due`() throws {
        let steep = """
            {
              data: { blobs: { count: 300, seed: 1 } },
              model: [{ linear: 32 }, "batchNorm", "relu", { linear: 32 }, "relu", { linear: 32 }, "relu", { linear: 3 }],
              loss: "mse", optimizer: { sgd: { learningRate: 0.01, momentum: 0.9 } },
              epochs: 4, batchSize: 16, seed: 3, threads: 1,
            }
            """
        let run = try LiveRun(steep, Self.tight, script: [(20, .setLearningRate(1e6))], isWatched: true)
        #expect(run.wait { if case .phase(.paused(.notFinite), _) = $0 { true } else { false } })
        var step: Int?
        #expect(
            run.wait {
                if case .layers(let report, false) = $0 { step = report.position.step }
                return step != nil
            })
        run.send(.stop(keep: .last))
        let record = try #require(run.finish())
        #expect(step == record.notFinite.first.map { $0 + 1 })
    }
}
