import PlanFixtures
import Plans
import Runs
import Training

/// Trains to the end on the thread of the test.
enum Run {
    /// - Parameters:
    ///   - changes: settings as on the command line.
    ///   - script: commands and the steps they act before.
    ///   - mail: commands that a person had sent before the run began.
    static func finish(
        _ text: String, _ changes: String..., script: [(Int, RunCommand)] = [], mail: [RunCommand] = [],
        canSteer: Bool = false, isWatched: Bool = false, logsStatistics: Bool = false, weights: String? = nil,
        checkpoints: (@Sendable (KeptWeights) -> String)? = nil
    ) throws -> RunRecord {
        let material = try RunMaterial(plan: Config.plan(text, changes), weights: weights)
        defer { material.pool.close() }
        let mailbox = CommandMailbox()
        mailbox.schedule(scripted(script))
        for command in mail { mailbox.send(command, from: .person) }
        let reports = ReportMailbox()
        let options = TrainerOptions(
            canSteer: canSteer, isWatched: isWatched, logsStatistics: logsStatistics)
        let trainer = Trainer(
            material: material, mailbox: mailbox, reports: reports, options: options,
            checkpoints: checkpoints.map { CheckpointWriter(reports: reports, paths: $0) })
        let end = trainer.run()
        var all: [Report] = []
        _ = reports.drain(into: &all)
        return RunRecord(reports: all, end: end, material: material)
    }

    static func scripted(_ script: [(Int, RunCommand)]) -> [ScriptedCommand] {
        script.enumerated().map { line, entry in
            ScriptedCommand(step: entry.0, command: entry.1, place: "script:\(line + 1):1")
        }
    }
}
