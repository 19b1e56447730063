import Runs

extension Trainer {
    /// Does what a command asks for beside the rate, from the next update on; nil for a command about something else.
    func tune(_ command: RunCommand) -> Receipt.Outcome? {
        guard case .done(let old, let new) = state.tuning.take(command, material) else { return nil }
        engine.follow(state.tuning, material.plan)
        // What a look said of the update that is due was of another one.
        if measuredStep == step { measuredStep = -1 }
        return .accepted(old: old, new: new)
    }

    /// Why the network or the optimizer cannot do what a command asks for; nil where they can.
    func tuningRefusal(of command: RunCommand) -> String? {
        var tuning = state.tuning
        guard case .refused(let reason) = tuning.take(command, material) else { return nil }
        return reason
    }
}
