import Machine
import Plans
import Runs

/// Makes steps unseen, from where a state stands: those again that a run has made before, or those that it might make.
///
/// The steps are made by a trainer of their own in the memory of the run's network, so that every bit is that of the run.
package struct Replay {
    private let trainer: Trainer
    private let state: TrainingState
    private let reports = ReportMailbox()
    private let limits: RunLifecycle.Limits
    private var drained: [Report] = []
    /// Whether the steps came to the run's end: the last one, or a policy that stopped it.
    private var hasEnded = false

    /// - Parameters:
    ///   - state: of the material's network, where the steps begin.
    ///   - deeds: what is done on the way.
    ///   - isPast: whether the steps were made before, so that what policies did is among the deeds.
    package init(_ material: RunMaterial, state: TrainingState, deeds: [RunCourse.Deed], isPast: Bool) {
        self.state = state
        limits = state.lifecycle.limits
        let mailbox = CommandMailbox()
        mailbox.put(
            deeds.map { deed in
                var entry = CommandMailbox.Entry(command: deed.command, author: deed.author, step: deed.step)
                entry.isAtOnce = deed.isAtOnce
                return entry
            })
        var options = TrainerOptions()
        options.isReplay = isPast
        // Nothing of then stops it, neither a pause nor numbers that are not finite: what followed from them is among the deeds.
        var unhindered = limits
        unhindered.onNotFinite = .skip(.init(count: .max))
        unhindered.canSteer = false
        var standing = RunLifecycle.Standing()
        // What was asked for and not made yet; nothing of what only concerns who was there.
        standing.isPlannedEvaluationDue = state.lifecycle.standing.isPlannedEvaluationDue
        standing.isEvaluationAsked = state.lifecycle.standing.isEvaluationAsked
        state.lifecycle = RunLifecycle(limits: unhindered, standing: standing)
        trainer = Trainer(material: material, mailbox: mailbox, reports: reports, options: options, state: state)
    }

    /// Makes steps until update `step` is due or the run ends.
    /// - Returns: the losses of the steps.
    @discardableResult
    package mutating func advance(to step: Int) -> [Double] {
        if !hasEnded { hasEnded = trainer.run(until: step) != nil }
        _ = reports.drain(into: &drained)
        return drained.compactMap { if case .step(let report) = $0 { report.loss } else { nil } }
    }

    /// Makes steps until update `target` is due, with evaluations that are planned there, in pieces of about a tenth of a second.
    /// - Parameter goesOn: gets the losses of each piece; false breaks off.
    /// - Returns: whether nothing broke it off.
    package mutating func advance(to target: Int, while goesOn: ([Double]) -> Bool) -> Bool {
        var count = 1
        while state.position.step < target, !hasEnded {
            let began = MonotonicClock.seconds
            guard goesOn(advance(to: min(target, state.position.step + count))) else { return false }
            if MonotonicClock.seconds - began < 0.05 { count *= 2 }
        }
        advance(to: target)
        return true
    }

    /// Does what is done before the update that is due, as a checkpoint there has it.
    package func takeDeeds() { trainer.takeCommands() }

    /// Gives the state back to its run, with the lengths that it has come to.
    package func finish() {
        state.lifecycle.limits.onNotFinite = limits.onNotFinite
        state.lifecycle.limits.canSteer = limits.canSteer
    }
}
