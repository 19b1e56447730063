import Charts
import Fields
import Runs

/// The words of commands that change a run beside its rate.
package enum TuningWords {
    /// What somebody asked for, `weight decay 0.001`; nil for a command of another kind.
    static func asked(_ command: RunCommand) -> String? {
        switch command {
        case .setWeightDecay(let decay): "weight decay \(decay.inWords)"
        case .setMomentum(let momentum): "momentum \(momentum.inWords)"
        case .setBeta1(let beta): "beta1 \(beta.inWords)"
        case .setGradientClipping(let bound): bound == 0 ? "no clipping" : "clipping \(bound.inWords)"
        case .setDropout(let change): "dropout \(place(change))\(change.p.inWords)"
        case .setPatience(let count): "patience \(count)"
        case .setEvaluationInterval(let steps): steps == 0 ? "evaluation each epoch" : "evaluation every \(steps) steps"
        case .setEpochs(let count): count == 1 ? "1 epoch" : "\(count) epochs"
        case .setBatchSize(let size): "batch size \(size)"
        case .freeze(let layer): "freeze layer \(layer)"
        case .unfreeze(let layer): "unfreeze layer \(layer)"
        case .reinitialize(let layer): "reinitialize layer \(layer)"
        case .reinitializeDeadUnits(let layer): "reinitialize what never fires in layer \(layer)"
        case .clearOptimizerState: "clear the optimizer's memory"
        default: nil
        }
    }

    /// What was done, `weight decay 0 → 0.001`; nil for a command of another kind.
    static func done(_ command: RunCommand, old: Double?, new: Double?) -> String? {
        switch command {
        case .freeze(let layer): return "layer \(layer) frozen"
        case .unfreeze(let layer): return "layer \(layer) learns again"
        case .reinitialize(let layer): return "layer \(layer) begins anew"
        case .reinitializeDeadUnits(let layer):
            let count = Int(exactly: new ?? 0) ?? 0
            if count == 0 { return "layer \(layer): every unit fires" }
            return count == 1
                ? "layer \(layer): a unit that never fires begins anew"
                : "layer \(layer): \(Figure.count(count)) units that never fire begin anew"
        case .clearOptimizerState: return "the optimizer has forgotten"
        default: break
        }
        guard let old, let new else { return asked(command) }
        let change = "\(old.inWords) → \(new.inWords)"
        switch command {
        case .setWeightDecay: return "weight decay \(change)"
        case .setMomentum: return "momentum \(change)"
        case .setBeta1: return "beta1 \(change)"
        case .setGradientClipping:
            return "clipping \(old == 0 ? "none" : old.inWords) → \(new == 0 ? "none" : new.inWords)"
        case .setDropout(let change): return "dropout \(place(change))\(old.inWords) → \(new.inWords)"
        case .setPatience: return "patience \(change)"
        case .setEvaluationInterval: return "evaluation every \(change) steps"
        case .setEpochs: return "epochs \(change), the plan fitted to them"
        case .setBatchSize: return "batch size \(change), the plan fitted to the epochs"
        default: return nil
        }
    }

    /// `of layer 4 `, empty for all layers.
    private static func place(_ change: DropoutChange) -> String { change.layer.map { "of layer \($0) " } ?? "" }

    /// What a chart writes at the place of it: `wd 0.001`.
    static func label(_ command: RunCommand) -> String {
        switch command {
        case .setWeightDecay(let decay): "wd \(decay.inWords)"
        case .setMomentum(let momentum): "mom \(momentum.inWords)"
        case .setGradientClipping(let bound): bound == 0 ? "no clip" : "clip \(bound.inWords)"
        case .setDropout(let change): "drop \(change.p.inWords)"
        case .setEvaluationInterval(let steps): steps == 0 ? "eval epoch" : "eval \(steps)"
        case .setBatchSize(let size): "batch \(size)"
        case .freeze(let layer): "freeze \(layer)"
        case .unfreeze(let layer): "unfreeze \(layer)"
        case .reinitialize(let layer): "reinit \(layer)"
        case .reinitializeDeadUnits(let layer): "revive \(layer)"
        case .clearOptimizerState: "clear opt"
        default: asked(command) ?? command.name
        }
    }
}
