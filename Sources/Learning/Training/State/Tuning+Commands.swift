import NeuralNetworks
import Optimizers
import Plans
import Runs

extension Tuning {
    /// What becomes of a command.
    enum Answer: Hashable {
        /// The number before and after; nil where it has none, or several before.
        case done(old: Double?, new: Double?)
        /// One clause, no full stop.
        case refused(String)
    }

    /// Does what a command asks for; nil for a command about something else.
    mutating func take(_ command: RunCommand, _ material: RunMaterial) -> Answer? {
        switch command {
        case .setWeightDecay(let decay): setOption("weightDecay", to: decay, material.plan.optimizer)
        case .setMomentum(let momentum): setOption("momentum", to: momentum, material.plan.optimizer)
        case .setBeta1(let beta): setOption("beta1", to: beta, material.plan.optimizer)
        case .setGradientClipping(let bound): setBound(bound, material.plan.gradientClipping)
        case .setDropout(let change): setDropout(change, material.network)
        case .setPatience(let patience): setPatience(patience, material.plan.earlyStopping)
        default: nil
        }
    }

    private mutating func setOption(_ key: String, to number: Double, _ planned: OptimizerSpecification) -> Answer {
        guard let old = optimizer(planned).number(of: key) else { return .refused("\(planned.name) has no \(key)") }
        guard planned.with(key, number) != nil else {
            return .refused("\(planned.name) began without \(key) and remembers none; it takes a new run")
        }
        options[key] = number
        return .done(old: old, new: number)
    }

    private mutating func setBound(_ bound: Double, _ planned: GradientClipping?) -> Answer {
        let old = clipping(planned)?.most ?? 0
        self.bound = bound
        return .done(old: old, new: bound)
    }

    private mutating func setDropout(_ change: DropoutChange, _ network: Network) -> Answer {
        let all = network.dropout
        let chosen = all.filter { change.layer == nil || $0.layer == change.layer }
        guard !chosen.isEmpty else {
            let known = all.map(\.layer).joined(separator: ", ")
            let layer = change.layer.map { "no dropout layer is called \($0)" } ?? "the model has no dropout layer"
            return .refused(all.isEmpty ? "the model has no dropout layer" : "\(layer); there is \(known)")
        }
        let old = Set(chosen.map(\.probability))
        for (layer, _) in chosen { dropout[layer] = change.p }
        return .done(old: old.count == 1 ? old.first : nil, new: change.p)
    }

    private mutating func setPatience(_ patience: Int, _ planned: EarlyStoppingPlan?) -> Answer {
        guard let planned else { return .refused("the plan has no early stopping") }
        let old = self.patience ?? planned.patience
        self.patience = patience
        return .done(old: Double(old), new: Double(patience))
    }
}
