import Foundation
import PlanFixtures
import Plans
import Runs
import Training

/// A run on a thread of its own that the test steers while it goes.
final class LiveRun {
    let mailbox = CommandMailbox()
    private let reports = ReportMailbox()
    private let material: RunMaterial
    private var seen: [Report] = []
    /// Behind the last report that was waited for.
    private var cursor = 0
    private let box: Box

    /// What the trainer's thread leaves behind; read only after `done` was signalled.
    private final class Box: @unchecked Sendable {
        let done = DispatchSemaphore(value: 0)
        let trainer: Trainer
        var end: EndSummary?

        init(_ trainer: Trainer) { self.trainer = trainer }
    }

    init(
        _ text: String, _ changes: String..., script: [(Int, RunCommand)] = [], isWatched: Bool = false,
        stepsPerSecond: Double? = nil
    ) throws {
        material = try RunMaterial(plan: Config.plan(text, changes))
        let options = TrainerOptions(canSteer: true, isWatched: isWatched, stepsPerSecond: stepsPerSecond)
        mailbox.schedule(Run.scripted(script))
        let box = Box(Trainer(material: material, mailbox: mailbox, reports: reports, options: options))
        self.box = box
        Thread.detachNewThread {
            box.end = box.trainer.run()
            box.done.signal()
        }
    }

    func send(_ commands: RunCommand...) {
        for command in commands { mailbox.send(command, from: .person) }
    }

    /// Waits until a report comes that fits, counted from the last one found; false when none comes for long.
    func wait(for isRight: (Report) -> Bool) -> Bool {
        for _ in 0..<20_000 {
            var new: [Report] = []
            _ = reports.drain(into: &new)
            seen += new
            while cursor < seen.count {
                defer { cursor += 1 }
                if isRight(seen[cursor]) { return true }
            }
            usleep(1_000)
        }
        return false
    }

    /// Waits until the run stands still.
    func waitForPause() -> Bool { wait { if case .phase(.paused, _) = $0 { true } else { false } } }

    /// Waits for the end of the run.
    func finish() -> RunRecord? {
        guard box.done.wait(timeout: .now() + 60) == .success, let end = box.end else { return nil }
        var rest: [Report] = []
        _ = reports.drain(into: &rest)
        return RunRecord(reports: seen + rest, end: end, material: material)
    }
}
