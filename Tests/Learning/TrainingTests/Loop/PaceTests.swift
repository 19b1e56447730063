import PlanFixtures
import Plans
import Runs
import Testing
import Training

/// A run that begins paused, and one that is slowed down.
@Suite struct PaceTests {
    private func run(
        _ options: TrainerOptions, mail: [RunCommand] = [], script: [(Int, RunCommand)] = [], _ changes: String...
    ) throws -> RunRecord {
        let material = try RunMaterial(plan: Config.plan(Config.blobs, ["epochs=1"] + changes))
        defer { material.pool.close() }
        let (mailbox, reports) = (CommandMailbox(), ReportMailbox())
        mailbox.schedule(Run.scripted(script))
        for command in mail { mailbox.send(command, from: .person) }
        let trainer = Trainer(material: material, mailbox: mailbox, reports: reports, options: options)
        let end = trainer.run()
        var all: [Report] = []
        _ = reports.drain(into: &all)
        return RunRecord(reports: all, end: end, material: material)
    }

    @Test func `paused at the beginning, no step is made until somebody resumes`() throws {
        let record = try run(TrainerOptions(canSteer: true, startsPaused: true), mail: [.step(3), .stop(keep: .last)])
        #expect(record.steps.isEmpty && record.end.position.step == 0)
        let resumed = try run(TrainerOptions(canSteer: true, startsPaused: true), mail: [.resume])
        #expect(resumed.steps.count == 15 && resumed.end.reason == .completed)
        #expect(resumed.receipts.map(\.command) == [.resume], "nobody asked for the pause by a command")
    }

    @Test func `a slow run has the same bits, and says the speed and the time that the pace leaves`() throws {
        let slow = try run(TrainerOptions(stepsPerSecond: 100), script: [(5, .scaleLearningRate(0.5))])
        let fast = try run(TrainerOptions(), script: [(5, .scaleLearningRate(0.5))])
        #expect(slow.finalBits == fast.finalBits && slow.receipts == fast.receipts)
        let last = try #require(slow.steps.last)
        #expect(last.elapsedSeconds >= 14 / 100.0 - 0.001)
        #expect(slow.steps.allSatisfy { $0.samplesPerSecond <= 1_600 })
        let progress = slow.reports.compactMap { if case .progress(let progress) = $0 { progress } else { nil } }
        #expect(progress.allSatisfy { ($0.secondsLeft ?? 1) >= Double(15 - $0.position.step) / 100 - 1e-9 })
    }

    @Test func `who watches a slow run sees the layers of its steps`() throws {
        let record = try run(TrainerOptions(isWatched: true, stepsPerSecond: 15), "statistics.budget=1")
        // At most twenty a second are measured; these steps take no time to compute.
        #expect(Set(record.layers.map(\.report.position.step)).count >= 14)
    }

    @Test func `a slow run answers at once`() throws {
        // At this pace the second step comes after an hour.
        let run = try LiveRun(Config.blobs, stepsPerSecond: 1 / 3_600)
        #expect(run.wait { if case .step = $0 { true } else { false } })
        run.send(.setLearningRate(0.5))
        #expect(run.wait { if case .receipt = $0 { true } else { false } })
        run.send(.stop(keep: .last))
        let record = try #require(run.finish())
        #expect(record.steps.count == 1 && record.end.position.step == 1)
    }
}
