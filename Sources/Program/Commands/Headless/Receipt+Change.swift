import Charts
import Fields
import Runs

extension Receipt {
    /// What an accepted command changed, to stand behind its name: `, rate 0.1 → 0.05`, ` 0 → 0.001`, ` 0.5`, ` of layer 3`; empty
    /// where the name says it all.
    var change: String {
        switch command {
        case .freeze(let layer), .unfreeze(let layer), .reinitialize(let layer): return " of layer \(layer)"
        case .reinitializeDeadUnits(let layer):
            guard case .accepted(_, let count?) = outcome else { return " of layer \(layer)" }
            return " of layer \(layer): \(count.inWords)"
        default: break
        }
        guard case .accepted(let before, let new?) = outcome else { return "" }
        guard let old = before else { return isAboutRate ? "" : " \(new.inWords)" }
        return isAboutRate
            ? ", rate \(Figure.plain(old)) → \(Figure.plain(new))" : " \(old.inWords) → \(new.inWords)"
    }
}
