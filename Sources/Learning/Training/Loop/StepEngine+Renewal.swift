import Datasets

/// Layers that begin anew: what the optimizer remembers of them is forgotten, and so is which losses were usual.
extension StepEngine {
    /// Lets the layers that a name means begin anew.
    func reinitialize(_ name: String, seed: UInt64, step: Int, of state: TrainingState) {
        let weights = network.reinitialize(Set(network.learningLayers(of: name)), seed: seed, step: step)
        state.optimizer.forget(weights)
        state.snapshot.forgetLosses()
    }

    /// Lets the units of a layer begin anew that fire for no example of a batch; how many there were.
    func reinitializeDeadUnits(
        _ name: String, _ batch: Batch, count: Int, seed: UInt64, step: Int, of state: TrainingState
    ) -> Int {
        let renewed = network.reinitializeDeadUnits(of: name, batch.inputs, batch: count, seed: seed, step: step)
        state.optimizer.forget(renewed.weights)
        if renewed.count > 0 { state.snapshot.forgetLosses() }
        return renewed.count
    }
}
