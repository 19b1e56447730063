import Foundation
import PlanFixtures
import Plans
import Runs
import Tensors
import Training

/// A run that is broken off, written down, and goes on from its bytes.
enum BrokenRun {
    /// What a run leaves: tensors, counters, and what it told from some update on.
    struct Result: Codable, Hashable {
        var bits: [UInt32]
        var slots: [[UInt32]]
        var updateCount: Int
        var batchesTracked: [String: Int]
        /// What the log says, a line a report.
        var log: [String]
    }

    /// A config with changes and the commands of a script.
    struct Plan: Codable, Hashable, Sendable {
        var config: String
        var changes: [String]
        var script: [Command] = []

        struct Command: Codable, Hashable, Sendable {
            var step: Int
            var command: RunCommand
        }

        init(_ config: String, _ changes: String..., script: [(Int, RunCommand)] = []) {
            (self.config, self.changes) = (config, changes)
            self.script = script.map { Command(step: $0.0, command: $0.1) }
        }
    }

    /// Trains without a break; tells what was reported from update `step` on.
    static func whole(_ plan: Plan, from step: Int) throws -> Result {
        let run = try Live(plan, state: nil, hasScript: true)
        defer { run.material.pool.close() }
        _ = run.trainer.run(until: step)
        run.forget()
        _ = run.trainer.run()
        return run.result
    }

    /// Trains up to update `step`; the bytes of the state there.
    static func begin(_ plan: Plan, until step: Int) throws -> [UInt8] {
        let run = try Live(plan, state: nil, hasScript: true)
        defer { run.material.pool.close() }
        guard run.trainer.run(until: step) == nil else { throw Ended() }
        return run.trainer.stateBytes()
    }

    /// Trains from a state on; the script's commands come out of it.
    static func goOn(_ plan: Plan, from bytes: [UInt8]) throws -> Result {
        let run = try Live(plan, state: bytes, hasScript: false)
        defer { run.material.pool.close() }
        _ = run.trainer.run()
        return run.result
    }

    /// The run ended before the update where it was to be broken off.
    struct Ended: Error {}

    private struct Live {
        let material: RunMaterial
        let trainer: Trainer
        let reports = ReportMailbox()

        init(_ plan: Plan, state: [UInt8]?, hasScript: Bool) throws {
            material = try RunMaterial(plan: Config.plan(plan.config, plan.changes))
            let mailbox = CommandMailbox()
            if hasScript { mailbox.schedule(Run.scripted(plan.script.map { ($0.step, $0.command) })) }
            let material = material
            let state = try state.map { try TrainingState(material, bytes: $0, path: "state") }
            trainer = Trainer(
                material: material, mailbox: mailbox, reports: reports,
                options: TrainerOptions(canSteer: false, logsStatistics: true), state: state)
        }

        func forget() {
            var reports: [Report] = []
            _ = self.reports.drain(into: &reports)
        }

        var result: Result {
            var all: [Report] = []
            _ = reports.drain(into: &all)
            let state = trainer.state
            return Result(
                bits: (state.network.parameters.array + state.network.statistics.buffers.array).map(\.bitPattern),
                slots: state.optimizer.slots.map { $0.array.map(\.bitPattern) },
                updateCount: state.optimizer.updateCount, batchesTracked: state.network.statistics.batchesTracked,
                log: all.compactMap(RunRecord.line).filter { !$0.hasPrefix("training") })
        }
    }
}
