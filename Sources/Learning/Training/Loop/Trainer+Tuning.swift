import Runs

extension Trainer {
    /// What the run keeps to, with what was changed by hand.
    var planInForce: PlanInForce {
        PlanInForce(
            totalSteps: totalSteps, schedule: plannedSchedule,
            gradientBounds: state.tuning.clipping(material.plan.gradientClipping)?.bounds ?? GradientBounds(),
            course: state.epochs, numbers: numbersInForce)
    }

    /// Worked out once after each change: telling how far the run is allocates nothing.
    private var numbersInForce: [String: Double] {
        if let numbers { return numbers }
        let found = state.tuning.numbers(at: step, material)
        numbers = found
        return found
    }

    /// Does what a command asks for beside the rate, from the next update on; nil for a command about something else.
    func tune(_ command: RunCommand) -> Receipt.Outcome? {
        guard command.tunes else { return nil }
        numbers = nil
        // What a look said of the update that is due was of another one.
        if measuredStep == step || command.needsStandstill { measuredStep = -1 }
        let seed = material.plan.seed
        switch command {
        case .reinitialize(let name): engine.reinitialize(name, seed: seed, step: step, of: state)
        case .reinitializeDeadUnits(let name):
            // What cannot be read is told when the step is made.
            let count = batches.load(state.epochs.place(of: min(step, totalSteps - 1))).count
            let dead = engine.reinitializeDeadUnits(
                name, batches.batch, count: count, seed: seed, step: step, of: state)
            return .accepted(old: nil, new: Double(dead))
        case .clearOptimizerState: state.optimizer.reset()
        default:
            guard case .done(let old, let new) = state.tuning.take(command, at: step, material) else { return nil }
            follow()
            if case .setBatchSize = command { instruments.forgetPace() }
            return .accepted(old: old, new: new)
        }
        return .accepted(old: nil, new: nil)
    }

    /// Lets lengths, policies, network and optimizer be as the state has it, which stands at another moment.
    func followTuning() {
        numbers = nil
        state.follow()
        follow()
    }

    private func follow() {
        let size = state.epochs.batchSize(at: step)
        engine.makeRoom(forBatch: size)
        batches.makeRoom(forBatch: size)
        engine.follow(state.tuning, material.plan)
    }

    /// Why the network or the optimizer cannot do what a command asks for; nil where they can.
    func tuningRefusal(of command: RunCommand) -> String? {
        var tuning = state.tuning
        switch command {
        case .reinitialize(let name): return tuning.refusal(renewing: name, deadUnits: false, material.network)
        case .reinitializeDeadUnits(let name):
            return tuning.refusal(renewing: name, deadUnits: true, material.network)
        case .clearOptimizerState:
            return state.optimizer.slots.isEmpty ? "\(material.plan.optimizer.name) remembers nothing" : nil
        default:
            guard case .refused(let reason) = tuning.take(command, at: step, material) else { return nil }
            return reason
        }
    }
}
